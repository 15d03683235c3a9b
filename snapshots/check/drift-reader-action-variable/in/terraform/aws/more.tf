variable "action" {
  type = string
}
