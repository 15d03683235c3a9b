locals {
  there = ["./", "../flows", "./."]
}
