//! How long a deleted secret can be restored.

use super::checked::try_from;
use super::{Datum, Invalid, InvalidKind, datum};

/// Days for which a deleted secret can be restored; 0 deletes at once.
///
/// Source: Secrets Manager API Reference, *DeleteSecret*; the provider's documentation of
/// `recovery_window_in_days`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecoveryWindow(u8);

impl RecoveryWindow {
    /// AWS's and the provider's default.
    pub const DEFAULT: Self = Self(30);

    /// A window of so many days, written as Terraform takes numbers: `30`, `"30"`, `3e1`.
    pub fn new(days: impl ToString) -> Result<Self, Invalid> {
        let text = days.to_string();
        let whole = datum::number(&text).and_then(|number| number.parse().ok());
        match whole {
            Some(days @ (0 | 7..=30)) => Ok(Self(days)),
            _ => Err(Invalid::new(InvalidKind::RecoveryWindow, text)),
        }
    }

    /// The days.
    pub fn days(self) -> u8 {
        self.0
    }

    /// The neutral form.
    pub fn datum(self) -> Datum {
        Datum::Number(self.0.to_string())
    }
}

try_from!(RecoveryWindow, u8, u32, i32, i64, &str);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_days_from_7_to_30_or_none() {
        for good in ["0", "7", "30", "7.0", "3e1", "-0"] {
            assert!(RecoveryWindow::new(good).is_ok(), "{good}");
        }
        for bad in ["1", "6", "31", "-1", "7.5", "", "x", "256", "1e300"] {
            assert!(RecoveryWindow::new(bad).is_err(), "{bad}");
        }
        assert_eq!(RecoveryWindow::try_from(30).unwrap(), RecoveryWindow::DEFAULT);
    }
}
