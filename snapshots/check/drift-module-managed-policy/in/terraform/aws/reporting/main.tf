variable "role" {}

resource "aws_iam_role_policy_attachment" "all" {
  role       = var.role
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}
