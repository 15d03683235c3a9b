preset "x" {
  about = "x"
}

group "other-head" {
  secret "a" {}
}
