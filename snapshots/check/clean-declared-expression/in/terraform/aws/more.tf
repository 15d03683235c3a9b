variable "stage" {
  type = string
}

resource "aws_kms_key" "secrets" {}
