preset "other-group" {
  about = "x"
}

group "x" {
  secret "a" {}
}
