resource "aws_cloudformation_stack" "x" {
  name          = "x"
  template_body = jsonencode({ Resources = { S = { Type = "AWS::SecretsManager::Secret", Properties = { Name = "airbyte/extra" } } } })
}
