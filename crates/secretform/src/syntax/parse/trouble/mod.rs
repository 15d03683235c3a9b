//! What is said about broken text: what is wrong, where, what to write instead.

mod expression;
mod template;
mod token;

use super::{Failed, MAX_DEPTH, MAX_ERRORS, MAX_HEIGHT, Parser, SyntaxError, Token, TokenKind};
use crate::source::Position;

impl Parser<'_> {
    /// Adds an error, unless there are more than anybody reads.
    pub(super) fn report(&mut self, error: SyntaxError) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(error);
        }
    }

    /// Reports `error`; or what is wrong with the token at hand if it is none of the language.
    #[cold]
    fn fail(&mut self, error: SyntaxError) -> Failed {
        if self.kind() == TokenKind::Invalid {
            self.invalid(self.token());
        } else {
            self.report(error);
        }
        Failed
    }

    /// An error at the next token.
    fn here(&self, message: impl Into<String>) -> SyntaxError {
        SyntaxError::new(self.token().span(), message)
    }

    fn line(&self, token: Token) -> u32 {
        Position::of(self.bytes, token.start as usize).line
    }

    /// The text of a token for a message, cut to a few characters of one line.
    fn show(&self, token: Token) -> String {
        const LONGEST: usize = 24;
        let text = String::from_utf8_lossy(self.text(token));
        let line = text.lines().next().unwrap_or_default();
        match line.char_indices().nth(LONGEST) {
            Some((cut, _)) => format!("`{}…`", &line[..cut]),
            None => format!("`{line}`"),
        }
    }

    /// What stands here, in words.
    fn found(&self) -> String {
        match self.kind() {
            TokenKind::Newline => "the line ends".to_owned(),
            TokenKind::End => "the text ends".to_owned(),
            TokenKind::OpenQuote => "a string begins".to_owned(),
            TokenKind::OpenHeredoc => "a heredoc begins".to_owned(),
            _ => format!("{} stands", self.show(self.token())),
        }
    }

    /// `what` should stand here, inside the bracket `opener`.
    #[cold]
    pub(super) fn expected(&mut self, what: &str, opener: Token) -> Failed {
        let bracket = self.show(opener);
        if self.kind() == TokenKind::End {
            self.unbalanced = true;
            let error = SyntaxError::new(opener.span(), format!("this {bracket} is never closed"))
                .label("opened here")
                .help(format!("{what} should follow what stands inside"));
            return self.fail(error);
        }
        let error = self
            .here(format!("{what} should stand here, but {} here", self.found()))
            .label(format!("expected {what}"))
            .help(format!("the {bracket} on line {} is still open", self.line(opener)));
        self.fail(error)
    }

    #[cold]
    pub(super) fn too_deep(&mut self, opener: Token) -> Failed {
        self.given_up = true;
        self.report(
            SyntaxError::new(opener.span(), format!("this is nested more than {MAX_DEPTH} levels deep"))
                .label(format!("level {}", MAX_DEPTH + 1))
                .help("name a part of it in `locals` and refer to that"),
        );
        Failed
    }

    #[cold]
    pub(super) fn too_long(&mut self, at: Token) -> Failed {
        self.report(
            SyntaxError::new(
                at.span(),
                format!("more than {MAX_HEIGHT} operators or steps hang on one another"),
            )
            .label("too many")
            .help("name a part of it in `locals` and refer to that"),
        );
        Failed
    }

    #[cold]
    pub(super) fn no_item(&mut self) -> Failed {
        if self.kind() == TokenKind::CloseBrace && self.headless > 0 {
            self.headless -= 1;
            return Failed; // said where its block begins
        }
        let error =
            self.here(format!("an attribute or a block should begin here, but {} here", self.found()));
        let error = match self.kind() {
            TokenKind::CloseBrace | TokenKind::CloseBracket | TokenKind::CloseParen => {
                self.here(format!("this {} closes nothing", self.show(self.token()))).help("take it away")
            }
            TokenKind::OpenQuote => {
                error.help("names of attributes and types of blocks stand without quotes")
            }
            TokenKind::OpenBrace => {
                error.help("write the block's type and labels before its `{`, on one line")
            }
            _ => error.help("write `name = value`, or `type \"label\" { … }`"),
        };
        self.fail(error)
    }

    #[cold]
    pub(super) fn neither_attribute_nor_block(&mut self, name: Token) -> Failed {
        let text = self.show(name);
        let error = SyntaxError::new(name.span(), format!("{text} is neither an attribute nor a block"));
        let help = match self.kind() {
            TokenKind::Colon => "write `=`, not `:`, between an attribute and its value".to_owned(),
            TokenKind::Dot => {
                "names of attributes hold no dots: set one attribute, or an object's key".to_owned()
            }
            _ => {
                let bare = text.trim_matches('`');
                format!("write `{bare} = value` for an attribute, `{bare} {{ … }}` for a block")
            }
        };
        self.fail(error.help(help))
    }

    #[cold]
    pub(super) fn no_line_end(&mut self) -> Failed {
        let error = self.here(format!("the line should end here, but {} here", self.found()));
        let error = match self.kind() {
            TokenKind::Comma => error.help("attributes of a body end with their line, without a comma"),
            TokenKind::CloseBrace => error.help("put the `}` on a line of its own"),
            _ => error.help("begin a new line for the next attribute or block"),
        };
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_value(&mut self, name: Token, equal: Token) -> Failed {
        let text = self.show(name);
        let error = SyntaxError::new(equal.span(), format!("{text} has no value"))
            .label("no value on this line")
            .help("write the value after the `=`, beginning on the same line; `null` leaves it unset");
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_block_body(&mut self, name: Token) -> Failed {
        let text = self.show(name);
        let error =
            self.here(format!("the block {text} has no body: {} where its `{{` should be", self.found()));
        let error = match self.kind() {
            TokenKind::Equal => error.help("an attribute has one name and no labels; a block has no `=`"),
            TokenKind::Newline => error.help("write the `{` on the line of the block's type and labels"),
            _ => error.help("after the type come labels (a name, or a text in quotes) and `{`"),
        };
        self.fail(error)
    }

    #[cold]
    pub(super) fn not_one_attribute(&mut self, name: Token) -> Failed {
        let error = SyntaxError::new(name.span(), "a block on one line holds one attribute and nothing else")
            .help("break the line after `{` and before `}`");
        self.fail(error)
    }

    #[cold]
    pub(super) fn not_one_line(&mut self, opener: Token) -> Failed {
        let error = self
            .here(format!("a block on one line should end here, but {} here", self.found()))
            .label("expected `}`")
            .help(format!(
                "break the line after the `{{` on line {}, and put each attribute on its own line",
                self.line(opener)
            ));
        self.fail(error)
    }

    #[cold]
    pub(super) fn sequence_in_label(&mut self) -> Failed {
        let sign = if self.kind() == TokenKind::OpenDirective { '%' } else { '$' };
        let error = self
            .here("a label is plain text: it can't be computed")
            .help(format!("for the characters themselves write `{sign}{sign}{{`"));
        self.fail(error)
    }

    #[cold]
    pub(super) fn unclosed_label(&mut self, opener: Token) -> Failed {
        self.headless += u32::from(self.bytes[..self.last_end as usize].trim_ascii_end().ends_with(b"{"));
        self.unclosed_quote(opener)
    }
}
