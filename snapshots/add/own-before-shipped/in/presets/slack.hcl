preset "slack" {
  about = "ours"
}

group "slack" {
  secret "ours" {}
}
