terraform {
  region     = "eu-west-2"
  account_id = "111122223333"
}

secret "made" {
  value "generated" { version = 1 }
}

secret "snowflake" {
  type = "SnowflakeKeyPairAuthentication"
  value "external" {}
  rotation {
    external_secret_rotation_role_arn = aws_iam_role.rotation.arn
    rotation_rules { automatically_after_days = 30 }
  }

  field "account" {}
  field "private_key" {
    sensitive = true
    generated = true
  }
}

secret "theirs" {
  value "terraform" {}
}

secret "rotated" {
  rotation {
    rotation_lambda_arn = aws_lambda_function.rotate.arn
    rotation_rules { automatically_after_days = 30 }
  }
}

secret "half" {
  rotation {
    rotation_lambda_arn = aws_lambda_function.rotate.arn
    rotation_rules { automatically_after_days = 30 }
  }

  field "host" { format = "hostname" }
  field "password" {
    sensitive = true
    generated = true
  }
}
