//! Tokens to nodes, by recursive descent. Each production pushes its node after those of its
//! parts. A production that fails has reported why; the body it stands in drops its nodes
//! and goes on at the next item.

mod body;
mod collection;
mod expression;
mod recovery;
mod template;
mod trouble;

use super::SyntaxError;
use super::lex::{Token, TokenKind, lex_item};
use super::node::{Node, NodeKind};
use crate::source::Span;

/// How many levels of brackets and templates, or of blocks, may stand in each other. Terraform
/// takes thousands; real files have 22. Parsing needs less than 512 KiB of stack for them in release.
const MAX_DEPTH: u32 = 400;

/// How high a tree may grow by operators and steps that are all on one level (`a.b.c…`,
/// `1 + 1 + …`), so that whoever walks it needs no more stack than this.
const MAX_HEIGHT: u32 = 1000;

/// More errors than anybody reads: after these the rest of the file is not parsed.
const MAX_ERRORS: usize = 1000;

/// A production failed, and said so in the errors.
#[derive(Debug)]
struct Failed;

/// The height of the tree that was pushed.
type Parsed = Result<u32, Failed>;

/// Parses a whole file; the last node is the [`NodeKind::File`].
pub(super) fn parse_file(bytes: &[u8]) -> (Vec<Node>, Vec<SyntaxError>) {
    if let Some(error) = too_large(bytes) {
        return (vec![Node { start: 0, end: 0, size: 1, kind: NodeKind::File }], vec![error]);
    }
    parse_range(bytes, 0, bytes.len())
}

/// Parses the items in `bytes[..end]` from `start` on.
pub(super) fn parse_range(bytes: &[u8], start: usize, end: usize) -> (Vec<Node>, Vec<SyntaxError>) {
    parse(&bytes[..end.min(bytes.len())], start, &mut Vec::new(), false)
}

/// Parses the items in `bytes` from `start` on, and gives all tokens too.
pub(super) fn parse_with_tokens(bytes: &[u8], start: usize) -> (Vec<Token>, Vec<Node>, Vec<SyntaxError>) {
    let mut tokens = Vec::with_capacity(bytes.len().saturating_sub(start) / 5 + 16);
    let (nodes, errors) = parse(bytes, start, &mut tokens, true);
    (tokens, nodes, errors)
}

/// With `keep`, `tokens` holds all tokens in the end, else those of the last item.
fn parse(bytes: &[u8], start: usize, tokens: &mut Vec<Token>, keep: bool) -> (Vec<Node>, Vec<SyntaxError>) {
    let mut nodes = Vec::with_capacity(bytes.len().saturating_sub(start) / 12 + 8);
    let mut items = Items::new(bytes, start);
    while items.next(tokens, &mut nodes) {
        if !keep {
            tokens.clear();
        }
    }
    push_file(&mut nodes, start, bytes.len());
    (nodes, items.finish())
}

/// Parses the items of a file that begin in `start..stop`, one by one, and gives `each` their
/// nodes, the last of which is a [`NodeKind::File`] of that item alone: what one item took, the
/// next takes again. Says where the last ended.
pub(super) fn parse_each(
    bytes: &[u8],
    start: usize,
    stop: usize,
    mut each: impl FnMut(&mut Vec<Node>),
) -> (usize, Vec<SyntaxError>) {
    if let Some(error) = too_large(bytes) {
        return (start, vec![error]);
    }
    let (mut tokens, mut nodes) = (Vec::new(), Vec::new());
    let mut items = Items::new(bytes, start);
    loop {
        let start = items.position;
        if start >= stop || !items.next(&mut tokens, &mut nodes) {
            return (start, items.finish());
        }
        push_file(&mut nodes, start, items.position);
        each(&mut nodes);
        nodes.clear();
        tokens.clear();
    }
}

/// Pushes the node of the file or part of one whose items all nodes are.
fn push_file(nodes: &mut Vec<Node>, start: usize, end: usize) {
    let (span, size) = (Span::new(start, end), nodes.len() as u32 + 1);
    nodes.push(Node { start: span.start, end: span.end, size, kind: NodeKind::File });
}

fn too_large(bytes: &[u8]) -> Option<SyntaxError> {
    let large = u32::try_from(bytes.len()).is_err();
    large.then(|| SyntaxError::new(Span::at(0), "this file is larger than 4 GiB"))
}

/// The items of one file on their way to nodes.
struct Items<'a> {
    bytes: &'a [u8],
    position: usize,
    /// See [`Parser::headless`].
    headless: u32,
    /// The names of the attributes at top level.
    names: Vec<Span>,
    errors: Vec<SyntaxError>,
}

impl<'a> Items<'a> {
    fn new(bytes: &'a [u8], start: usize) -> Self {
        Self { bytes, position: start, headless: 0, names: Vec::new(), errors: Vec::new() }
    }

