locals {
  x = 1
}
/* open
