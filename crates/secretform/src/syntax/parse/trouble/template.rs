//! Broken strings, heredocs and what stands in them.

use std::fmt::Write as _;

use super::super::template::Open;
use super::super::{Failed, Parser, SyntaxError, Token, TokenKind};
use crate::source::Span;

impl Parser<'_> {
    #[cold]
    pub(in crate::syntax::parse) fn unclosed_quote(&mut self, opener: Token) -> Failed {
        let error = SyntaxError::new(opener.span(), "this string is not closed on its line")
            .label("opened here")
            .help("write `\"` where it ends; for text of several lines write `\\n`, or a heredoc (`<<EOT`)");
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn unclosed_heredoc(&mut self, opener: Token) -> Failed {
        self.unbalanced = true;
        let shown = String::from_utf8_lossy(self.text(opener)).trim_end().to_owned();
        let marker = shown.trim_start_matches(['<', '-']).to_owned();
        let span = Span { start: opener.start, end: opener.start + shown.len() as u32 };
        // A line that was likely meant to end it.
        let meant = self.tokens[..self.at].iter().rev().find(|token| {
            token.kind == TokenKind::HeredocText
                && token.start >= opener.end
                && self.text(**token).trim_ascii_start().starts_with(marker.as_bytes())
        });
        let mut help =
            format!("it ends with a line that holds `{marker}` and nothing else, and a line end after that");
        if let Some(&meant) = meant {
            let _ = write!(help, "; line {} holds more, or no line end", self.line(meant));
        }
        let error = SyntaxError::new(span, format!("the heredoc {marker} is never closed"))
            .label("opened here")
            .help(help);
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn empty_interpolation(&mut self, opener: Token) -> Failed {
        let error = SyntaxError::new(opener.span(), "this `${` holds no expression")
            .help("write one, or `$${` for the characters themselves");
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn unclosed_sequence(&mut self, opener: Token) -> Failed {
        let shown = self.show(opener);
        if matches!(self.kind(), TokenKind::End) {
            self.unbalanced = true;
            let error = SyntaxError::new(opener.span(), format!("this {shown} is never closed"))
                .label("opened here")
                .help("write `}` where it ends");
            return self.fail(error);
        }
        let sign = if opener.kind == TokenKind::OpenDirective { '%' } else { '$' };
        let error = self
            .here(format!("`}}` should end the {shown} here, but {} here", self.found()))
            .label("expected `}`")
            .help(format!(
                "the {shown} stands on line {}; if it is meant for another language, write `{sign}{sign}{{`",
                self.line(opener)
            ));
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn no_directive(&mut self, opener: Token) -> Failed {
        let error = self
            .here(format!("a directive should stand here, but {} here", self.found()))
            .label("no directive")
            .help("`%{` begins `if`, `else`, `endif`, `for` or `endfor`; for the characters write `%%{`");
        let _ = opener;
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn directive_out_of_place(
        &mut self,
        opener: Token,
        open: &[(Open, Token)],
    ) -> Failed {
        let word = self.show(self.token());
        let help = match open.last() {
            None => "no `%{ if }` or `%{ for }` is open here".to_owned(),
            Some(&(directive, around)) => format!(
                "the {} on line {} is still open: {} ends it",
                self.show_directive(directive),
                self.line(around),
                end_of(directive)
            ),
        };
        let error =
            SyntaxError::new(opener.span().to(self.token().span()), format!("this {word} has no beginning"))
                .help(help);
        self.fail(error)
    }

    #[cold]
    pub(in crate::syntax::parse) fn unclosed_directive(&mut self, directive: Open, opener: Token) -> Failed {
        let error = SyntaxError::new(
            opener.span(),
            format!("this {} is not ended in its string", self.show_directive(directive)),
        )
        .label("begins here")
        .help(format!("write {} where it ends", end_of(directive)));
        self.report(error);
        Failed
    }

    fn show_directive(&self, directive: Open) -> &'static str {
        match directive {
            Open::If => "`%{ if }`",
            Open::Else => "`%{ else }`",
            Open::For => "`%{ for }`",
        }
    }
}

fn end_of(directive: Open) -> &'static str {
    match directive {
        Open::If | Open::Else => "`%{ endif }`",
        Open::For => "`%{ endfor }`",
    }
}
