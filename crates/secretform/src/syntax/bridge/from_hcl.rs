//! The types of hcl-rs to our text.

use hcl::Expression;
use hcl::expr::{
    BinaryOperator, ForExpr, Heredoc, HeredocStripMode, ObjectKey, Operation, TemplateExpr,
    TraversalOperator, UnaryOperator,
};
use hcl::structure::{BlockLabel, Structure};

use super::BridgeError;
use crate::syntax::canonical::quoted_template;
use crate::syntax::escape::{escape_into, is_name, quote};
use crate::syntax::{BinaryOp, ExprKind, File, format};

/// The text of `body`, laid out as `terraform fmt` does.
///
/// # Errors
/// If a name is none to Terraform, or a template in it is broken.
pub fn body_text(body: &hcl::Body) -> Result<String, BridgeError> {
    let mut out = String::new();
    self::body(&mut out, body)?;
    formatted(&out)
}

/// The text of `expression`, laid out as `terraform fmt` does, over several lines if it has objects.
///
/// # Errors
/// If a name is none to Terraform, or a template in it is broken.
pub fn expression_text(expression: &Expression) -> Result<String, BridgeError> {
    let mut out = String::from("a = ");
    self::expression(&mut out, expression, Place::Anywhere)?;
    out.push('\n');
    let out = formatted(&out)?;
    Ok(out.strip_prefix("a = ").unwrap_or(&out).trim_end_matches('\n').to_owned())
}

fn formatted(text: &str) -> Result<String, BridgeError> {
    let bytes = format(text.as_bytes()).map_err(|errors| {
        errors.first().map_or_else(|| BridgeError::new("no HCL"), |error| BridgeError::new(&*error.message))
    })?;
    String::from_utf8(bytes).map_err(|_| BridgeError::new("no UTF-8"))
}

fn body(out: &mut String, body: &hcl::Body) -> Result<(), BridgeError> {
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => {
                name(out, attribute.key())?;
                out.push_str(" = ");
                match attribute.expr() {
                    Expression::TemplateExpr(template) => match template.as_ref() {
                        TemplateExpr::Heredoc(heredoc) => self::heredoc(out, heredoc)?,
                        TemplateExpr::QuotedString(text) => self::template(out, text)?,
                    },
                    expression => self::expression(out, expression, Place::Anywhere)?,
                }
                out.push('\n');
            }
            Structure::Block(block) => {
                name(out, block.identifier())?;
                for label in block.labels() {
                    out.push(' ');
                    match label {
                        BlockLabel::Identifier(label) if is_name(label) => out.push_str(label),
                        BlockLabel::Identifier(label) => out.push_str(&quote(label)),
                        BlockLabel::String(label) => out.push_str(&quote(label)),
                    }
                }
                out.push_str(" {\n");
                self::body(out, block.body())?;
                out.push_str("}\n");
            }
        }
    }
    Ok(())
}

fn name(out: &mut String, name: &str) -> Result<(), BridgeError> {
    if !is_name(name) {
        return Err(BridgeError::new(format!("{} is no name to Terraform", quote(name))));
    }
    out.push_str(name);
    Ok(())
}

/// Where an expression stands, which says when it needs parentheses that hcl-rs has no node for.
#[derive(Clone, Copy)]
enum Place {
    Anywhere,
    Operand(u8),
    Object,
}

fn expression(out: &mut String, expr: &Expression, place: Place) -> Result<(), BridgeError> {
    let binding = match expr {
        Expression::Conditional(_) => 0,
        Expression::Operation(operation) => match operation.as_ref() {
            Operation::Binary(binary) => op(binary.operator).precedence(),
            Operation::Unary(_) => 7,
        },
        Expression::Number(_) => 7,
        _ => 8,
    };
    let parentheses = match place {
        Place::Anywhere => false,
        Place::Operand(least) => binding < least,
        Place::Object => binding < 8,
    };
    out.push_str(if parentheses { "(" } else { "" });
    write(out, expr)?;
    out.push_str(if parentheses { ")" } else { "" });
    Ok(())
}

