//! A text of a given form that conditions let through, if there is one: a walk over the form and
//! all patterns at once, over the letters that the patterns hold and one that none of them holds.

use foldhash::{HashSet, HashSetExt as _};

use super::pattern::{Constraint, Letter, Reached, is_symbol};
use super::whole::whole;
use crate::model::iam::{Part, Piece};

/// What came of a search.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Answer {
    /// A text that all constraints let through.
    Found(String),
    /// There is none.
    Nothing,
    /// It takes too long to say.
    Unknown,
}

/// Far more than people's policies need, and little enough for those that want to keep a run busy.
const MOST_STATES: usize = 20_000;
const MOST_WORK: usize = 300_000;

/// Forms, of which a text is one; or several with a `:` between each two.
#[derive(Clone, Copy, Debug)]
pub(super) struct Forms<'a> {
    pub(super) forms: &'a [&'a [Piece]],
    pub(super) joined: bool,
    /// Whether each part that says whose it is must hold a fresh letter: be a stranger's.
    pub(super) strangers: bool,
}

/// Where a text is in its form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct At {
    form: usize,
    piece: usize,
    /// Which of the choices.
    choice: usize,
    /// How many letters of a fixed piece are read; 1 in another as soon as there is one.
    read: usize,
    fresh: bool,
}

struct Node {
    at: At,
    reached: Vec<Reached>,
    parent: usize,
    letter: Option<Letter>,
}

/// Looks for a text.
pub(super) fn search(forms: Forms<'_>, constraints: &[Constraint]) -> Answer {
    // A stranger's text has a fresh letter in each part that says whose it is.
    let says_whose = |piece: &Piece| matches!(piece, Piece::Any(part) if part.identity);
    if forms.strangers
        && constraints.iter().any(Constraint::refuses_fresh)
        && forms.forms.iter().all(|form| form.iter().any(says_whose))
    {
        return Answer::Nothing;
    }
    whole(forms, constraints).unwrap_or_else(|| walk(forms, constraints))
}

/// Looks for a text letter by letter.
pub(super) fn walk(forms: Forms<'_>, constraints: &[Constraint]) -> Answer {
    let mut letters: Vec<char> = constraints.iter().flat_map(Constraint::letters).collect();
    letters.sort_unstable();
    letters.dedup();
    let start: Vec<Reached> = constraints.iter().map(Constraint::start).collect();
    let mut nodes: Vec<Node> = Vec::new();
    let mut seen: HashSet<(At, Vec<Reached>)> = HashSet::new();
    for form in 0..forms.forms.len() {
        for at in entries(forms, form, 0) {
            if seen.insert((at, start.clone())) {
                nodes.push(Node { at, reached: start.clone(), parent: usize::MAX, letter: None });
            }
        }
    }
    let (mut next, mut work) = (0, 0);
    while next < nodes.len() {
        let (at, reached) = (nodes[next].at, nodes[next].reached.clone());
        let ended = piece(forms, at).is_none();
        if ended && constraints.iter().zip(&reached).all(|(constraint, reached)| constraint.accepts(reached))
        {
            match written(forms, &nodes, next, constraints) {
                Some(text) => return Answer::Found(text),
                None => return Answer::Unknown,
            }
        }
        let takes = |letter: &Letter| {
            constraints.iter().zip(&reached).all(|(constraint, reached)| constraint.takes(reached, *letter))
        };
        for letter in possible(forms, at, &letters).into_iter().filter(takes) {
            let stepped: Vec<Reached> = constraints
                .iter()
                .zip(&reached)
                .map(|(constraint, reached)| constraint.step(reached, letter))
                .collect();
            let size = stepped.iter().map(Vec::len).sum::<usize>() + 1;
            work += size;
            for after in moves(forms, at, letter) {
                work += size;
                if seen.insert((after, stepped.clone())) {
                    nodes.push(Node {
                        at: after,
                        reached: stepped.clone(),
                        parent: next,
                        letter: Some(letter),
                    });
                }
            }
        }
        if nodes.len() > MOST_STATES || work > MOST_WORK {
            return Answer::Unknown;
        }
        next += 1;
    }
    Answer::Nothing
}

fn piece<'a>(forms: Forms<'a>, at: At) -> Option<&'a Piece> {
    forms.forms.get(at.form).and_then(|form| form.get(at.piece))
}

fn fixed(piece: &Piece, choice: usize) -> Option<&'static str> {
    match piece {
        Piece::Fixed(text) => Some(text),
        Piece::OneOf(choices) => choices.get(choice).copied(),
        Piece::Any(_) => None,
    }
}

