//! IAM policies as typed values: statements, their parts, and AWS's limits.

mod action;
mod arn;
mod condition;
mod document;
mod effect;
mod issuers;
mod limits;
pub mod oidc;
mod principal;
mod role;
mod sid;
mod statement;

pub use action::{Access, Action, SECRETS_MANAGER, SecretsManagerAction};
pub use arn::{Arn, Resource};
pub use condition::{Condition, Operator, OperatorSet, OperatorTest};
pub use document::{PolicyDocument, PolicyDocumentBuilder, Version};
pub use effect::Effect;
pub use issuers::{Class, Endpoint, ISSUERS, Issuer, Part, Piece, STANDARD_CLAIMS, Subjects, claim_forms};
pub use limits::PolicyUse;
pub use principal::{PrincipalType, Principals};
pub use role::{PermissionsBoundary, RoleDescription, RoleName, RolePath, SessionDuration};
pub use sid::Sid;
pub use statement::{Statement, StatementBuilder};
