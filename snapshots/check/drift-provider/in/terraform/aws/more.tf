provider "aws" {
  alias  = "other"
  region = "eu-west-1"
}
