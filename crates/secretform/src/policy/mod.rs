//! IAM policies in JSON ↔ the records that `data "aws_iam_policy_document"` has, so that
//! both forms of a policy are compared, written and patched alike.
//!
//! Source: IAM User Guide, *Grammar of the IAM JSON policy language*.

mod amend;
mod elements;
mod normal;
mod places;
mod read;
mod rules;
mod write;

#[cfg(test)]
mod tests;

pub use amend::{AmendError, Amendment, Fate, amend};
pub use elements::{json_name, terraform_name};
pub use normal::{normal_document, normal_statement, variables_as_iam};
pub use places::Places;
pub use read::{Policy, read, read_text, statements};
pub use rules::PolicyKind;
pub use write::{NotKnown, document_json, statement_json};
