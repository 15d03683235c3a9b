//! The syntax layer against Terraform: `terraform fmt` takes a text exactly if we do, and
//! strings mean what `terraform console` says. Where a tool or the corpus is missing, the
//! test says so aloud and checks what it can.
#![allow(clippy::disallowed_methods, reason = "tests read and write what they like")]
#![allow(clippy::print_stderr, reason = "a test that skips says so")]

mod canonical;
mod corpus;
mod differential;
mod oracle;
mod strings;
mod verdicts;
