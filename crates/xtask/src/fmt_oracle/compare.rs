//! Our bytes and our verdict against terraform's.

use std::panic;

use secretform::syntax;

use super::{properties, terraform::Verdict};

/// How one comparison went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Both took it and made the same bytes of it.
    Same,
    /// Both refused it.
    BothRefuse,
    /// Terraform lost text as it is known to (see [`super::losses`]), and without what it trips
    /// over there is no difference; or it took bytes for a name that are
    /// no UTF-8, which we refuse (its table of letters is too generous: after a lead byte all
    /// whose characters are letters it takes any byte).
    Defect,
    /// Terraform crashed, so there is nothing to compare with.
    Crashed,
    /// A difference, and what it is.
    Differs(Difference),
}

/// What differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Difference {
    /// Other bytes.
    Bytes {
        /// What we made.
        ours: Vec<u8>,
        /// What terraform made.
        theirs: Vec<u8>,
    },
    /// We refuse what terraform takes: our reason.
    WeRefuse(String),
    /// We take what terraform refuses.
    WeTake,
    /// We panic.
    WePanic,
    /// Our functions disagree among themselves: which.
    Inconsistent(&'static str),
}

impl Difference {
    /// As the report names it; what is minimised keeps this name.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Difference::Bytes { .. } => "other bytes",
            Difference::WeRefuse(_) => "we refuse, terraform takes",
            Difference::WeTake => "we take, terraform refuses",
            Difference::WePanic => "we panic",
            Difference::Inconsistent(what) => what,
        }
    }
}

/// Formats `input` ourselves and compares.
pub(crate) fn compare(input: &[u8], verdict: &Verdict) -> Outcome {
    let Ok((ours, formatted)) = panic::catch_unwind(|| (syntax::format(input), syntax::is_formatted(input)))
    else {
        return Outcome::Differs(Difference::WePanic);
    };
    if let Some(what) = inconsistent(input, &ours, &formatted) {
        return Outcome::Differs(Difference::Inconsistent(what));
    }
    match (ours, verdict) {
        (_, Verdict::Crashed) => Outcome::Crashed,
        (Err(_), Verdict::Refused) => Outcome::BothRefuse,
        (Ok(_), Verdict::Refused) => Outcome::Differs(Difference::WeTake),
        (Err(errors), Verdict::Taken(_)) if is_not_utf8(input, &errors) => Outcome::Defect,
        (Err(errors), Verdict::Taken(_)) => {
            let reason = errors.first().map(|error| format!("{}..: {}", error.span.start, error.message));
            Outcome::Differs(Difference::WeRefuse(reason.unwrap_or_default()))
        }
        (Ok(ours), Verdict::Taken(theirs)) if ours == *theirs => Outcome::Same,
        (Ok(ours), Verdict::Taken(theirs)) => {
            Outcome::Differs(Difference::Bytes { ours, theirs: theirs.clone() })
        }
    }
}

fn is_not_utf8(input: &[u8], errors: &[syntax::SyntaxError]) -> bool {
    errors.first().is_some_and(|error| {
        input.get(error.span.range()).is_some_and(|bytes| std::str::from_utf8(bytes).is_err())
    })
}

fn inconsistent<E>(
    input: &[u8],
    ours: &Result<Vec<u8>, E>,
    formatted: &Result<bool, E>,
) -> Option<&'static str> {
    match (ours, formatted) {
        (Ok(bytes), Ok(formatted)) if *formatted == (bytes == input) => properties::broken(input, bytes),
        (Err(_), Err(_)) => None,
        _ => Some("is_formatted and format disagree"),
    }
}
