//! What a run tells whoever started it.

use std::process::ExitCode;

/// The exit codes, as `terraform plan -detailed-exitcode` has them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Nothing to report.
    Clean = 0,
    /// The run failed.
    Failed = 1,
    /// Drift was found, or something was held back.
    Drift = 2,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
