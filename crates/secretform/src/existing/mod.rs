//! What stands in a Terraform directory, as the records that compare takes, each part with
//! its place.

mod files;
mod found;
mod marked;
pub mod policies;
mod references;
mod root;
mod sites;
mod stands;
mod walk;
mod written;

pub use files::{Syntax, TerraformFile, replaced_by, terraform_files, terraform_files_among};
pub use found::{Found, Origins};
pub use references::{Named, References, spelled_address};
pub use root::{FileText, Root, address, read_block};
pub use sites::{is_identity_policy, is_policy_site};
pub use stands::stands;
pub use walk::{Desired, DesiredTexts, Header, Standing, Walk, walk};
pub use written::{Written, written};
