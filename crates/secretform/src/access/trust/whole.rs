//! The plain case: values without wildcards are the only texts that a claim can be, so each is
//! read by the form as it stands, and nothing is searched for.

use super::pattern::{Constraint, is_symbol};
use super::search::{Answer, Forms};
use crate::model::iam::Piece;

/// What a search would find, if one of the constraints leaves only texts that it writes out.
pub(super) fn whole(forms: Forms<'_>, constraints: &[Constraint]) -> Option<Answer> {
    let (at, texts) = constraints.iter().enumerate().find_map(|(at, it)| Some((at, it.whole()?)))?;
    let others = || constraints.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, it)| it);
    let mut best: Option<(usize, &str)> = None;
    for text in texts {
        if !is_of(forms, text) || !others().all(|other| other.holds(text)) {
            continue;
        }
        // A search comes upon the shortest first; of two as long, only it knows which.
        let length = text.chars().count();
        match best {
            Some((shortest, found)) if shortest == length && found != text => return None,
            Some((shortest, _)) if shortest <= length => {}
            _ => best = Some((length, text)),
        }
    }
    Some(best.map_or(Answer::Nothing, |(_, text)| Answer::Found(text.to_owned())))
}

/// Whether a text is of the forms; one that is written out holds no stranger's letter.
fn is_of(forms: Forms<'_>, text: &str) -> bool {
    let mut starts = vec![0];
    let mut seen = starts.clone();
    while !starts.is_empty() {
        let mut ends: Vec<usize> =
            forms.forms.iter().flat_map(|form| ends(form, forms.strangers, text, &starts)).collect();
        if ends.contains(&text.len()) {
            return true;
        }
        if !forms.joined {
            return false;
        }
        ends.retain(|end| text.as_bytes().get(*end) == Some(&b':') && !seen.contains(&(end + 1)));
        ends.sort_unstable();
        ends.dedup();
        starts = ends.into_iter().map(|end| end + 1).collect();
        seen.extend(&starts);
    }
    false
}

/// Where a text of one form ends that begins at one of `starts`, all in order.
fn ends(form: &[Piece], strangers: bool, text: &str, starts: &[usize]) -> Vec<usize> {
    let mut places = starts.to_vec();
    for piece in form {
        let rest = |at: usize| text.get(at..).unwrap_or_default();
        match piece {
            Piece::Fixed(fixed) => {
                places.retain(|at| rest(*at).starts_with(fixed));
                places.iter_mut().for_each(|at| *at += fixed.len());
            }
            Piece::OneOf(choices) => {
                let taken = |at: usize| {
                    choices.iter().filter(move |it| rest(at).starts_with(**it)).map(move |it| at + it.len())
                };
                places = places.iter().flat_map(|at| taken(*at)).collect();
                places.sort_unstable();
                places.dedup();
            }
            Piece::Any(part) if part.identity && strangers => return Vec::new(),
            Piece::Any(part) => {
                let mut after = Vec::new();
                for at in places {
                    // A run that began further left has all ends of one that begins within it.
                    if after.last().is_some_and(|end| at <= *end) {
                        continue;
                    }
                    let letters = rest(at).char_indices();
                    let run = letters.take_while(|(_, c)| part.class.has(*c) || is_symbol(*c));
                    after.extend(run.map(|(offset, c)| at + offset + c.len_utf8()));
                }
                places = after;
            }
        }
        if places.is_empty() {
            break;
        }
    }
    places
}
