preset "snowflake" {
  about = "Snowflake: a password, and a key pair that Secrets Manager rotates"
}

group "snowflake" {
  title = "Snowflake"
  url   = "https://app.snowflake.com"

  secret "password-credentials" {
    description = "Snowflake user with a password"
    guide       = "Only for what can't use a key pair: a user of TYPE = SERVICE has no password. Give the user a role of its own and a network policy."

    field "account" {
      description = "the account identifier: what stands before .snowflakecomputing.com in the URL"
      example     = "myorg-account123"
    }
    field "user" {
      description = "the user's name"
    }
    field "password" {
      sensitive = true
    }
    field "role" {
      description = "the role that it works in"
      required    = false
    }
    field "warehouse" {
      description = "the warehouse that runs its queries"
      required    = false
    }
    field "database" {
      required = false
    }
  }

  # Rotated by Secrets Manager itself; the AWS provider 6 knows it. Take it away, or the other secret,
  # where one way to log in is enough.
  secret "key-pair" {
    description = "Snowflake user with a key pair, rotated by Secrets Manager"
    guide       = <<-EOT
      1. Make a key pair (`openssl genrsa 2048 | openssl pkcs8 -topk8 -nocrypt -out key.p8`, then
         `openssl rsa -in key.p8 -pubout -out key.pub`) and give the user the public key: `ALTER USER … SET
         RSA_PUBLIC_KEY = '…'`, without the lines BEGIN and END.
      2. Set the value; delete the files.
      3. Secrets Manager rotates what has a value: if the first apply refused the rotation, apply again.
    EOT

    type = "SnowflakeKeyPairAuthentication"

    # The keys are those that AWS's page of this type asks for.
    field "account" {
      description = "the account identifier: what stands before .snowflakecomputing.com in the URL"
      example     = "myorg-account123"
    }
    field "user" {
      description = "the user, of TYPE = SERVICE"
    }
    field "privateKey" {
      description = "the RSA private key, PEM"
      sensitive   = true
    }
    field "publicKey" {
      description = "its public key, PEM"
    }
    field "passphrase" {
      description = "if the private key is encrypted"
      required    = false
      sensitive   = true
    }

    value "external" {}

    rotation {
      # The role with which Secrets Manager reaches Snowflake: write it, or name yours.
      external_secret_rotation_role_arn = aws_iam_role.snowflake_rotation.arn

      rotation_rules {
        automatically_after_days = 30
      }
    }
  }
}
