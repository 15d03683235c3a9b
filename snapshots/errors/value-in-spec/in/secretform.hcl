terraform { directory = "terraform/aws" }
secret "a" {
  value = "canary"
}
secret "b" {
  value "canary" {}
}
secret "c" {
  value "manual" {
    secret_string = "canary"
  }
}
secret "d" {
  value "generated" {
    version         = 1
    password_length = "canary"
    password        = "canary"
  }
}
secret "e" {
  secret_string_wo = "canary"
}
