//! What is said about broken text: what is wrong, where, what to write instead.

use super::template::Open;
use super::{Failed, MAX_DEPTH, MAX_HEIGHT, Parser, SyntaxError, Token, TokenKind};
use crate::source::{Position, Span};

impl Parser<'_> {
    /// Reports `error`; or what is wrong with the token at hand if it is none of the language.
    #[cold]
    fn fail(&mut self, error: SyntaxError) -> Failed {
        if self.kind() == TokenKind::Invalid {
            self.invalid(self.token());
        } else {
            self.errors.push(error);
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
        self.errors.push(
            SyntaxError::new(opener.span(), format!("this is nested more than {MAX_DEPTH} levels deep"))
                .label(format!("level {}", MAX_DEPTH + 1))
                .help("name a part of it in `locals` and refer to that"),
        );
        Failed
    }

    #[cold]
    pub(super) fn too_long(&mut self, at: Token) -> Failed {
        self.errors.push(
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
    pub(super) fn unclosed_quote(&mut self, opener: Token) -> Failed {
        let error = SyntaxError::new(opener.span(), "this string is not closed on its line")
            .label("opened here")
            .help("write `\"` where it ends; for text of several lines write `\\n`, or a heredoc (`<<EOT`)");
        self.fail(error)
    }

    #[cold]
    pub(super) fn unclosed_heredoc(&mut self, opener: Token) -> Failed {
        self.unbalanced = true;
        let shown = String::from_utf8_lossy(self.text(opener)).trim_end().to_owned();
        let marker = shown.trim_start_matches(['<', '-']).to_owned();
        let span = Span { start: opener.start, end: opener.start + shown.len() as u32 };
        let error = SyntaxError::new(span, format!("the heredoc {marker} is never closed"))
            .label("opened here")
            .help(format!(
                "it ends with a line that holds `{marker}` and nothing else, and a line end after that"
            ));
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_colon(&mut self, question: Token) -> Failed {
        let error = self
            .here(format!("`:` and the other value should stand here, but {} here", self.found()))
            .label("expected `:`")
            .help(format!("the `?` on line {} needs both: `condition ? value : other`", self.line(question)));
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_expression(&mut self) -> Failed {
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
    pub(super) fn star_after_star(&mut self) -> Failed {
        let error = self.here("a `.*` can't follow another `.*`").help("write `[*]` for the first");
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_name_after_dot(&mut self, dot: Token) -> Failed {
        let error =
            SyntaxError::new(dot.span(), format!("a name should follow this dot, but {}", self.found()))
                .help("write a name, an index in brackets (`[0]`), or take the dot away");
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_function_name(&mut self, colons: Token) -> Failed {
        let error = SyntaxError::new(colons.span(), "a function's name should follow `::`")
            .help("write `provider::name::function(…)`");
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_arguments(&mut self, name: Token) -> Failed {
        let error = self
            .here(format!("`(` and arguments should follow a function's name, but {} here", self.found()))
            .help(format!("only functions have `::` in their name, as {} has", self.show(name)));
        self.fail(error)
    }

    #[cold]
    pub(super) fn two_legacy_indexes(&mut self, number: Token) -> Failed {
        let text = self.show(number);
        let indexes = text.trim_matches('`').replace('.', "][");
        let error = self
            .here("two indexes can't be chained by dots: this reads as one number")
            .help(format!("write `[{indexes}]`"));
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_value_in_object(&mut self, opener: Token, key: Token) -> Failed {
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
    pub(super) fn key_in_for_tuple(&mut self, first: usize) -> Failed {
        let span = self.nodes[first..].iter().map(|node| node.span()).reduce(Span::to);
        let error = SyntaxError::new(
            span.unwrap_or(self.token().span()),
            "`[for …]` makes a list, whose elements have no keys",
        )
        .help("for an object write `{for … : key => value}`");
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_key_in_for_object(&mut self, value: Token, first: usize) -> Failed {
        let span = self.nodes[first..].iter().map(|node| node.span()).reduce(Span::to);
        let error = SyntaxError::new(
            span.unwrap_or(value.span()),
            "`{for …}` makes an object, so that it needs a key and a value",
        )
        .help("write `{for … : key => value}`, or `[for … : value]` for a list");
        self.fail(error)
    }

    #[cold]
    pub(super) fn group_in_for_tuple(&mut self) -> Failed {
        let error = self
            .here("`...` groups values by key, and a list has no keys")
            .help("take it away, or write `{for … : key => value...}`");
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_name_in_for(&mut self, word: Token) -> Failed {
        let error = self
            .here(format!("a name should follow `for`, but {} here", self.found()))
            .help(format!("write `for value in …` or `for key, value in …` on line {}", self.line(word)));
        self.fail(error)
    }

    #[cold]
    pub(super) fn no_in_in_for(&mut self, word: Token) -> Failed {
        let error = self
            .here(format!("`in` should stand here, but {} here", self.found()))
            .label("expected `in`")
            .help(format!("write `for value in …` or `for key, value in …` on line {}", self.line(word)));
        self.fail(error)
    }

    #[cold]
    pub(super) fn empty_interpolation(&mut self, opener: Token) -> Failed {
        let error = SyntaxError::new(opener.span(), "this `${` holds no expression")
            .help("write one, or `$${` for the characters themselves");
        self.fail(error)
    }

    #[cold]
    pub(super) fn unclosed_sequence(&mut self, opener: Token) -> Failed {
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
    pub(super) fn no_directive(&mut self, opener: Token) -> Failed {
        let error = self
            .here(format!("a directive should stand here, but {} here", self.found()))
            .label("no directive")
            .help("`%{` begins `if`, `else`, `endif`, `for` or `endfor`; for the characters write `%%{`");
        let _ = opener;
        self.fail(error)
    }

    #[cold]
    pub(super) fn directive_out_of_place(&mut self, opener: Token, open: &[(Open, Token)]) -> Failed {
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
    pub(super) fn unclosed_directive(&mut self, directive: Open, opener: Token) -> Failed {
        let error = SyntaxError::new(
            opener.span(),
            format!("this {} is not ended in its string", self.show_directive(directive)),
        )
        .label("begins here")
        .help(format!("write {} where it ends", end_of(directive)));
        self.errors.push(error);
        Failed
    }

    fn show_directive(&self, directive: Open) -> &'static str {
        match directive {
            Open::If => "`%{ if }`",
            Open::Else => "`%{ else }`",
            Open::For => "`%{ for }`",
        }
    }

    /// Reports a number that HCL takes for one and then can't read.
    pub(super) fn check_number(&mut self, number: Token) {
        let text = self.text(number);
        if text.iter().all(u8::is_ascii_digit) {
            return;
        }
        if !is_number(text) {
            let shown = self.show(number);
            self.errors.push(
                SyntaxError::new(number.span(), format!("{shown} is no number")).help(
                    "a number has one dot at most, and its exponent is a whole number of sensible size",
                ),
            );
        }
    }

    /// Reports a token that is none of the language.
    #[cold]
    pub(super) fn invalid(&mut self, token: Token) {
        let text = self.text(token);
        let error = |message: &str| SyntaxError::new(token.span(), message);
        let error = match text {
            [b'\\', ..] => {
                error(&format!("{} is no escape", self.show(token)))
                    .help("escapes are `\\n`, `\\r`, `\\t`, `\\\"`, `\\\\`, `\\u` with 4 and `\\U` with 8 hexadecimal digits of a character; for a backslash write `\\\\`")
            }
            [b'/', b'*', ..] => SyntaxError::new(
                Span { start: token.start, end: token.start + 2 },
                "this comment is never closed",
            )
            .label("opened here")
            .help("write `*/` where it ends"),
            b"\r" => error("a carriage return stands here without a line feed")
                .help("end lines with LF or CRLF, all in one way"),
            b"\0" => error("a NUL byte stands here").help("take it away; is this a text file?"),
            b"'" => error("a text does not stand in single quotes").help("write `\"`"),
            b"`" => error("a text does not stand in backquotes")
                .help("write `\"`; for text of several lines write a heredoc (`<<EOT`)"),
            b";" => error("`;` ends nothing here").help("end attributes and blocks with their line"),
            b"&" => error("`&` is no operator").help("write `&&`"),
            b"|" => error("`|` is no operator").help("write `||`"),
            b"~" | b"^" => error(&format!("{} is no operator", self.show(token))).help("take it away"),
            _ => match str::from_utf8(text) {
                Ok(text) => {
                    let code = text.chars().next().map_or(0, u32::from);
                    let shown = if text.chars().any(char::is_control) { String::new() } else { format!("`{text}`, ") };
                    error(&format!("the character {shown}U+{code:04X}, means nothing here"))
                        .help("take it away, or put it into a string")
                }
                Err(_) => error("these bytes are not UTF-8").help("save the file as UTF-8"),
            },
        };
        self.errors.push(error);
    }
}

fn end_of(directive: Open) -> &'static str {
    match directive {
        Open::If | Open::Else => "`%{ endif }`",
        Open::For => "`%{ endfor }`",
    }
}

/// Whether Go's big.ParseFloat, by which HCL reads numbers, takes this one: digits, perhaps
/// a dot and digits, perhaps an exponent; and the binary exponent must fit 32 bits.
fn is_number(text: &[u8]) -> bool {
    let (mantissa, exponent) = match text.iter().position(|byte| matches!(byte, b'e' | b'E')) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    };
    if mantissa.iter().filter(|&&byte| byte == b'.').count() > 1 {
        return false;
    }
    let Some(exponent) = exponent else { return true };
    let Some(exponent) = str::from_utf8(exponent).ok().and_then(|text| text.parse::<i64>().ok()) else {
        return false;
    };
    let digits: Vec<u8> = mantissa.iter().copied().filter(u8::is_ascii_digit).collect();
    let Some(leading) = digits.iter().position(|&byte| byte != b'0') else {
        return true; // zero is zero
    };
    let fraction = mantissa.iter().position(|&byte| byte == b'.').map_or(0, |dot| mantissa.len() - dot - 1);
    let bits = (digits.len() - leading) as f64 * std::f64::consts::LOG2_10;
    let binary = exponent as f64 - fraction as f64 + bits;
    (f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&binary)
}
