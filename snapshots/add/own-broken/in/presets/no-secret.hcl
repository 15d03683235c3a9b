preset "no-secret" {
  about = "x"
}

group "no-secret" {
  external = true
}
