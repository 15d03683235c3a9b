//! Expanding a template once for all values of one shape: what differs between ten thousand
//! secrets is their texts, and a template sees none of them.

use std::borrow::Cow;
use std::collections::BTreeMap;

use foldhash::{HashMap, HashMapExt as _};
use minijinja::value::Value;

/// What a template gets for one thing, each text as it is to stand in the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node<'n> {
    /// Absent: false, and nothing to print.
    None,
    /// There, without a text of its own.
    Flag,
    /// A text.
    Text(Cow<'n, str>),
    /// One behind the other.
    List(Vec<Node<'n>>),
    /// By name.
    Map(Vec<(&'static str, Node<'n>)>),
}

impl<'n> Node<'n> {
    /// A text; one that stands somewhere already is not copied.
    pub(super) fn text(text: impl Into<Cow<'n, str>>) -> Self {
        Self::Text(text.into())
    }

    /// A text, if there is one.
    pub(super) fn maybe(text: Option<impl Into<Cow<'n, str>>>) -> Self {
        text.map_or(Self::None, Self::text)
    }

    /// What a template sees that is expanded for this alone: the texts themselves.
    pub(super) fn value(&self) -> Value {
        match self {
            Self::None => Value::from(()),
            Self::Flag => Value::from(true),
            Self::Text(text) => Value::from_safe_string(text.clone().into_owned()),
            Self::List(items) => items.iter().map(Self::value).collect(),
            Self::Map(entries) => map(entries, Self::value),
        }
    }

    /// Something that is or isn't so.
    pub(super) fn flag(is: bool) -> Self {
        if is { Self::Flag } else { Self::None }
    }
}

/// Stand around the number of a text in an expanded template: characters that no template has.
const OPEN: char = '\u{f8fa}';
const CLOSE: char = '\u{f8fb}';

/// An expanded template: text, and after each but the last the number of the text that follows.
#[derive(Debug)]
struct Expanded {
    pieces: Vec<(String, usize)>,
    behind: String,
}

/// Expanded templates by shape.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    known: HashMap<Vec<u8>, Expanded>,
    key: Vec<u8>,
}

impl Shapes {
    pub(super) fn new() -> Self {
        Self { known: HashMap::new(), key: Vec::new() }
    }

    /// Appends `node` to `out` as `expand` lays out what has its shape.
    pub(super) fn fill<E>(
        &mut self,
        out: &mut String,
        node: &Node<'_>,
        expand: impl FnOnce(Value) -> Result<String, E>,
    ) -> Result<(), E> {
        self.key.clear();
        let mut texts = Vec::with_capacity(32);
        read(node, &mut self.key, &mut texts);
        if !self.known.contains_key(&self.key) {
            let expanded = Expanded::new(&expand(placeholders(node, &mut 0))?, texts.len());
            self.known.insert(self.key.clone(), expanded);
        }
        if let Some(expanded) = self.known.get(&self.key) {
            for (before, number) in &expanded.pieces {
                out.push_str(before);
                out.push_str(texts.get(*number).copied().unwrap_or_default());
            }
            out.push_str(&expanded.behind);
        }
        Ok(())
    }
}

impl Expanded {
    fn new(text: &str, count: usize) -> Self {
        let mut pieces = Vec::new();
        let mut before = String::new();
        let mut rest = text;
        while let Some((start, after)) = rest.split_once(OPEN) {
            before.push_str(start);
            rest = after;
            let found = after.split_once(CLOSE).and_then(|(number, after)| {
                let number = number.parse().ok().filter(|number| *number < count)?;
                Some((number, after))
            });
            if let Some((number, after)) = found {
                pieces.push((std::mem::take(&mut before), number));
                rest = after;
            }
        }
        before.push_str(rest);
        Self { pieces, behind: before }
    }
}

/// The shape of a node, and its texts in order.
fn read<'n>(node: &'n Node<'_>, shape: &mut Vec<u8>, texts: &mut Vec<&'n str>) {
    match node {
        Node::None => shape.push(b'-'),
        Node::Flag => shape.push(b'+'),
        Node::Text(text) => {
            shape.push(b't');
            texts.push(text);
        }
        Node::List(items) => {
            shape.push(b'[');
            items.iter().for_each(|item| read(item, shape, texts));
            shape.push(b']');
        }
        // The names of one kind of map are always the same ones.
        Node::Map(entries) => {
            shape.push(b'{');
            entries.iter().for_each(|(_, value)| read(value, shape, texts));
            shape.push(b'}');
        }
    }
}

/// The node as a template sees it: each text is its number.
fn placeholders(node: &Node<'_>, next: &mut usize) -> Value {
    match node {
        Node::None => Value::from(()),
        Node::Flag => Value::from(true),
        Node::Text(_) => {
            let number = *next;
            *next += 1;
            Value::from_safe_string(format!("{OPEN}{number}{CLOSE}"))
        }
        Node::List(items) => items.iter().map(|item| placeholders(item, next)).collect(),
        Node::Map(entries) => map(entries, |value| placeholders(value, next)),
    }
}

fn map<'n>(entries: &[(&'static str, Node<'n>)], mut value: impl FnMut(&Node<'n>) -> Value) -> Value {
    let entries = entries.iter().map(|(name, node)| (*name, value(node)));
    Value::from_object(entries.collect::<BTreeMap<&'static str, Value>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_expansion_serves_all_of_one_shape_and_hostile_texts_stay_texts() {
        let mut shapes = Shapes::new();
        let mut expanded = 0;
        let mut out = String::new();
        for text in ["a", "{{ b }}", "\u{f8fa}0\u{f8fb}", "\u{f8fa}"] {
            let node = Node::Map(vec![("x", Node::text(text)), ("y", Node::None)]);
            let filled = shapes.fill(&mut out, &node, |value| {
                expanded += 1;
                let x = value.get_attr("x").map(|x| x.to_string())?;
                Ok::<_, minijinja::Error>(format!("<{x}|{x}>\u{f8fa}9\u{f8fb}"))
            });
            assert!(filled.is_ok());
        }
        assert_eq!(expanded, 1);
        let end = "9\u{f8fb}";
        assert_eq!(
            out,
            format!(
                "<a|a>{end}<{{{{ b }}}}|{{{{ b }}}}>{end}<\u{f8fa}0\u{f8fb}|\u{f8fa}0\u{f8fb}>{end}<\u{f8fa}|\u{f8fa}>{end}"
            )
        );
    }
}
