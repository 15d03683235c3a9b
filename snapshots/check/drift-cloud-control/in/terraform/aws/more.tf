resource "aws_cloudcontrolapi_resource" "policy" {
  type_name = "AWS::SecretsManager::ResourcePolicy"
  desired_state = jsonencode({
    SecretId       = "airbyte/api-credentials"
    ResourcePolicy = { Version = "2012-10-17", Statement = [] }
  })
}
