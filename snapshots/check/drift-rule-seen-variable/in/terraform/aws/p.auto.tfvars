p = "b"
