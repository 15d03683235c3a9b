variable "tag_key" {
  type = string
}
