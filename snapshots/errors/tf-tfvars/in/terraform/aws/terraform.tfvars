aws_region = = "x"
