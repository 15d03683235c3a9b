preset "more-head" {
  about  = "x"
  author = "y"
}

group "more-head" {
  secret "a" {}
}
