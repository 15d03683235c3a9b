terraform {
  directory = "terraform/aws"
}

group "snowflake" {
  value "external" {}

  rotation {
    external_secret_rotation_role_arn = aws_iam_role.rotate.arn

    external_secret_rotation_metadata {
      key   = "cryptographicAlgorithm"
      value = "RS256"
    }

    external_secret_rotation_metadata {
      key   = "encryptPrivateKey"
      value = "false"
    }

    rotation_rules {
      schedule_expression = "cron(0 4 ? * SUN *)"
      duration            = "2h"
    }
  }

  secret "svc-dbt" {
    type   = "SnowflakeKeyPairAuthentication"
    region = "eu-west-1"

    field "privateKey" {
      sensitive = true
      generated = true
    }
  }

  secret "svc-airbyte" {
    type     = "SnowflakeKeyPairAuthentication"
    provider = aws.core
  }
}
