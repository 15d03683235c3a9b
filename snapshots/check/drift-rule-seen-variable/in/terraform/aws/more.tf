variable "p" {}
resource "aws_iam_role_policy" "reporting" {
  role   = "reporting"
  policy = var.p
}
