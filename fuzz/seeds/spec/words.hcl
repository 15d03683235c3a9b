edition = 1
terraform {
  directory  = "tf"
  region     = "eu-west-2"
  account_id = "123456789012"
  partition  = "aws"
  by         = "reference"
  suffix     = "-*"
}
defaults {
  tags       = { Name = secret.name, "a-b" = var.x }
  kms_key_id = aws_kms_key.k.arn
  ignore     = ["description"]
}
group "a" {
  prefix = "a-"
  secret "b" {
    name                    = "${var.env}/b"
    recovery_window_in_days = 7
    file                    = "b.tf"
    replica { region = "us-east-1" }
    lifecycle { prevent_destroy = true }
    policy {
      statement "S" {
        effect  = "Deny"
        actions = ["secretsmanager:*"]
        principals {
          type        = "AWS"
          identifiers = ["*"]
        }
        condition {
          test     = "Bool"
          variable = "aws:SecureTransport"
          values   = ["false"]
        }
      }
    }
    field "k" {
      required = false
      format   = "^x-\\d+$"
      example  = "x-1"
    }
  }
}
group "e" { external = true }
secret "t" {}
reader "r" {
  reads   = [group.e, secret.a.b, secret.t, secret.a[*]]
  actions = ["secretsmanager:GetSecretValue"]
  policy_document "d" {
    sid = "Read"
    statement {
      actions   = ["s3:GetObject"]
      resources = ["*"]
    }
  }
  policy_file "iam/r.json" {
    region = "*"
  }
}
rule "SF103" {
  address  = "aws_secretsmanager_secret.x"
  severity = "warning"
}
