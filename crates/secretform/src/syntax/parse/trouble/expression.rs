//! Broken expressions.

use super::super::{Failed, Parser, SyntaxError, Token, TokenKind};
use crate::source::Span;

impl Parser<'_> {
    #[cold]
    pub(in crate::syntax::parse) fn no_colon(&mut self, question: Token) -> Failed {
        let error = self
            .here(format!("`:` and the other value should stand here, but {} here", self.found()))
            .label("expected `:`")
            .help(format!("the `?` on line {} needs both: `condition ? value : other`", self.line(question)));
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn no_expression(&mut self) -> Failed {
        let error = self.here(format!("a value should stand here, but {} here", self.found()));
        let error = match self.kind() {
            TokenKind::Newline => error.help("an expression goes on in the next line only inside `( … )`"),
            TokenKind::Less => {
                error.help("a heredoc begins with `<<` and a name, and nothing after the name on that line")
            }
            TokenKind::Equal => error.help("to compare write `==`"),
            TokenKind::Comma => error.help("take one comma away, or write the value before it"),
            _ => error.label("expected a value"),
        };
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn star_after_star(&mut self) -> Failed {
        let error = self.here("a `.*` can't follow another `.*`").help("write `[*]` for the first");
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn no_name_after_dot(&mut self, dot: Token) -> Failed {
        let error =
            SyntaxError::new(dot.span(), format!("a name should follow this dot, but {}", self.found()))
                .help("write a name, an index in brackets (`[0]`), or take the dot away");
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn no_function_name(&mut self, colons: Token) -> Failed {
        let error = SyntaxError::new(colons.span(), "a function's name should follow `::`")
            .help("write `provider::name::function(…)`");
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn no_arguments(&mut self, name: Token) -> Failed {
        let error = self
            .here(format!("`(` and arguments should follow a function's name, but {} here", self.found()))
            .help(format!("only functions have `::` in their name, as {} has", self.show(name)));
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn two_legacy_indexes(&mut self, number: Token) -> Failed {
        let text = self.show(number);
        let indexes = text.trim_matches('`').replace('.', "][");
        let error = self
            .here("two indexes can't be chained by dots: this reads as one number")
            .help(format!("write `[{indexes}]`"));
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn no_value_in_object(&mut self, opener: Token, key: Token) -> Failed {
        if self.kind() == TokenKind::End {
            return self.expected("`=` and a value", opener);
        }
        let key = self.show(key);
        let error = self
            .here(format!("`=` and a value should follow the key {key}, but {} here", self.found()))
            .label("expected `=`");
        let error = match self.kind() {
            TokenKind::OpenBrace => {
                error.help("in an object an inner object needs a `=`, too: `key = { … }`")
            }
            TokenKind::Ident => error.help("a key that holds blanks or dots stands in quotes"),
            _ => error.help(format!("the object began on line {}", self.line(opener))),
        };
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn key_in_for_tuple(&mut self, first: usize) -> Failed {
        let span = self.nodes[first..].iter().map(|node| node.span()).reduce(Span::to);
        let error = SyntaxError::new(
            span.unwrap_or(self.token().span()),
            "`[for …]` makes a list, whose elements have no keys",
        )
        .help("for an object write `{for … : key => value}`");
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn no_key_in_for_object(&mut self, value: Token, first: usize) -> Failed {
        let span = self.nodes[first..].iter().map(|node| node.span()).reduce(Span::to);
        let error = SyntaxError::new(
            span.unwrap_or(value.span()),
            "`{for …}` makes an object, so that it needs a key and a value",
        )
        .help("write `{for … : key => value}`, or `[for … : value]` for a list");
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn group_in_for_tuple(&mut self) -> Failed {
        let error = self
            .here("`...` groups values by key, and a list has no keys")
            .help("take it away, or write `{for … : key => value...}`");
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn no_name_in_for(&mut self, word: Token) -> Failed {
        let error = self
            .here(format!("a name should follow `for`, but {} here", self.found()))
            .help(format!("write `for value in …` or `for key, value in …` on line {}", self.line(word)));
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn no_in_in_for(&mut self, word: Token) -> Failed {
        let error = self
            .here(format!("`in` should stand here, but {} here", self.found()))
            .label("expected `in`")
            .help(format!("write `for value in …` or `for key, value in …` on line {}", self.line(word)));
        self.fail(error)
    }
}
