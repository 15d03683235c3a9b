resource "aws_iam_role" "intern" {
  name                = "intern"
  assume_role_policy  = data.aws_iam_policy_document.github_actions_trust.json
  managed_policy_arns = ["arn:aws:iam::aws:policy/SecretsManagerReadWrite"]
}
