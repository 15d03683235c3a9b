locals {
  x = 