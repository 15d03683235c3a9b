preset "snowflake" {
  about = "Snowflake: a person's password login"
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
}
