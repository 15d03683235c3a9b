data "aws_iam_policy_document" "reporting" {
  source_policy_documents = [
    data.aws_iam_policy_document.github_actions_trust.json,
    jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*" }]
    }),
    local.more,
  ]
}

locals {
  more = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:*", Resource = "*" }] })
}

resource "aws_iam_policy" "reporting" {
  name   = "reporting"
  policy = data.aws_iam_policy_document.reporting.json
}
