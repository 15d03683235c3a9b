//! Secrets, readers and IAM policies as typed values. No I/O, no text format, no serde;
//! illegal values can't be built.

mod address;
mod checked;
mod datum;
mod description;
mod field;
mod group;
mod ignore;
mod invalid;
mod kms_key;
mod label;
mod name;
mod record;
mod recovery;
mod scope;
mod setting;
mod tags;
mod terms;
mod text;

pub use address::{Address, Mode};
pub use datum::{Datum, Kind};
pub use description::Description;
pub use field::{Field, FieldBuilder, Format};
pub use group::{Group, GroupBuilder};
pub use ignore::{Ignore, IgnoredPath};
pub use invalid::{Errors, Invalid, InvalidKind, Subject};
pub use kms_key::KmsKey;
pub use label::{FileName, Label, PolicyPath, Provider, is_name};
pub use name::{Prefix, SecretName, ends_like_an_arn};
pub use record::Record;
pub use recovery::RecoveryWindow;
pub use scope::{AccountId, Partition, Region, Scope, is_region};
pub use setting::Setting;
pub use tags::{Tags, check_key as check_tag_key, check_value as check_tag_value};
pub use terms::Terms;
pub use text::{Expression, Part, Sameness, Text};
