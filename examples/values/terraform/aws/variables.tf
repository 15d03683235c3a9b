variable "aws_region" {
  type = string
}

variable "aws_account_id" {
  type = string
}

variable "rotation_lambda_arn" {
  type        = string
  description = "The function that makes a new password and sets it in the database"
}

variable "partner_key" {
  type        = string
  description = "Handed over by the partner"
  sensitive   = true
  ephemeral   = true
}
