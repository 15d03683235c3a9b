data "aws_iam_policy_document" "airbyte_snowflake_credentials_policy" {
  statement {
    sid       = "AuditorReads"
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::123456789012:root"]
    }
  }
}

resource "aws_secretsmanager_secret_policy" "airbyte_snowflake_credentials" {
  secret_arn          = aws_secretsmanager_secret.airbyte_snowflake_credentials.arn
  policy              = data.aws_iam_policy_document.airbyte_snowflake_credentials_policy.json
  block_public_policy = true
}
