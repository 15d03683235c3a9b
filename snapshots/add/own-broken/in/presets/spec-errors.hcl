preset "spec-errors" {
  about = "x"
}

group "spec-errors" {
  titel = "x"

  secret "a b" {
    description = 3

    field "k" {
      sensitive = true
      default   = "hunter2"
    }
  }
}
