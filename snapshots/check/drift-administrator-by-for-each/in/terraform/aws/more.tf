resource "aws_iam_role_policy_attachment" "all" {
  for_each   = toset(["arn:aws:iam::aws:policy/AdministratorAccess"])
  role       = aws_iam_role.github_actions.name
  policy_arn = each.value
}
