//! Expressions: conditionals, operators by precedence, terms and the steps after them.

use super::{Failed, Parsed, Parser, Token, TokenKind};
use crate::syntax::node::NodeKind;

/// Binds a binary operator: the higher the number, the tighter.
fn operator(kind: TokenKind) -> Option<(u8, NodeKind)> {
    Some(match kind {
        TokenKind::Or => (1, NodeKind::Or),
        TokenKind::And => (2, NodeKind::And),
        TokenKind::EqualEqual => (3, NodeKind::Equal),
        TokenKind::NotEqual => (3, NodeKind::NotEqual),
        TokenKind::Less => (4, NodeKind::Less),
        TokenKind::LessEqual => (4, NodeKind::LessEqual),
        TokenKind::Greater => (4, NodeKind::Greater),
        TokenKind::GreaterEqual => (4, NodeKind::GreaterEqual),
        TokenKind::Plus => (5, NodeKind::Add),
        TokenKind::Minus => (5, NodeKind::Subtract),
        TokenKind::Star => (6, NodeKind::Multiply),
        TokenKind::Slash => (6, NodeKind::Divide),
        TokenKind::Percent => (6, NodeKind::Modulo),
        _ => return None,
    })
}

impl Parser<'_> {
    pub(super) fn expression(&mut self) -> Parsed {
        let (start, first) = (self.token(), self.nodes.len());
        let height = self.binary(1)?;
        if self.kind() == TokenKind::Question { self.conditional(start, first, height) } else { Ok(height) }
    }

    /// The rest of `a ? b : c ? d : e`, all of one chain here, so that `else if`s are not nested.
    fn conditional(&mut self, start: Token, first: usize, mut height: u32) -> Parsed {
        let mut chain = vec![(start, first)];
        loop {
            let question = self.token();
            self.enter(question)?;
            self.bump();
            height = height.max(self.expression()?);
            self.depth -= 1;
            if self.kind() != TokenKind::Colon {
                return Err(self.no_colon(question));
            }
            self.bump();
            let (start, first) = (self.token(), self.nodes.len());
            height = height.max(self.binary(1)?);
            if self.kind() != TokenKind::Question {
                break;
            }
            chain.push((start, first));
        }
        for (start, first) in chain.into_iter().rev() {
            self.node(NodeKind::Conditional, start.start, first);
            height = self.higher(height, start)?;
        }
        Ok(height)
    }

    /// Operands joined by operators that bind at least as tight as `least`, left to right.
    fn binary(&mut self, least: u8) -> Parsed {
        let (start, first) = (self.token().start, self.nodes.len());
        let mut height = self.operand()?;
        while let Some((binding, kind)) = operator(self.kind()) {
            if binding < least {
                break;
            }
            let token = self.bump();
            let right = self.binary(binding + 1)?;
            self.node(kind, start, first);
            height = self.higher(height.max(right), token)?;
        }
        Ok(height)
    }

    /// A term with the steps after it; a sign stands before all of them: `-a[0]` is `-(a[0])`.
    fn operand(&mut self) -> Parsed {
        let (token, first) = (self.token(), self.nodes.len());
        let kind = match token.kind {
            TokenKind::Minus => NodeKind::Negate,
            TokenKind::Bang => NodeKind::Not,
            _ => {
                let height = self.term(token, first)?;
                return match self.kind() {
                    TokenKind::Dot | TokenKind::OpenBracket => self.steps(token.start, first, height),
                    _ => Ok(height),
                };
            }
        };
        self.enter(token)?;
        self.bump();
        let height = self.operand()?;
        self.depth -= 1;
        self.node(kind, token.start, first);
        self.higher(height, token)
    }

    fn term(&mut self, token: Token, first: usize) -> Parsed {
        match token.kind {
            TokenKind::Ident => {
                self.bump();
                if matches!(self.kind(), TokenKind::OpenParen | TokenKind::DoubleColon) {
                    return self.call(token, first);
                }
                let kind = match self.text(token) {
                    b"null" => NodeKind::Null,
                    b"true" => NodeKind::True,
                    b"false" => NodeKind::False,
                    _ => NodeKind::Variable,
                };
                self.leaf(kind, token.start, token.end);
                Ok(1)
            }
            TokenKind::OpenQuote => self.quoted(token, first),
            TokenKind::Number => {
                self.check_number(token);
                self.bump();
                self.leaf(NodeKind::Number, token.start, token.end);
                Ok(1)
            }
            TokenKind::OpenBracket => self.tuple(token, first),
            TokenKind::OpenBrace => self.object(token, first),
            TokenKind::OpenParen => {
                self.enter(token)?;
                let newlines = self.bump_into(false);
                let height = self.expression()?;
                if self.kind() != TokenKind::CloseParen {
                    return Err(self.expected("`)`", token));
                }
                self.bump_out(newlines);
                self.depth -= 1;
                self.node(NodeKind::Paren, token.start, first);
                self.higher(height, token)
            }
            TokenKind::OpenHeredoc => self.heredoc(token, first),
            _ => Err(self.no_expression()),
        }
    }

    /// `.name`, `.0`, `.*`, `[key]`, `[*]` after a term.
    fn steps(&mut self, start: u32, first: usize, mut height: u32) -> Parsed {
        // In `a.*.b` the star and the names after it are one step of HCL: no second star there.
        let mut after_star = false;
        loop {
            let token = self.token();
            match token.kind {
                TokenKind::Dot => {
                    self.bump();
                    let name = self.token();
                    let kind = match name.kind {
                        TokenKind::Ident => NodeKind::Attr,
                        TokenKind::Number => {
                            self.check_legacy_index(name)?;
                            NodeKind::LegacyIndex
                        }
                        TokenKind::Star if after_star => return Err(self.star_after_star()),
                        TokenKind::Star => NodeKind::AttrSplat,
                        _ => return Err(self.no_name_after_dot(token)),
                    };
                    self.bump();
                    if kind == NodeKind::AttrSplat {
                        after_star = true;
                    } else {
                        self.leaf(NodeKind::Name, name.start, name.end);
                    }
                    self.node(kind, start, first);
                }
                TokenKind::OpenBracket => {
                    after_star = false;
                    height = height.max(self.index(token, start, first)?);
                }
                _ => return Ok(height),
            }
            height = self.higher(height, token)?;
        }
    }

    fn index(&mut self, opener: Token, start: u32, first: usize) -> Parsed {
        self.enter(opener)?;
        // HCL looks for the star before it stops counting newlines.
        let newlines = self.newlines;
        self.bump();
        let (kind, height) = if self.kind() == TokenKind::Star {
            self.bump();
            (NodeKind::FullSplat, 0)
        } else {
            self.newlines = false;
            self.skip();
            (NodeKind::Index, self.expression()?)
        };
        if self.kind() != TokenKind::CloseBracket {
            return Err(self.expected("`]`", opener));
        }
        self.bump_out(newlines);
        self.depth -= 1;
        self.node(kind, start, first);
        Ok(height)
    }

    /// The rest of a call, after the first word of its name.
    fn call(&mut self, name: Token, first: usize) -> Parsed {
        let mut name_end = name.end;
        while self.kind() == TokenKind::DoubleColon {
            let colons = self.bump();
            if self.kind() != TokenKind::Ident {
                return Err(self.no_function_name(colons));
            }
            name_end = self.bump().end;
        }
        self.leaf(NodeKind::Name, name.start, name_end);
        let opener = self.token();
        if opener.kind != TokenKind::OpenParen {
            return Err(self.no_arguments(name));
        }
        self.enter(opener)?;
        let newlines = self.bump_into(false);
        let (mut height, mut kind) = (0, NodeKind::Call);
        while self.kind() != TokenKind::CloseParen {
            height = height.max(self.expression()?);
            match self.kind() {
                TokenKind::CloseParen => {}
                TokenKind::Comma => {
                    self.bump();
                }
                TokenKind::Ellipsis => {
                    self.bump();
                    kind = NodeKind::CallExpand;
                    if self.kind() != TokenKind::CloseParen {
                        return Err(self.expected("`)`, since `...` ends the arguments,", opener));
                    }
                }
                _ => return Err(self.expected("`,` or `)`", opener)),
            }
        }
        self.bump_out(newlines);
        self.depth -= 1;
        self.node(kind, name.start, first);
        self.higher(height, name)
    }

    fn check_legacy_index(&mut self, number: Token) -> Result<(), Failed> {
        if self.text(number).contains(&b'.') {
            return Err(self.two_legacy_indexes(number));
        }
        self.check_number(number);
        Ok(())
    }
}
