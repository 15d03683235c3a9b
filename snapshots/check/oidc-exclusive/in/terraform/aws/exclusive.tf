resource "aws_iam_role_policy_attachments_exclusive" "deploy" {
  role_name   = aws_iam_role.deploy.name
  policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"]
}

resource "aws_iam_policy_attachment" "deploy" {
  name       = "deploy"
  policy_arn = aws_iam_policy.deploy.arn
  roles      = var.roles
}

resource "aws_iam_role_policy_attachments_exclusive" "good" {
  role_name   = "acme-deploy"
  policy_arns = [aws_iam_policy.deploy.id]
}
