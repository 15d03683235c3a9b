//! The wildcards of IAM: `*` for any run, `?` for one character.

/// Whether a text matches a pattern with `*` and `?`.
pub(crate) fn like(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    // Which beginnings of the text the pattern so far matches.
    let mut ends = vec![false; text.len() + 1];
    ends[0] = true;
    for wanted in pattern {
        if wanted == '*' {
            let mut reached = false;
            for end in &mut ends {
                reached |= *end;
                *end = reached;
            }
            continue;
        }
        for at in (0..text.len()).rev() {
            ends[at + 1] = ends[at] && (wanted == '?' || wanted == text[at]);
        }
        ends[0] = false;
    }
    ends[text.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match() {
        assert!(like("secretsmanager:get*", "secretsmanager:getsecretvalue"));
        assert!(!like("secretsmanager:get?", "secretsmanager:getsecretvalue"));
        assert!(like("*", "") && like("a*c", "abbc") && !like("a*c", "abb") && like("?é", "xé"));
    }
}
