resource "aws_iam_role_policy" "bucket" {
  role   = aws_iam_role.github_actions.name
  policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme/*" }] })
}
