terraform {
  required_providers {
    aws = {
      source = "example/aws"
    }
  }
}
