//! One spelling for each meaning, as far as that can be told from the text alone.

use super::escape::{escape_into, is_name, normalize};
use super::tree::{BinaryOp, Directive, Expr, ExprKind, ObjectItem, TemplatePart};

/// See [`Expr::canonical`].
pub(super) fn write(expr: Expr<'_>) -> String {
    let mut out = String::with_capacity(expr.span().len());
    expression(&mut out, expr, Place::Anywhere);
    out
}

/// Where an expression stands, which says when it needs parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Between brackets, commas or alone.
    Anywhere,
    /// Beside an operator: what binds less tight needs them.
    Operand(u8),
    /// After a sign.
    Signed,
    /// Before a `.` or `[`.
    Object,
}

/// How tight the outermost part of an expression binds.
const CONDITIONAL: u8 = 0;
const SIGN: u8 = 7;
const TERM: u8 = 8;

/// The expression without parentheses around it and without a `"${ … }"` that is nothing but it.
fn bare(mut expr: Expr<'_>) -> Expr<'_> {
    loop {
        match expr.kind() {
            ExprKind::Paren(inner) => expr = inner,
            ExprKind::Template(template) if template.has_sequences() && !template.is_heredoc() => {
                match template.parts().as_slice() {
                    [TemplatePart::Interpolation { expr: inner, .. }] => expr = *inner,
                    _ => return expr,
                }
            }
            _ => return expr,
        }
    }
}

fn expression(out: &mut String, expr: Expr<'_>, place: Place) {
    let wrapped = expr;
    let expr = bare(expr);
    let kind = expr.kind();
    let binding = match &kind {
        ExprKind::Conditional { .. } => CONDITIONAL,
        ExprKind::Binary { op, .. } => op.precedence(),
        ExprKind::Unary { .. } => SIGN,
        _ => TERM,
    };
    let parentheses = match place {
        Place::Anywhere => false,
        Place::Operand(least) => binding < least,
        Place::Signed => binding < SIGN,
        // `1.x` would be another number, and what follows a splat is taken from each element.
        Place::Object => {
            binding < TERM
                || matches!(kind, ExprKind::Number(_))
                || wrapped.span() != expr.span() && has_splat(expr)
        }
    };
    if parentheses {
        out.push('(');
    }
    write_kind(out, &kind);
    if parentheses {
        out.push(')');
    }
}

fn write_kind(out: &mut String, kind: &ExprKind<'_>) {
    match kind {
        ExprKind::Null => out.push_str("null"),
        ExprKind::Bool(true) => out.push_str("true"),
        ExprKind::Bool(false) => out.push_str("false"),
        ExprKind::Number(digits) => out.push_str(digits),
        ExprKind::Variable(name) => out.push_str(name),
        ExprKind::Template(template) => write_template(out, &template.parts()),
        ExprKind::Attr { object, name, .. } => {
            expression(out, *object, Place::Object);
            out.push('.');
            out.push_str(name);
        }
        ExprKind::Index { object, key } => {
            expression(out, *object, Place::Object);
            out.push('[');
            expression(out, *key, Place::Anywhere);
            out.push(']');
        }
        ExprKind::LegacyIndex { object, index } => {
            expression(out, *object, Place::Object);
            // After `.*` it is taken from each element, as no `[…]` there would be.
            let each = follows_attr_splat(*object);
            out.push_str(if each { "." } else { "[" });
            out.push_str(index);
            out.push_str(if each { "" } else { "]" });
        }
        ExprKind::AttrSplat { object } => {
            expression(out, *object, Place::Object);
            out.push_str(".*");
        }
        ExprKind::FullSplat { object } => {
            expression(out, *object, Place::Object);
            out.push_str("[*]");
        }
        ExprKind::Call { name, args, expand, .. } => {
            out.extend(name.split("::").flat_map(|part| ["::", part.trim()]).skip(1));
            out.push('(');
            list(out, args);
            out.push_str(if *expand { "...)" } else { ")" });
        }
        ExprKind::Tuple(elements) => {
            out.push('[');
            list(out, elements);
            out.push(']');
        }
        ExprKind::Object(items) => write_object(out, items),
        ExprKind::Paren(inner) => expression(out, *inner, Place::Anywhere),
        ExprKind::Unary { op, operand } => {
            out.push_str(op.symbol());
            expression(out, *operand, Place::Signed);
        }
        ExprKind::Binary { op, left, right } => write_binary(out, *op, *left, *right),
        ExprKind::Conditional { condition, then, otherwise } => {
            expression(out, *condition, Place::Operand(CONDITIONAL + 1));
            out.push_str(" ? ");
            expression(out, *then, Place::Anywhere);
            out.push_str(" : ");
            expression(out, *otherwise, Place::Anywhere);
        }
        ExprKind::ForTuple { .. } | ExprKind::ForObject { .. } => write_for(out, kind),
    }
}

/// Whether steps after `expr` would go on a splat of it.
fn has_splat(mut expr: Expr<'_>) -> bool {
    loop {
        match expr.kind() {
            ExprKind::AttrSplat { .. } | ExprKind::FullSplat { .. } => return true,
            ExprKind::Attr { object, .. }
            | ExprKind::Index { object, .. }
            | ExprKind::LegacyIndex { object, .. } => expr = object,
            _ => return false,
        }
    }
}

/// Whether `expr` ends with names and numbers after a `.*`.
fn follows_attr_splat(mut expr: Expr<'_>) -> bool {
    loop {
        match expr.kind() {
            ExprKind::AttrSplat { .. } => return true,
            ExprKind::Attr { object, .. } | ExprKind::LegacyIndex { object, .. } => expr = object,
            _ => return false,
        }
    }
}

fn write_binary(out: &mut String, op: BinaryOp, left: Expr<'_>, right: Expr<'_>) {
    expression(out, left, Place::Operand(op.precedence()));
    out.push(' ');
    out.push_str(op.symbol());
    out.push(' ');
    expression(out, right, Place::Operand(op.precedence() + 1));
}

fn write_for(out: &mut String, kind: &ExprKind<'_>) {
    let mut head = |bracket: &str, key: &Option<&str>, value: &str, collection: Expr<'_>| {
        out.push_str(bracket);
        out.push_str("for ");
        names(out, *key, value);
        out.push_str(" in ");
        expression(out, collection, Place::Anywhere);
        out.push_str(" : ");
    };
    let condition = match kind {
        ExprKind::ForTuple { key_name, value_name, collection, element, condition } => {
            head("[", key_name, value_name, *collection);
            expression(out, *element, Place::Anywhere);
            condition
        }
        ExprKind::ForObject { key_name, value_name, collection, key, value, group, condition } => {
            head("{", key_name, value_name, *collection);
            expression(out, *key, Place::Anywhere);
            out.push_str(" => ");
            expression(out, *value, Place::Anywhere);
            out.push_str(if *group { "..." } else { "" });
            condition
        }
        _ => return,
    };
    if let Some(condition) = condition {
        out.push_str(" if ");
        expression(out, *condition, Place::Anywhere);
    }
    out.push(if matches!(kind, ExprKind::ForTuple { .. }) { ']' } else { '}' });
}

