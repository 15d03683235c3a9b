resource "aws_iam_role" "intern" {
  name               = "intern"
  assume_role_policy = data.aws_iam_policy_document.github_actions_trust.json

  inline_policy {
    name   = "read"
    policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }] })
  }
}
