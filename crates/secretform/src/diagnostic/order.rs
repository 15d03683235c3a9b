//! The order in which diagnostics are said: by file, place and code, whoever found them first.

use super::Diagnostic;
use crate::source::SourceMap;

/// Sorts by the file's label, the place in it and the code; what stands in no file comes last,
/// by code and address. One run has one order, whatever order its parts worked in.
pub fn sort(diagnostics: &mut [Diagnostic], sources: &SourceMap) {
    diagnostics.sort_by(|a, b| key(a, sources).cmp(&key(b, sources)));
}

type Key<'a> = (bool, &'a str, u32, u32, &'static str, Option<&'a str>, &'a str);

fn key<'a>(diagnostic: &'a Diagnostic, sources: &'a SourceMap) -> Key<'a> {
    let (label, span) = match diagnostic.location {
        Some(location) => (sources.get(location.source).label(), location.span),
        None => ("", Default::default()),
    };
    (
        diagnostic.location.is_none(),
        label,
        span.start,
        span.end,
        diagnostic.rule.code,
        diagnostic.address.as_deref(),
        &diagnostic.message,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Location, codes};
    use crate::source::{Source, Span};

    #[test]
    fn files_by_label_then_place_then_code_and_the_placeless_last() {
        let mut sources = SourceMap::new();
        let b = sources.add(Source::new("b.tf", *b"xxxxxxxx"));
        let a = sources.add(Source::new("a.tf", *b"xxxxxxxx"));
        let at = |source, start| Location::new(source, Span::new(start, start + 1));
        let mut diagnostics = vec![
            Diagnostic::new(&codes::MISSING, "no place"),
            Diagnostic::new(&codes::CHANGED, "b at 5").at(at(b, 5)),
            Diagnostic::new(&codes::UNMANAGED, "b at 1, later code").at(at(b, 1)),
            Diagnostic::new(&codes::CHANGED, "b at 1").at(at(b, 1)),
            Diagnostic::new(&codes::UNRESOLVED, "a").at(at(a, 7)),
        ];
        sort(&mut diagnostics, &sources);
        let said: Vec<_> = diagnostics.iter().map(|diagnostic| diagnostic.message.as_str()).collect();
        assert_eq!(said, ["a", "b at 1", "b at 1, later code", "b at 5", "no place"]);
    }
}
