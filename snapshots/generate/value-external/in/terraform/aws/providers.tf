provider "aws" {
  alias = "core"
}