    /// Adds the tokens and nodes of the next item; whether there was one to read.
    fn next(&mut self, tokens: &mut Vec<Token>, nodes: &mut Vec<Node>) -> bool {
        if self.position >= self.bytes.len() || self.errors.len() >= MAX_ERRORS {
            return false;
        }
        let (first_token, first_node) = (tokens.len(), nodes.len());
        self.position = lex_item(self.bytes, self.position, tokens);
        self.headless = parse_tokens(self.bytes, tokens, first_token, self.headless, nodes, &mut self.errors);
        let before = self.names.len();
        self.names.extend(body::attribute_names_reversed(nodes, first_node));
        self.names[before..].reverse();
        true
    }

    fn finish(mut self) -> Vec<SyntaxError> {
        body::repeated_names(self.bytes, &self.names, &mut self.errors);
        self.errors.sort_by_key(|error| (error.span.start, error.span.end));
        self.errors.dedup();
        self.errors
    }
}

/// Parses the tokens from `first` on, which are of one item; takes and gives [`Parser::headless`].
fn parse_tokens(
    bytes: &[u8],
    tokens: &mut Vec<Token>,
    first: usize,
    headless: u32,
    nodes: &mut Vec<Node>,
    errors: &mut Vec<SyntaxError>,
) -> u32 {
    let Some(last) = tokens.get(first..).and_then(<[Token]>::last) else { return headless };
    let end = last.end;
    tokens.push(Token { start: end, end, kind: TokenKind::End });
    let mut parser = Parser {
        bytes,
        tokens: &tokens[first..],
        at: 0,
        last_end: 0,
        newlines: true,
        depth: 0,
        unbalanced: false,
        given_up: false,
        headless,
        nodes,
        errors,
    };
    parser.skip();
    parser.items(None);
    let headless = parser.headless;
    tokens.pop();
    headless
}

struct Parser<'a> {
    bytes: &'a [u8],
    /// Ends with [`TokenKind::End`].
    tokens: &'a [Token],
    /// The next token that counts.
    at: usize,
    /// The end of the last token taken.
    last_end: u32,
    /// Whether a newline counts here: in bodies and objects, not in other brackets.
    newlines: bool,
    depth: u32,
    /// Brackets were found not to match up to the last token.
    unbalanced: bool,
    /// No use in going on with these tokens.
    given_up: bool,
    /// Blocks whose first line broke before its `{`, so that a `}` to come closes nothing.
    headless: u32,
    nodes: &'a mut Vec<Node>,
    errors: &'a mut Vec<SyntaxError>,
}

impl<'a> Parser<'a> {
    fn token(&self) -> Token {
        self.tokens[self.at]
    }

    fn kind(&self) -> TokenKind {
        self.tokens[self.at].kind
    }

    fn text(&self, token: Token) -> &'a [u8] {
        &self.bytes[token.start as usize..token.end as usize]
    }

    /// Whether the next token is the word `word`.
    fn at_word(&self, word: &str) -> bool {
        self.kind() == TokenKind::Ident && self.text(self.token()) == word.as_bytes()
    }

    /// Moves on to the first token that counts.
    fn skip(&mut self) {
        loop {
            match self.kind() {
                TokenKind::LineComment | TokenKind::BlockComment => self.at += 1,
                TokenKind::Newline if !self.newlines => self.at += 1,
                _ => return,
            }
        }
    }

    /// Takes a token, and nothing after it: inside templates, where blanks count.
    fn bump_raw(&mut self) -> Token {
        let token = self.token();
        if token.kind != TokenKind::End {
            self.at += 1;
            self.last_end = token.end;
        }
        token
    }

    /// Takes a token and what doesn't count after it.
    fn bump(&mut self) -> Token {
        let token = self.bump_raw();
        self.skip();
        token
    }

    /// Takes an opener, after which newlines count or not, and says whether they did.
    fn bump_into(&mut self, newlines: bool) -> bool {
        let before = std::mem::replace(&mut self.newlines, newlines);
        self.bump();
        before
    }

    /// Takes a closer, after which newlines count as they did before the opener.
    fn bump_out(&mut self, newlines: bool) {
        self.newlines = newlines;
        self.bump();
    }

    fn leaf(&mut self, kind: NodeKind, start: u32, end: u32) {
        self.nodes.push(Node { start, end, size: 1, kind });
    }

    /// Pushes the parent of all nodes from `first` on; it ends with the last token taken.
    fn node(&mut self, kind: NodeKind, start: u32, first: usize) {
        let size = (self.nodes.len() - first) as u32 + 1;
        self.nodes.push(Node { start, end: self.last_end, size, kind });
    }

    /// Goes one level down, if that is not too deep. Whoever fails need not come up again:
    /// the body does that.
    fn enter(&mut self, opener: Token) -> Result<(), Failed> {
        if self.depth >= MAX_DEPTH {
            return Err(self.too_deep(opener));
        }
        self.depth += 1;
        Ok(())
    }

    /// One more than `height`, if that is not too high.
    fn higher(&mut self, height: u32, at: Token) -> Parsed {
        if height >= MAX_HEIGHT {
            return Err(self.too_long(at));
        }
        Ok(height + 1)
    }
}

#[cfg(test)]
mod tests;
