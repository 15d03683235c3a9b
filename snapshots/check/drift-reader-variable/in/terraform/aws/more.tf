variable "arn" {
  type = string
}
