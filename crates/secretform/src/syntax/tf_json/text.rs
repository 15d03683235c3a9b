//! A string of JSON as a native expression.

use super::words::Strings;
use crate::syntax::escape::quote;
use crate::syntax::{ExprKind, File, SyntaxError, TemplatePart};

/// `text` as a native expression of the same meaning.
///
/// # Errors
/// If its sequences are no expressions; the places of these errors mean nothing.
pub(super) fn native(text: &str, strings: Strings) -> Result<String, Vec<SyntaxError>> {
    match strings {
        Strings::Literals => Ok(quote(text)),
        Strings::References => Ok(reference(text).unwrap_or_else(|| quote(text))),
        Strings::Templates => template(text),
    }
}

/// The one expression that `text` is: a name, a traversal, a type.
fn reference(text: &str) -> Option<String> {
    let text = text.trim();
    let inner = text.strip_prefix("${").and_then(|rest| rest.strip_suffix('}')).unwrap_or(text);
    let source = format!("x = {inner}\n");
    let file = File::parse(source.as_bytes());
    let value = file.body().attribute("x")?.value();
    let whole = file.body().items().count() == 1 && value.span().end as usize == source.len() - 1;
    let fits =
        matches!(value.kind(), ExprKind::Variable(_) | ExprKind::Call { .. }) || value.traversal().is_some();
    (file.errors().is_empty() && whole && fits).then(|| value.canonical())
}

fn template(text: &str) -> Result<String, Vec<SyntaxError>> {
    // Terraform drops a byte order mark that a template begins with.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !text.contains("${") && !text.contains("%{") {
        return Ok(quote(text));
    }
    // In a heredoc, as in JSON, a backslash is a backslash. The marker must stand nowhere
    // in the text, and the line break before it is not the text's.
    let mut marker = "EOT".to_owned();
    while text.contains(&marker) {
        marker.push('T');
    }
    let source = format!("x = <<{marker}\n{text}\n{marker}\n");
    let file = File::parse(source.as_bytes());
    if !file.errors().is_empty() {
        return Err(file.errors().to_vec());
    }
    let Some(attribute) = file.body().attribute("x") else { return Ok(quote(text)) };
    let ExprKind::Template(template) = attribute.value().kind() else { return Ok(quote(text)) };
    let parts = template.parts();
    let last = parts.len().saturating_sub(1);
    let mut out = String::from("\"");
    for (at, part) in parts.into_iter().enumerate() {
        match part {
            TemplatePart::Literal { text, .. } => {
                let text = if at == last { text.strip_suffix('\n').unwrap_or(&text) } else { &text };
                let quoted = quote(text);
                out.push_str(&quoted[1..quoted.len() - 1]);
            }
            TemplatePart::Interpolation { expr, .. } => {
                out.push_str("${");
                out.push_str(&expr.canonical());
                out.push('}');
            }
            TemplatePart::Directive { span, .. } => {
                out.push_str(source.get(span.range()).unwrap_or_default());
            }
        }
    }
    out.push('"');
    Ok(out)
}
