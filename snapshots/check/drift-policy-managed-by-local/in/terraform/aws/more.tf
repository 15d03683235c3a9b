locals {
  policies = { ci = "arn:aws:iam::aws:policy/AdministratorAccess" }
}

resource "aws_iam_role_policy_attachment" "ci" {
  role       = "reporting"
  policy_arn = local.policies[var.kind]
}
