//! An expression as far as it is known without running Terraform; the rest stays symbols.

use crate::model::{Datum, Expression, Text, number};
use crate::syntax::{Expr, ExprKind, Template, TemplatePart, UnaryOp};

/// The value of an expression: literals, and lists, objects, templates, `merge` and `concat`
/// of them. Everything else is carried as a symbol, never guessed.
///
/// Elements and entries stand in the order written, an object's repeated keys included (the
/// last one holds). Strings are not yet converted to the argument's type: see
/// [`Datum::converted`].
pub fn datum(expr: Expr<'_>) -> Datum {
    match expr.kind() {
        ExprKind::Null => Datum::Null,
        ExprKind::Bool(value) => Datum::Bool(value),
        ExprKind::Number(digits) => number(digits).map_or_else(|| symbol(expr), Datum::Number),
        ExprKind::Template(template) => self::template(expr, template),
        ExprKind::Tuple(items) => Datum::List(items.into_iter().map(datum).collect()),
        ExprKind::Object(items) => {
            Datum::Object(items.into_iter().map(|item| (key(&item), datum(item.value))).collect())
        }
        ExprKind::Paren(inner) => match datum(inner) {
            // What spans lines stays in its parentheses, without which it would end at the first.
            Datum::Symbol(_) if expr.text().contains('\n') => symbol(expr),
            inner => inner,
        },
        ExprKind::Unary { op: UnaryOp::Negate, operand } => match datum(operand) {
            // Terraform knows a negative zero, and writes it as `-0` where a string is asked for.
            Datum::Number(digits) if digits != "0" => Datum::Number(negated(digits)),
            _ => symbol(expr),
        },
        ExprKind::Call { name: "merge", args, expand: false, .. } => {
            merge_of(args.into_iter().map(datum)).unwrap_or_else(|| symbol(expr))
        }
        ExprKind::Call { name: "concat", args, expand: false, .. } => {
            concat_of(args.into_iter().map(datum)).unwrap_or_else(|| symbol(expr))
        }
        _ => symbol(expr),
    }
}

/// The expression itself, as a value that only Terraform can know.
pub fn symbol(expr: Expr<'_>) -> Datum {
    Datum::Symbol(expression(expr))
}

/// The expression itself, to be carried as it stands.
pub fn expression(expr: Expr<'_>) -> Expression {
    Expression::from_canonical(expr.text().into_owned(), expr.canonical())
}

/// What an object's entry is called; only Terraform knows it where an expression stands in
/// parentheses.
pub fn key(item: &crate::syntax::ObjectItem<'_>) -> Text {
    match item.name() {
        Some(name) => name.into(),
        None => spliced(&datum(item.key)).unwrap_or_else(|| Text::symbol(expression(item.key))),
    }
}

/// What a value becomes inside of a string, if it has a form there.
pub fn spliced(value: &Datum) -> Option<Text> {
    Some(match value {
        Datum::Bool(value) => value.to_string().into(),
        Datum::Number(digits) => digits.as_str().into(),
        Datum::Text(text) => text.clone(),
        Datum::Symbol(symbol) => Text::symbol(symbol.clone()),
        _ => return None,
    })
}

fn negated(digits: String) -> String {
    match digits.strip_prefix('-') {
        Some(rest) => rest.to_owned(),
        None => format!("-{digits}"),
    }
}

/// Quoted or heredoc: known pieces, and symbols between them. `"${x}"` is `x`.
fn template(expr: Expr<'_>, template: Template<'_>) -> Datum {
    if !template.has_sequences() {
        return Datum::Text(expr.literal_text().unwrap_or_default().as_ref().into());
    }
    let parts = template.parts();
    if let [TemplatePart::Interpolation { expr: inner, .. }] = parts.as_slice()
        && !template.is_heredoc()
    {
        return datum(*inner);
    }
    let mut text = Text::new();
    for part in parts {
        match part {
            TemplatePart::Literal { text: literal, .. } => text.push_str(&literal),
            TemplatePart::Interpolation { expr: inner, .. } => match spliced(&datum(inner)) {
                Some(piece) => text.push(&piece),
                None => text.push_symbol(expression(inner)),
            },
            TemplatePart::Directive { .. } => return symbol(expr),
        }
    }
    Datum::text(text)
}

