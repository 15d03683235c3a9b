//! A large spec read by two threads, half by half: as one would read it, or not at all.

use std::thread;

use memchr::memmem;

use crate::source::SourceId;
use crate::syntax::{self, BodyItem};

use super::parse::Parser;
use super::schema::ROOT;
use super::types::Spec;

/// A smaller spec is read sooner than a thread pays.
const LARGE: usize = 256 * 1024;

/// Reads a large spec in two halves. `None` if it is small, or if anything is out of the common,
/// an error or warning above all: then one thread reads it all, in the order in which it stands.
pub(super) fn parse(source: SourceId, bytes: &[u8]) -> Option<Spec> {
    if bytes.len() < LARGE || thread::available_parallelism().map_or(1, usize::from) < 2 {
        return None;
    }
    in_halves(source, bytes, bytes.len() / 2)
}

/// `middle` is about where the second half begins.
fn in_halves(source: SourceId, bytes: &[u8], middle: usize) -> Option<Spec> {
    // So an item ends, or a line of a text: reading the first half tells.
    const END: &[u8] = b"\n}\n";
    let split = middle + memmem::find(bytes.get(middle..)?, END)? + END.len();
    thread::scope(|scope| {
        let second = thread::Builder::new().spawn_scoped(scope, || second(source, bytes, split)).ok()?;
        let first = first(source, bytes, split);
        let second = second.join().ok()?;
        Some(joined(first?, second?))
    })
}

fn first(source: SourceId, bytes: &[u8], split: usize) -> Option<Spec> {
    let mut parser = Parser::new(source, bytes);
    let (end, errors) = syntax::for_each_item_between(bytes, 0, split, |item| parser.item(item));
    if end != split || !errors.is_empty() {
        return None;
    }
    let (spec, said) = parser.finish(&errors);
    spec.filter(|_| said.is_empty())
}

/// Where only what may stand again and again stands, it matters to none of it what stood before.
fn second(source: SourceId, bytes: &[u8], split: usize) -> Option<Spec> {
    let mut parser = Parser::new(source, bytes);
    let mut repeats = true;
    let (_, errors) = syntax::for_each_item_between(bytes, split, bytes.len(), |item| {
        repeats &= match item {
            BodyItem::Attribute(_) => false,
            BodyItem::Block(block) => ROOT.block(block.type_name()).is_some_and(|child| child.repeats),
        };
        parser.item(item);
    });
    (repeats && errors.is_empty() && parser.errors.count() == 0).then_some(parser.spec)
}

fn joined(mut first: Spec, second: Spec) -> Spec {
    let Spec {
        source: _,
        failed: _,
        terraform: _,
        defaults: _,
        groups,
        mut secrets,
        fields,
        readers,
        oidc,
        rules,
        others,
    } = second;
    let (groups_before, fields_before) = (first.groups.len(), first.fields.len() as u32);
    for secret in &mut secrets {
        secret.group = secret.group.map(|group| group + groups_before);
        secret.fields.start += fields_before;
        secret.fields.end += fields_before;
    }
    first.groups.extend(groups);
    first.secrets.extend(secrets);
    first.fields.extend(fields);
    first.readers.extend(readers);
    first.oidc.extend(oidc);
    first.rules.extend(rules);
    first.others.extend(others);
    first
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Source, SourceMap};

    /// What both ways of reading make of a spec; whether the halves were joined.
    fn check(text: &str, middle: usize) -> bool {
        let source = SourceMap::new().add(Source::new("secretform.hcl", text.as_bytes().to_vec()));
        let (whole, said) = super::super::parse(source, text.as_bytes());
        let Some(halves) = in_halves(source, text.as_bytes(), middle) else { return false };
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(format!("{:?}", Some(halves)), format!("{whole:?}"));
        true
    }

    #[test]
    fn halves_are_the_whole() {
        let mut text = "terraform {\n  directory = \".\"\n}\n".to_owned();
        for group in 0..6 {
            text += &format!("\ngroup \"g{group}\" {{\n  title = <<EOT\ngroup\n}}\nEOT\n");
            text += "  secret \"a\" {\n    field \"k\" {}\n    field \"l\" {}\n  }\n}\n";
            text += &format!("secret \"s{group}\" {{\n  tags = {{ A = secret.g1.a.arn }}\n}}\n# c\n");
            text += &format!("reader \"r{group}\" {{\n  reads = [group.g{group}]\n");
            text += "  policy_document \"d\" {}\n}\n";
        }
        let joined = (0..text.len()).filter(|&middle| check(&text, middle)).count();
        assert!(joined > text.len() / 2 && joined < text.len(), "{joined} of {}", text.len());
    }

    #[test]
    fn what_is_out_of_the_common_is_read_by_one() {
        let start = "terraform {\n  directory = \".\"\n}\nsecret \"a\" {\n}\n";
        assert!(check(&format!("{start}secret \"b\" {{\n}}\n"), 40));
        for end in ["edition = 1\n", "defaults {\n}\n", "secret \"b\" {\n  x = 1\n}\n", "secret \"b\" {\n"] {
            assert!(!check(&format!("{start}{end}"), 40), "{end}");
        }
        assert!(!check("secret \"a\" {\n}\nsecret \"b\" {\n}\n", 3));
    }
}
