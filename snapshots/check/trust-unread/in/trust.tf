variable "trust" {
  type = string
}

resource "aws_iam_role" "variable" {
  assume_role_policy = var.trust
}

resource "aws_iam_role" "module" {
  assume_role_policy = module.trust.json
}

resource "aws_iam_role" "conditional" {
  assume_role_policy = var.trust == "" ? jsonencode({}) : var.trust
}
