preset "dlt" {
  about = "dlt pipelines: the Snowflake user that they load with"
}

group "dlt" {
  title = "dlt"
  url   = "https://dlthub.com/docs/dlt-ecosystem/destinations/snowflake"

  # The keys are those of [destination.snowflake.credentials] in dlt's secrets.toml.
  secret "destination-credentials" {
    description = "Snowflake credentials of the dlt pipelines"
    guide       = <<-EOT
      Create a user, a role and a database for dlt, and give the user a key pair: the public key goes to the
      user (`ALTER USER … SET RSA_PUBLIC_KEY`), the private key in here.
    EOT

    field "host" {
      description = "the account identifier, without .snowflakecomputing.com"
      example     = "kgiotue-wn98412"
    }
    field "database" {
      description = "the database that dlt loads into"
    }
    field "warehouse" {
      description = "the warehouse that runs the loads"
    }
    field "role" {
      description = "the role that owns what dlt creates"
    }
    field "username" {
      description = "dlt's own user"
    }
    field "private_key" {
      description = "the user's private key, as base64 or PEM"
      sensitive   = true
    }
    field "private_key_passphrase" {
      description = "if the key is encrypted"
      required    = false
      sensitive   = true
    }
  }
}
