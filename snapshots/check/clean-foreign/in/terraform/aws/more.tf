resource "aws_s3_bucket" "data" {
  bucket = "acme-data"
}

moved {
  from = aws_s3_bucket.old
  to   = aws_s3_bucket.data
}

data "aws_iam_policy_document" "bucket" {
  statement {
    actions   = ["s3:GetObject"]
    resources = ["${aws_s3_bucket.data.arn}/*"]
  }
}

resource "aws_iam_policy" "bucket" {
  name   = "bucket"
  policy = data.aws_iam_policy_document.bucket.json
}

output "airbyte" {
  value = aws_secretsmanager_secret.airbyte_api_credentials.arn
}
