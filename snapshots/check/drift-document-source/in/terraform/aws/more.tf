variable "more" {
  type = string
}
