data "aws_iam_policy" "all" {
  name = "AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "all" {
  role       = aws_iam_role.github_actions.name
  policy_arn = data.aws_iam_policy.all.arn
}