/// `merge(a, b, { … })` of these values: known entries over maps that only Terraform knows.
/// Entries before such a map might be covered by it, so that form is `None`.
pub fn merge_of(args: impl IntoIterator<Item = Datum>) -> Option<Datum> {
    let mut base = Vec::new();
    let mut objects = Vec::new();
    for arg in args {
        match arg {
            Datum::Object(entries) => objects.push(entries),
            Datum::Symbol(symbol) if objects.is_empty() => base.push(symbol),
            _ => return None,
        }
    }
    match (base.is_empty(), objects.len()) {
        (true, 1..) => Some(Datum::Object(objects.into_iter().flatten().collect())),
        (false, 1) => Some(Datum::merge(base, objects.remove(0))),
        _ => None,
    }
}

/// `concat([…], a, b)` of these values: known elements, then lists that only Terraform knows.
pub fn concat_of(args: impl IntoIterator<Item = Datum>) -> Option<Datum> {
    let mut items = Vec::new();
    let mut lists = Vec::new();
    for arg in args {
        match arg {
            Datum::List(more) if lists.is_empty() => items.extend(more),
            Datum::Symbol(symbol) => lists.push(symbol),
            _ => return None,
        }
    }
    (!items.is_empty()).then(|| Datum::concat(items, lists))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::File;

    /// The value of an expression as messages show it.
    fn check(expr: &str, expected: &str) {
        let text = format!("x = {expr}\n");
        let file = File::parse(text.as_bytes());
        assert!(file.errors().is_empty(), "{expr}: {:?}", file.errors());
        let found = datum(file.body().attribute("x").unwrap().value());
        assert_eq!(found.to_string(), expected, "{expr}: {found:?}");
    }

    #[test]
    fn literals_are_known_and_all_else_stands() {
        check("null", "null");
        check("true", "true");
        check("30.0", "30");
        check("-3e1", "-30");
        check("- 0", "-0");
        check("\"a${-0}\"", "\"a${-0}\"");
        check("\"a\\u002fb\"", "\"a/b\"");
        check("\"e\\u0301\"", "\"é\"");
        check("\"$${x}\"", "\"${x}\"");
        check("(\"a\")", "\"a\"");
        check("((var.x))", "var.x");
        check("(\n  var.x # c\n)", "var.x");
        check("\"${var.x}\"", "var.x");
        check("\"a${var.x}b\"", "\"a${var.x}b\"");
        check("\"${\"a\"}${1}${true}\"", "\"a1true\"");
        check("<<E\na ${var.x}\nE", "\"a ${var.x}\n\"");
        check("<<-E\n    a\n      b\n  E", "\"a\n  b\n\"");
        check("[1, \"a\", var.x,]", "[1, \"a\", var.x]");
        check("{ a = 1, \"b\" : 2, (var.k) = 3 }", "{ a = 1, b = 2, ${var.k} = 3 }");
        check("merge(local.t, { a = \"b\" })", "merge(local.t, { a = \"b\" })");
        check("merge({ a = 1 }, { b = 2 })", "{ a = 1, b = 2 }");
        check("concat([\"a\"], var.l)", "concat([\"a\"], var.l)");
        check("var.a ? 1 : 2", "var.a ? 1 : 2");
        check("-var.x", "-var.x");
    }

    #[test]
    fn what_is_carried_is_an_expression_by_itself() {
        for expr in ["(\n  var.a ? # c\n  1 : 2\n)", "[\n  (var.a\n  + 1)\n]", "f(\n  <<E\nx\nE\n)"] {
            let text = format!("x = {expr}\n");
            let file = File::parse(text.as_bytes());
            let mut found = datum(file.body().attribute("x").unwrap().value());
            if let Datum::List(items) = found {
                found = items.into_iter().next().unwrap();
            }
            let Datum::Symbol(symbol) = found else { panic!("{expr}: {found:?}") };
            let again = format!("x = {}\n", symbol.source());
            let file = File::parse(again.as_bytes());
            assert!(file.errors().is_empty(), "{again}");
            assert_eq!(file.body().attribute("x").unwrap().value().canonical(), symbol.canonical());
        }
    }

    #[test]
    fn what_could_be_covered_or_come_between_is_a_symbol() {
        for expr in
            ["merge({ a = 1 }, local.t)", "merge(local.t...)", "concat(var.l, [\"a\"])", "upper(\"a\")"]
        {
            let text = format!("x = {expr}\n");
            let file = File::parse(text.as_bytes());
            let found = datum(file.body().attribute("x").unwrap().value());
            assert!(matches!(found, Datum::Symbol(_)), "{expr}: {found:?}");
        }
    }
}
