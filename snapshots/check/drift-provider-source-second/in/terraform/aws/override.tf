terraform {
  required_providers {
    aws = { source = "evil/aws" }
  }
}
