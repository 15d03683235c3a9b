resource "aws_iam_role_policy" "intern" {
  role   = aws_iam_role.github_actions.name
  policy = file("${path.module}/intern.json")
}
