preset "postgres" {
  about = "PostgreSQL: a login, with the keys that AWS's own rotation functions read"
}

group "postgres" {
  title = "PostgreSQL"

  # The keys are those of "Amazon RDS and Aurora credentials" in AWS's reference of secret structures.
  secret "credentials" {
    description = "PostgreSQL login"
    guide       = "Create a role of its own for what logs in with it: `CREATE ROLE name LOGIN`, with the grants that its job needs, and a password that nothing else has."

    field "engine" {
      default = "postgres"
    }
    field "host" {
      description = "the server, or the cluster's endpoint"
      format      = "hostname"
    }
    field "port" {
      format  = "port"
      default = 5432
    }
    field "dbname" {
      description = "the database"
      default     = "postgres"
    }
    field "username" {
      description = "the role that logs in"
    }
    field "password" {
      sensitive = true
    }
  }
}
