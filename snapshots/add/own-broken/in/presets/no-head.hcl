group "no-head" {
  secret "a" {}
}
