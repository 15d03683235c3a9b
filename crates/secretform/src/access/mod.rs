//! Whom policies let in, decided on the model's records. What can't be known before Terraform
//! runs is never taken for good.

mod like;
pub mod trust;

pub(crate) use like::like;
