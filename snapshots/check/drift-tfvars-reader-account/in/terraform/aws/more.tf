variable "shared_account_id" {
  type = string
}
