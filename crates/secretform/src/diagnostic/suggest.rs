//! "Did you mean …?": the nearest known word by edit distance.

/// Longer words get no suggestion: nobody mistypes them by a letter, and the distance is quadratic.
const LONGEST: usize = 64;

/// The candidate that `word` was most likely meant to be; of equally near ones the first.
///
/// A third of the letters may differ, neighbours that changed places count as one; case and
/// `-` for `_` count for nothing.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let folded = fold(word);
    let length = folded.chars().count();
    if length == 0 || length > LONGEST {
        return None;
    }
    let limit = length.max(3) / 3;
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::osa_distance(&folded, &fold(candidate)), candidate))
        .filter(|(distance, candidate)| *distance <= limit && *candidate != word)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// [`nearest`] as the end of a sentence: ``did you mean `airbyte`?``
pub fn did_you_mean<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

fn fold(word: &str) -> String {
    word.to_lowercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_found_and_nothing_far_fetched() {
        let words = ["description", "tags", "kms_key_id", "name", "name_prefix", "policy"];
        for (word, expected) in [
            ("descripton", Some("description")),
            ("desciption", Some("description")),
            ("nmae", Some("name")),
            ("nam", Some("name")),
            ("Tags", Some("tags")),
            ("kms-key-id", Some("kms_key_id")),
            ("nameprefix", Some("name_prefix")),
            ("polices", Some("policy")),
            ("colour", None),
            ("x", None),
            ("", None),
            ("name", None),
        ] {
            assert_eq!(nearest(word, words), expected, "{word}");
        }
        assert_eq!(did_you_mean("airbite", ["airbyte", "dlt"]).as_deref(), Some("did you mean `airbyte`?"));
        assert_eq!(nearest(&"a".repeat(1_000_000), ["a"]), None);
    }
}