fn names(out: &mut String, key: Option<&str>, value: &str) {
    if let Some(key) = key {
        out.push_str(key);
        out.push_str(", ");
    }
    out.push_str(value);
}

fn list(out: &mut String, elements: &[Expr<'_>]) {
    for (at, element) in elements.iter().enumerate() {
        if at > 0 {
            out.push_str(", ");
        }
        expression(out, *element, Place::Anywhere);
    }
}

fn write_object(out: &mut String, items: &[ObjectItem<'_>]) {
    out.push('{');
    for (at, item) in items.iter().enumerate() {
        out.push_str(if at > 0 { ", " } else { " " });
        match item.name() {
            // `{ for = 1 }` would begin a `for` expression.
            Some(name) if is_name(&name) && name != "for" => out.push_str(&normalize(name.into())),
            Some(name) => {
                out.push('"');
                escape_into(out, &name);
                out.push('"');
            }
            None => {
                // Without them a name would mean itself.
                out.push('(');
                expression(out, item.key, Place::Anywhere);
                out.push(')');
            }
        }
        out.push_str(" = ");
        expression(out, item.value, Place::Anywhere);
    }
    out.push_str(if items.is_empty() { "}" } else { " }" });
}

fn write_template(out: &mut String, parts: &[TemplatePart<'_>]) {
    out.push('"');
    // Texts that stand side by side are one, also those in sequences of their own: `"a${"b"}"`.
    let mut text = String::new();
    let (start, mut sequences) = (out.len(), 0);
    for part in parts {
        match part {
            TemplatePart::Literal { text: more, .. } => text.push_str(more),
            sequence => {
                if let TemplatePart::Interpolation { expr, .. } = sequence
                    && let Some(more) = bare(*expr).literal_string()
                {
                    text.push_str(&more);
                    continue;
                }
                escape_into(out, &std::mem::take(&mut text));
                // A sign right before it would escape it.
                let sign = if matches!(sequence, TemplatePart::Directive { .. }) { '%' } else { '$' };
                if out.ends_with(sign) {
                    out.pop();
                    out.push_str(if sign == '$' { "\\u0024" } else { "\\u0025" });
                }
                write_sequence(out, sequence);
                sequences += 1;
            }
        }
    }
    escape_into(out, &text);
    out.push('"');
    // Blanks that `~` took off, or an empty text, still made a string of it: `"${x}"` is just `x`.
    if sequences == 1
        && parts.len() > 1
        && out[start..].starts_with("${")
        && out.ends_with("}\"")
        && text.is_empty()
    {
        out.insert_str(start, "${\"\"}");
    }
}

fn write_sequence(out: &mut String, part: &TemplatePart<'_>) {
    match part {
        TemplatePart::Literal { .. } => {}
        TemplatePart::Interpolation { expr, .. } => {
            out.push_str("${");
            expression(out, *expr, Place::Anywhere);
            out.push('}');
        }
        TemplatePart::Directive { directive, .. } => {
            out.push_str("%{ ");
            match directive {
                Directive::If(condition) => {
                    out.push_str("if ");
                    expression(out, *condition, Place::Anywhere);
                }
                Directive::Else => out.push_str("else"),
                Directive::EndIf => out.push_str("endif"),
                Directive::EndFor => out.push_str("endfor"),
                Directive::For { key_name, value_name, collection } => {
                    out.push_str("for ");
                    names(out, *key_name, value_name);
                    out.push_str(" in ");
                    expression(out, *collection, Place::Anywhere);
                }
            }
            out.push_str(" }");
        }
    }
}

/// The parts of a template as one quoted string.
#[cfg(feature = "hcl")]
pub(super) fn quoted_template(parts: &[TemplatePart<'_>]) -> String {
    let mut out = String::new();
    write_template(&mut out, parts);
    out
}

/// The parts of a template as text without escapes, as it stands in a heredoc.
#[cfg(feature = "hcl")]
pub(super) fn bare_template(parts: &[TemplatePart<'_>]) -> String {
    // A sign before an escape or a sequence would join it; it has no escape of its own here.
    let set_apart = |out: &mut String, sign: char| {
        if out.ends_with(sign) {
            out.pop();
            out.extend(["${\"", sign.encode_utf8(&mut [0; 4]), "\"}"]);
        }
    };
    let mut out = String::new();
    for part in parts {
        let TemplatePart::Literal { text, .. } = part else {
            set_apart(&mut out, if matches!(part, TemplatePart::Directive { .. }) { '%' } else { '$' });
            write_sequence(&mut out, part);
            continue;
        };
        let mut chars = text.chars().peekable();
        while let Some(char) = chars.next() {
            if matches!(char, '$' | '%') && chars.peek() == Some(&'{') {
                set_apart(&mut out, char);
                out.push(char);
            }
            out.push(char);
        }
    }
    // As above: `"${x}"` alone would be just `x`.
    let sequences = parts.iter().filter(|part| !matches!(part, TemplatePart::Literal { .. })).count();
    if sequences == 1 && parts.len() > 1 && out.starts_with("${") && out.ends_with('}') {
        out.insert_str(0, "${\"\"}");
    }
    out
}

/// Takes one newline off the end of a template.
#[cfg(feature = "hcl")]
pub(super) fn drop_last_newline(parts: &mut Vec<TemplatePart<'_>>) {
    if let Some(TemplatePart::Literal { text, .. }) = parts.last_mut() {
        text.pop();
        if text.is_empty() {
            parts.pop();
        }
    }
}

#[cfg(test)]
mod tests;
