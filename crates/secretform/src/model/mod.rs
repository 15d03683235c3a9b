//! Secrets, readers and IAM policies as typed values. No I/O, no text format, no serde;
//! illegal values can't be built.

mod address;
pub mod attributes;
mod checked;
mod companions;
mod datum;
mod declaration;
mod description;
mod field;
mod group;
pub mod iam;
mod ignore;
mod invalid;
mod kms_key;
mod label;
mod model_builder;
mod name;
mod oidc_role;
mod order;
mod place;
mod probe;
mod profile;
mod reader;
mod readings;
mod record;
mod recovery;
mod replica;
mod resource_policy;
mod rotation;
mod says;
mod scope;
mod secret;
mod secret_builder;
mod setting;
mod tags;
mod terms;
mod text;
mod url;
mod value_source;

pub use crate::source::is_name;
pub use address::{Address, Mode};
pub use companions::SecretBlock;
#[cfg(feature = "terraform")]
pub(crate) use datum::number;
pub use datum::{Datum, Kind};
pub use declaration::{Granted, Model};
pub use description::Description;
pub use field::{Field, FieldBuilder, Format};
pub use group::{Group, GroupBuilder};
pub use ignore::{Ignore, IgnoredPath};
pub use invalid::{Errors, Invalid, InvalidKind, Subject};
pub use kms_key::KmsKey;
pub use label::{FileName, Label, PolicyPath, Provider};
pub use model_builder::ModelBuilder;
pub use name::{Prefix, SecretName, ends_like_an_arn};
pub use oidc_role::{IdentityProvider, OidcRole, OidcRoleBuilder};
pub use place::Place;
#[cfg(feature = "terraform")]
pub(crate) use probe::check_expected;
pub use probe::{HeaderName, Method, Probe, ProbeBuilder, ProbePart, ProbeText, Request};
pub use profile::Profile;
pub use reader::{By, Grant, GrantBuilder, Read, Reader, Resolved, Suffix};
pub use readings::Readings;
pub use record::Record;
pub use recovery::RecoveryWindow;
pub use replica::Replica;
pub use resource_policy::{PolicyContent, ResourcePolicy};
pub use rotation::{
    FunctionArn, RotatedBy, Rotation, RotationDays, RotationDuration, RotationRole, Schedule,
    ScheduleExpression,
};
pub use says::{Argument, Says};
pub use scope::{AccountId, Partition, Region, Scope, is_region};
pub use secret::{Secret, SecretRef};
pub use secret_builder::SecretBuilder;
pub use setting::Setting;
pub use tags::{Tags, check_key as check_tag_key, check_value as check_tag_value};
pub use terms::Terms;
pub use text::{Expression, Part, Sameness, Text};
pub use url::Url;
pub use value_source::{
    Characters, GeneratedValue, GeneratedValueBuilder, PasswordLength, SecretType, ValueSource, ValueVersion,
};