fn write(out: &mut String, expr: &Expression) -> Result<(), BridgeError> {
    match expr {
        Expression::Null => out.push_str("null"),
        Expression::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Expression::Number(number) => out.push_str(&number.to_string()),
        Expression::String(text) => out.push_str(&quote(text)),
        Expression::Array(elements) => {
            out.push('[');
            list(out, elements)?;
            out.push(']');
        }
        Expression::Object(object) => {
            out.push_str(if object.is_empty() { "{" } else { "{\n" });
            for (key, value) in object {
                self::key(out, key)?;
                out.push_str(" = ");
                expression(out, value, Place::Anywhere)?;
                out.push('\n');
            }
            out.push('}');
        }
        Expression::TemplateExpr(template) => match template.as_ref() {
            TemplateExpr::QuotedString(text) => self::template(out, text)?,
            // A heredoc is at home only where a line may end.
            TemplateExpr::Heredoc(heredoc) => self::template(out, &heredoc_meaning(heredoc)?)?,
        },
        Expression::Variable(variable) => name(out, variable)?,
        Expression::Traversal(traversal) => {
            expression(out, &traversal.expr, Place::Object)?;
            for operator in &traversal.operators {
                step(out, operator)?;
            }
        }
        Expression::FuncCall(call) => {
            for part in &call.name.namespace {
                name(out, part)?;
                out.push_str("::");
            }
            name(out, &call.name.name)?;
            out.push('(');
            list(out, &call.args)?;
            out.push_str(if call.expand_final { "...)" } else { ")" });
        }
        Expression::Parenthesis(inner) => {
            out.push('(');
            expression(out, inner, Place::Anywhere)?;
            out.push(')');
        }
        Expression::Conditional(conditional) => {
            expression(out, &conditional.cond_expr, Place::Operand(1))?;
            out.push_str(" ? ");
            expression(out, &conditional.true_expr, Place::Anywhere)?;
            out.push_str(" : ");
            expression(out, &conditional.false_expr, Place::Anywhere)?;
        }
        Expression::Operation(operation) => match operation.as_ref() {
            Operation::Unary(unary) => {
                out.push_str(if unary.operator == UnaryOperator::Neg { "-" } else { "!" });
                expression(out, &unary.expr, Place::Operand(7))?;
            }
            Operation::Binary(binary) => {
                let op = op(binary.operator);
                expression(out, &binary.lhs_expr, Place::Operand(op.precedence()))?;
                out.push(' ');
                out.push_str(op.symbol());
                out.push(' ');
                expression(out, &binary.rhs_expr, Place::Operand(op.precedence() + 1))?;
            }
        },
        Expression::ForExpr(for_expr) => self::for_expr(out, for_expr)?,
        _ => return Err(BridgeError::new("hcl-rs has a kind of expression that secretform doesn't know")),
    }
    Ok(())
}

fn list(out: &mut String, elements: &[Expression]) -> Result<(), BridgeError> {
    for (at, element) in elements.iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { "" });
        expression(out, element, Place::Anywhere)?;
    }
    Ok(())
}

/// A name as a key is itself to hcl-rs; an expression is meant as one, so it stands in parentheses.
fn key(out: &mut String, key: &ObjectKey) -> Result<(), BridgeError> {
    match key {
        ObjectKey::Identifier(word) if is_name(word) && word.as_str() != "for" => out.push_str(word),
        ObjectKey::Identifier(word) => out.push_str(&quote(word)),
        ObjectKey::Expression(
            expr @ (Expression::String(_) | Expression::TemplateExpr(_) | Expression::Parenthesis(_)),
        ) => {
            expression(out, expr, Place::Anywhere)?;
        }
        ObjectKey::Expression(expr) => {
            out.push('(');
            expression(out, expr, Place::Anywhere)?;
            out.push(')');
        }
        _ => return Err(BridgeError::new("hcl-rs has a kind of key that secretform doesn't know")),
    }
    Ok(())
}

fn step(out: &mut String, operator: &TraversalOperator) -> Result<(), BridgeError> {
    match operator {
        TraversalOperator::AttrSplat => out.push_str(".*"),
        TraversalOperator::FullSplat => out.push_str("[*]"),
        TraversalOperator::GetAttr(attr) => {
            out.push('.');
            name(out, attr)?;
        }
        TraversalOperator::Index(key) => {
            out.push('[');
            expression(out, key, Place::Anywhere)?;
            out.push(']');
        }
        TraversalOperator::LegacyIndex(index) => {
            // `.0.1` would be one number.
            out.push_str(if out.ends_with(|char: char| char.is_ascii_digit()) { "[" } else { "." });
            let bracket = out.ends_with('[');
            out.push_str(&index.to_string());
            out.push_str(if bracket { "]" } else { "" });
        }
    }
    Ok(())
}

