variable "aws_region" {
  description = "Region of the platform"
  type        = string
}

variable "aws_account_id" {
  description = "Account of the platform"
  type        = string
}
