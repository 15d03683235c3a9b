terraform {
  region     = "eu-west-2"
  account_id = "111122223333"
}

group "app" {
  prefix = "${var.env}/"

  secret "token" {
    field "user" { required = false }
    field "pass word" { sensitive = true }
    field "port" {
      format  = "port"
      example = "5432"
    }

    probe { request = "HEAD https://{user}:{pass word}@api.example/{port}" }
  }
}

secret "bare" { region = "us-east-1" }

secret "core" { provider = aws.core }
