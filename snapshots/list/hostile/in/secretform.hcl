terraform {
  region     = "eu-west-2"
  account_id = "111122223333"
}
group "::error::x" {
  prefix = "x/"
  title  = "\u001b[31m::error::red"
  secret "a" {
    description = "::warning::\u202e##[group] and so on until the line is full of it, and then at its start: ::error::x"
    field "\u001b]0;x\u0007" { example = "##vso[task]" }
  }
}
reader "::error::" {
  reads = [group["::error::x"]]
  policy_document "x" {}
}
