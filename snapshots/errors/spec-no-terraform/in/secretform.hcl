secret "x" {}
