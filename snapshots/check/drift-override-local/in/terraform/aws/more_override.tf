locals {
  name = "payments/live"
}
