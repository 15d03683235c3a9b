variable "policy" {
  default = "arn:aws:iam::aws:policy/PowerUserAccess"
}

resource "aws_iam_role_policy_attachment" "ci" {
  role       = "reporting"
  policy_arn = var.policy
}
