//! `required_version`: constraints on secretform's version, as Terraform writes them.

/// This secretform's version.
pub(super) const OURS: &str = env!("CARGO_PKG_VERSION");

/// Whether `version` satisfies all `constraints`, which commas join.
///
/// Source: Terraform, *Version Constraints*.
///
/// # Errors
/// The part that is no constraint.
pub(super) fn admits<'c>(constraints: &'c str, version: &str) -> Result<bool, &'c str> {
    let ours = numbers(version).unwrap_or_default();
    let mut fits = true;
    for part in constraints.split(',') {
        let part = part.trim();
        let digits = part.trim_start_matches(['=', '!', '<', '>', '~']);
        let operator = &part[..part.len() - digits.len()];
        let wanted = numbers(digits.trim()).ok_or(part)?;
        let order = padded(&ours).cmp(&padded(&wanted));
        fits &= match operator {
            "" | "=" => order.is_eq(),
            "!=" => order.is_ne(),
            ">" => order.is_gt(),
            ">=" => order.is_ge(),
            "<" => order.is_lt(),
            "<=" => order.is_le(),
            "~>" => order.is_ge() && fixed(&ours, &wanted),
            _ => return Err(part),
        };
    }
    Ok(fits)
}

/// Whether all numbers but the last that `~>` says are the same.
fn fixed(ours: &[u64], wanted: &[u64]) -> bool {
    let kept = wanted.len().saturating_sub(1).max(1);
    padded(ours)[..kept] == padded(wanted)[..kept]
}

fn padded(numbers: &[u64]) -> [u64; 3] {
    let at = |at: usize| numbers.get(at).copied().unwrap_or(0);
    [at(0), at(1), at(2)]
}

/// One to three numbers; what follows a `-` or `+` counts for nothing.
fn numbers(text: &str) -> Option<Vec<u64>> {
    let core = text.split(['-', '+']).next().unwrap_or_default();
    let core = core.strip_prefix('v').unwrap_or(core);
    let numbers: Vec<u64> = core.split('.').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    (1..=3).contains(&numbers.len()).then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints_are_terraforms() {
        for (constraints, version, expected) in [
            (">= 0.1", "0.1.0", Ok(true)),
            (">= 0.3", "0.1.0", Ok(false)),
            ("0.1.0", "0.1.0", Ok(true)),
            ("= 0.1", "0.1.0", Ok(true)),
            ("!= 0.1.0", "0.1.0", Ok(false)),
            ("~> 0.1", "0.9.3", Ok(true)),
            ("~> 0.1", "1.0.0", Ok(false)),
            ("~> 0.1.0", "0.1.7", Ok(true)),
            ("~> 0.1.0", "0.2.0", Ok(false)),
            ("~> 1", "1.7.0", Ok(true)),
            (">= 0.1, < 2", "1.0.0", Ok(true)),
            (">=0.1,<0.1.5", "0.1.9", Ok(false)),
            ("> 0.1", "0.1.0", Ok(false)),
            ("<= 0.1", "0.1.0", Ok(true)),
            (">= x", "0.1.0", Err(">= x")),
            ("", "0.1.0", Err("")),
            ("^1.0", "0.1.0", Err("^1.0")),
            ("=> 1", "0.1.0", Err("=> 1")),
            ("1.2.3.4", "0.1.0", Err("1.2.3.4")),
            (">= 99999999999999999999999", "0.1.0", Err(">= 99999999999999999999999")),
        ] {
            assert_eq!(admits(constraints, version), expected, "{constraints} {version}");
        }
        assert_eq!(admits(">= 0.1", OURS), Ok(true));
    }
}
