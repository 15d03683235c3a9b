terraform { directory = "terraform/aws" }
group "a" {
  value "generated" { password_length = 5000 }
  secret "one" {}
  secret "two" { type = "SnowflakeKeyPairAuthentication" }
  secret "three" {
    value "external" {}
    rotation {
      rotation_lambda_arn = aws_lambda_function.rotate.arn
      rotation_rules { automatically_after_days = 0 }
    }
  }
  secret "four" {
    value "manual" {}
    rotation {
      rotation_lambda_arn = "arn:aws:iam::123456789012:role/rotate"
      rotation_rules {
        schedule_expression = "every day"
        duration            = "3"
      }
    }
    field "key" { generated = "yes" }
  }
  secret "five" {
    value "manual" {}
    value "manual" {}
    field "key" { generated = true }
  }
}
