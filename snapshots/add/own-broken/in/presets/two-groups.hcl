preset "two-groups" {
  about = "x"
}

group "two-groups" {
  secret "a" {}
}

group "b" {}
