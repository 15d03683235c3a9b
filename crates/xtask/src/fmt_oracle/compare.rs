//! Our bytes and our verdict against terraform's.

use std::panic;

use secretform::syntax;

use super::{
    pieces::{Kind, Piece, cut},
    terraform::Verdict,
};

/// How one comparison went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Both took it and made the same bytes of it.
    Same,
    /// Both refused it.
    BothRefuse,
    /// Terraform lost text as it is known to (an index that is a bare `null`, `true` or `false`;
    /// a label with `$` or `%`), and all the rest is equal; or it took bytes for a name that are
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
        (Ok(ours), Verdict::Taken(theirs)) if lost_text(&ours, theirs) => Outcome::Defect,
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
    let bytes = match (ours, formatted) {
        (Ok(bytes), Ok(formatted)) if *formatted == (bytes == input) => bytes,
        (Err(_), Err(_)) => return None,
        _ => return Some("is_formatted and format disagree"),
    };
    let edits = syntax::format_edits(input).ok()?;
    (edits.apply(input) != *bytes).then_some("format_edits and format disagree")
}

/// Whether the two are equal but for blanks and the text that terraform is known to lose.
fn lost_text(ours: &[u8], theirs: &[u8]) -> bool {
    let (ours, lost) = without_losses(ours);
    lost && ours == without_losses(theirs).0
}

fn without_losses(bytes: &[u8]) -> (Vec<u8>, bool) {
    let pieces: Vec<Piece<'_>> =
        cut(bytes).into_iter().filter(|piece| !matches!(piece.kind, Kind::Blank)).collect();
    let mut lost = false;
    let mut kept = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| pieces[at].kind);
        let label = piece.kind == Kind::Quoted && matches!(before, Some(Kind::Word | Kind::Quoted));
        if label && piece.text.iter().any(|byte| matches!(byte, b'$' | b'%')) {
            lost = true;
        } else {
            kept.extend(piece.text.iter().filter(|byte| !byte.is_ascii_whitespace()));
        }
    }
    for word in [&b"[null]"[..], b"[true]", b"[false]"] {
        while let Some(at) = kept.windows(word.len()).position(|window| window == word) {
            lost = true;
            kept.drain(at + 1..at + word.len() - 1);
        }
    }
    (kept, lost)
}
