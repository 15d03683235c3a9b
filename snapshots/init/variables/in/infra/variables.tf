variable "region" {}

variable "aws_region" {}

variable "account_id" {}
