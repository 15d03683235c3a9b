locals {
  tags = { ManagedBy = "terraform" }
}
