//! OpenID Connect: who signs the tokens of a CI system, whom they are for, and which of its
//! jobs may assume a role.

mod claim;
mod github;
mod issuer;
mod subjects;
mod system;
mod trust;

pub use claim::Claim;
pub use github::{GitHub, GitHubBuilder, SubjectForm};
pub use issuer::{Audience, IssuerUrl};
pub use subjects::Subjects;
pub use system::{System, SystemBuilder, SystemWord, Takes};
pub use trust::Trust;