/// The places at the beginning of a piece, or behind the last.
fn entries(forms: Forms<'_>, form: usize, piece: usize) -> Vec<At> {
    let at = At { form, piece, choice: 0, read: 0, fresh: false };
    match forms.forms.get(form).and_then(|form| form.get(piece)) {
        Some(Piece::OneOf(choices)) => (0..choices.len()).map(|choice| At { choice, ..at }).collect(),
        _ => vec![at],
    }
}

/// The letters that may come next.
fn possible(forms: Forms<'_>, at: At, letters: &[char]) -> Vec<Letter> {
    match piece(forms, at) {
        None if forms.joined => vec![Letter::Known(':')],
        None => Vec::new(),
        Some(Piece::Any(part)) => {
            let known =
                letters.iter().filter(|c| part.class.has(**c) || is_symbol(**c)).map(|c| Letter::Known(*c));
            std::iter::once(Letter::Fresh).chain(known).collect()
        }
        Some(piece) => {
            let c = fixed(piece, at.choice).and_then(|text| text.chars().nth(at.read));
            c.map(Letter::Known).into_iter().collect()
        }
    }
}

/// Where a letter leads.
fn moves(forms: Forms<'_>, at: At, letter: Letter) -> Vec<At> {
    match piece(forms, at) {
        None => (0..forms.forms.len()).flat_map(|form| entries(forms, form, 0)).collect(),
        Some(Piece::Any(part)) => {
            let fresh = part.identity && (at.fresh || letter == Letter::Fresh);
            let mut after = vec![At { read: 1, fresh, ..at }];
            if fresh || !(part.identity && forms.strangers) {
                after.extend(entries(forms, at.form, at.piece + 1));
            }
            after
        }
        Some(piece) => {
            let length = fixed(piece, at.choice).map_or(0, |text| text.chars().count());
            match at.read + 1 {
                read if read < length => vec![At { read, ..at }],
                _ => entries(forms, at.form, at.piece + 1),
            }
        }
    }
}

/// The text that leads to a node, its fresh letters written out so that people can read it.
fn written(forms: Forms<'_>, nodes: &[Node], end: usize, constraints: &[Constraint]) -> Option<String> {
    // Letters of one part that follow each other; `None` for those of fixed pieces.
    let mut runs: Vec<(Option<Part>, Vec<Letter>)> = Vec::new();
    let mut path = Vec::new();
    let mut at = end;
    while let Some(node) = nodes.get(at) {
        if let Some(letter) = node.letter {
            let from = nodes.get(node.parent).map(|parent| parent.at);
            path.push((from, letter));
        }
        at = node.parent;
    }
    for (from, letter) in path.into_iter().rev() {
        let part = from.and_then(|from| match piece(forms, from) {
            Some(Piece::Any(part)) => Some(*part),
            _ => None,
        });
        let goes_on = part.is_some() && from.is_some_and(|from| from.read > 0);
        match runs.last_mut() {
            Some((last, run)) if goes_on || (part.is_none() && last.is_none()) => run.push(letter),
            _ => runs.push((part, vec![letter])),
        }
    }
    let candidates =
        (0..FILLERS).map(|filler| runs.iter().map(|run| spelled(run, filler)).collect::<String>());
    candidates.into_iter().find(|text| constraints.iter().all(|constraint| constraint.holds(text)))
}

/// How many ways there are to write a fresh letter.
const FILLERS: usize = 4 + SINGLE.len();
const SINGLE: &[u8] = b"xqzjk7301924568";

fn spelled((part, letters): &(Option<Part>, Vec<Letter>), filler: usize) -> String {
    let mut text = String::new();
    for (at, letter) in letters.iter().enumerate() {
        match (letter, part) {
            (Letter::Known(c), _) => text.push(*c),
            (Letter::Fresh, Some(part)) => {
                let single = |at: usize| {
                    let legal = |c: &&u8| part.class.has(char::from(**c));
                    SINGLE.iter().filter(legal).cycle().nth(at).map_or('7', |c| char::from(*c)).to_string()
                };
                let alone = letters.len() == 1;
                text.push_str(&match filler {
                    _ if alone && (!part.identity || filler < 3) => part.sample.to_owned(),
                    0 if at > 0 && part.class.has('-') => format!("-{}", part.sample),
                    0 | 1 if at == 0 || part.class.has('-') => part.sample.to_owned(),
                    filler => single(filler.saturating_sub(if alone { 3 } else { 2 })),
                });
            }
            (Letter::Fresh, None) => {}
        }
    }
    text
}
