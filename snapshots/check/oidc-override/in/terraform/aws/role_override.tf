resource "aws_iam_role" "deploy" {
  max_session_duration = 43200
}
