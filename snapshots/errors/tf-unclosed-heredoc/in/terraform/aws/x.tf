locals {
  x = <<EOT
text
}