fn for_expr(out: &mut String, expr: &ForExpr) -> Result<(), BridgeError> {
    let object = expr.key_expr.is_some();
    out.push_str(if object { "{for " } else { "[for " });
    if let Some(key) = &expr.key_var {
        name(out, key)?;
        out.push_str(", ");
    }
    name(out, &expr.value_var)?;
    out.push_str(" in ");
    expression(out, &expr.collection_expr, Place::Anywhere)?;
    out.push_str(" : ");
    if let Some(key) = &expr.key_expr {
        expression(out, key, Place::Anywhere)?;
        out.push_str(" => ");
    }
    expression(out, &expr.value_expr, Place::Anywhere)?;
    out.push_str(if object && expr.grouping { "..." } else { "" });
    if let Some(condition) = &expr.cond_expr {
        out.push_str(" if ");
        expression(out, condition, Place::Anywhere)?;
    }
    out.push(if object { '}' } else { ']' });
    Ok(())
}

/// A template of hcl-rs, which is text without escapes, as a quoted string.
fn template(out: &mut String, text: &str) -> Result<(), BridgeError> {
    if !text.contains("${") && !text.contains("%{") {
        out.push('"');
        escape_into(out, text);
        out.push('"');
        return Ok(());
    }
    with_heredoc(text, HeredocStripMode::None, |quoted| out.push_str(&quoted.0))
}

/// What a heredoc of hcl-rs means, as text without escapes.
fn heredoc_meaning(heredoc: &Heredoc) -> Result<String, BridgeError> {
    let mut text = heredoc.template.clone();
    if !text.ends_with('\n') {
        text.push('\n');
    }
    let mut meaning = String::new();
    with_heredoc(&text, heredoc.strip, |quoted| meaning = quoted.1)?;
    Ok(meaning)
}

/// Reads `text` by way of a heredoc, where it needs no escapes; gives it as a quoted string, and as
/// text without escapes again.
fn with_heredoc(
    text: &str,
    strip: HeredocStripMode,
    take: impl FnOnce((String, String)),
) -> Result<(), BridgeError> {
    let mut marker = String::from("EOT");
    while text.contains(&marker) {
        marker.push('T');
    }
    let ended = text.ends_with('\n');
    let source = format!("a = {}{marker}\n{text}{}{marker}\n", strip.as_str(), if ended { "" } else { "\n" });
    let file = File::parse(source.as_bytes());
    if let Some(error) = file.errors().first() {
        return Err(BridgeError::new(format!("the template {} is broken: {error}", quote(text))));
    }
    let value = file.body().attribute("a").map(|attribute| attribute.value().kind());
    let Some(ExprKind::Template(template)) = value else {
        return Err(BridgeError::new(format!("the template {} is broken", quote(text))));
    };
    let mut parts = template.parts();
    if !ended {
        crate::syntax::canonical::drop_last_newline(&mut parts);
    }
    take((quoted_template(&parts), crate::syntax::canonical::bare_template(&parts)));
    Ok(())
}

/// A heredoc as it is, if it can be; else what it means.
fn heredoc(out: &mut String, heredoc: &Heredoc) -> Result<(), BridgeError> {
    let (text, marker) = (&heredoc.template, heredoc.delimiter.as_str());
    let closed_early = text.lines().any(|line| line.trim() == marker);
    if !is_name(marker) || closed_early || text.contains('\r') {
        return template(out, &heredoc_meaning(heredoc)?);
    }
    out.push_str(heredoc.strip.as_str());
    out.push_str(marker);
    out.push('\n');
    out.push_str(text);
    out.push_str(if text.is_empty() || text.ends_with('\n') { "" } else { "\n" });
    out.push_str(marker);
    Ok(())
}

fn op(operator: BinaryOperator) -> BinaryOp {
    match operator {
        BinaryOperator::Or => BinaryOp::Or,
        BinaryOperator::And => BinaryOp::And,
        BinaryOperator::Eq => BinaryOp::Equal,
        BinaryOperator::NotEq => BinaryOp::NotEqual,
        BinaryOperator::Less => BinaryOp::Less,
        BinaryOperator::LessEq => BinaryOp::LessEqual,
        BinaryOperator::Greater => BinaryOp::Greater,
        BinaryOperator::GreaterEq => BinaryOp::GreaterEqual,
        BinaryOperator::Plus => BinaryOp::Add,
        BinaryOperator::Minus => BinaryOp::Subtract,
        BinaryOperator::Mul => BinaryOp::Multiply,
        BinaryOperator::Div => BinaryOp::Divide,
        BinaryOperator::Mod => BinaryOp::Modulo,
    }
}
