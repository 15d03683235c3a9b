//! Terraform, and nothing of AWS: what a configuration says, as far as it is known without
//! running Terraform. What isn't known stays a symbol; nothing is guessed.

pub mod expression;
