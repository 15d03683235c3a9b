resource "aws_iam_role_policy" "intern" {
  role   = aws_iam_role.github_actions.name
  policy = <<-EOT
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "SecretsManager:*", "Resource": "*"}]}
  EOT
}
