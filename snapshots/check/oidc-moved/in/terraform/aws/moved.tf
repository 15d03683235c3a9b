moved {
  from = aws_iam_role.old
  to   = aws_iam_role.deploy
}
