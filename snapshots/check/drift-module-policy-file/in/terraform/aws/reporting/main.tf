resource "aws_iam_role_policy" "reporting" {
  role   = "reporting"
  policy = file("${path.module}/policy.json")
}
