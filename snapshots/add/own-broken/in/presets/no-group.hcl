preset "no-group" {
  about = "x"
}
