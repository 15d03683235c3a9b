//! Our tree to the types of hcl-rs.

use hcl::expr::{
    BinaryOperator, Conditional, ForExpr, FuncCall, FuncName, Heredoc, HeredocStripMode, Object, ObjectKey,
    Operation, TemplateExpr, Traversal, TraversalOperator, UnaryOperator, Variable,
};
use hcl::structure::{Attribute, BlockLabel, Structure};
use hcl::{Expression, Identifier, Number};

use super::BridgeError;
use crate::source::Span;
use crate::syntax::canonical::bare_template;
use crate::syntax::{
    BinaryOp, Block, Body, BodyItem, Expr, ExprKind, File, ObjectItem, Template, TemplatePart, UnaryOp,
};

impl TryFrom<&File<'_>> for hcl::Body {
    type Error = BridgeError;

    /// A file that has errors is none: the first one is given.
    fn try_from(file: &File<'_>) -> Result<Self, BridgeError> {
        match file.errors().first() {
            Some(error) => Err(error.into()),
            None => file.body().try_into(),
        }
    }
}

impl TryFrom<Body<'_>> for hcl::Body {
    type Error = BridgeError;

    fn try_from(body: Body<'_>) -> Result<Self, BridgeError> {
        body.items().map(structure).collect::<Result<Vec<_>, _>>().map(Self)
    }
}

impl TryFrom<Expr<'_>> for Expression {
    type Error = BridgeError;

    fn try_from(expr: Expr<'_>) -> Result<Self, BridgeError> {
        expression(expr)
    }
}

fn structure(item: BodyItem<'_>) -> Result<Structure, BridgeError> {
    Ok(match item {
        BodyItem::Attribute(attribute) => {
            let name = identifier(attribute.name(), attribute.name_span())?;
            Attribute::new(name, expression(attribute.value())?).into()
        }
        BodyItem::Block(block) => self::block(block)?.into(),
    })
}

fn block(block: Block<'_>) -> Result<hcl::Block, BridgeError> {
    let labels = block.labels().into_iter().map(|label| {
        // A quoted label may hold what is a name; whether it was quoted is told by its span.
        let bare = label.span.len() == label.text.len();
        if bare {
            identifier(&label.text, label.span).map(BlockLabel::Identifier)
        } else {
            Ok(BlockLabel::String(label.text))
        }
    });
    Ok(hcl::Block {
        identifier: identifier(block.type_name(), block.type_span())?,
        labels: labels.collect::<Result<_, _>>()?,
        body: block.body().try_into()?,
    })
}

fn identifier(name: &str, span: Span) -> Result<Identifier, BridgeError> {
    Identifier::new(name)
        .map_err(|_| BridgeError::at(span, format!("`{name}` is a name to Terraform, but none to hcl-rs")))
}

fn expression(expr: Expr<'_>) -> Result<Expression, BridgeError> {
    let span = expr.span();
    Ok(match expr.kind() {
        ExprKind::Null => Expression::Null,
        ExprKind::Bool(value) => Expression::Bool(value),
        ExprKind::Number(digits) => Expression::Number(number(digits, span)?),
        ExprKind::Template(template) => self::template(template)?,
        ExprKind::Variable(name) => Variable::from(identifier(name, span)?).into(),
        ExprKind::Attr { .. }
        | ExprKind::Index { .. }
        | ExprKind::LegacyIndex { .. }
        | ExprKind::AttrSplat { .. }
        | ExprKind::FullSplat { .. } => traversal(expr)?.into(),
        ExprKind::Call { name, name_span, args, expand } => {
            let mut parts = name
                .split("::")
                .map(|part| identifier(part.trim(), name_span))
                .collect::<Result<Vec<_>, _>>()?;
            let last = parts.pop().ok_or_else(|| BridgeError::at(name_span, "a function has a name"))?;
            let args = args.into_iter().map(expression).collect::<Result<_, _>>()?;
            FuncCall { name: FuncName { namespace: parts, name: last }, args, expand_final: expand }.into()
        }
        ExprKind::Tuple(elements) => {
            Expression::Array(elements.into_iter().map(expression).collect::<Result<_, _>>()?)
        }
        ExprKind::Object(items) => {
            let mut object = Object::default();
            for item in items {
                object.insert(key(&item)?, expression(item.value)?);
            }
            Expression::Object(object)
        }
        ExprKind::Paren(inner) => Expression::Parenthesis(Box::new(expression(inner)?)),
        ExprKind::Unary { op, operand } => match (op, operand.kind()) {
            (UnaryOp::Negate, ExprKind::Number(digits)) => {
                Expression::Number(number(&format!("-{digits}"), span)?)
            }
            (UnaryOp::Negate, _) => {
                Operation::from(hcl::expr::UnaryOp::new(UnaryOperator::Neg, expression(operand)?)).into()
            }
            (UnaryOp::Not, _) => {
                Operation::from(hcl::expr::UnaryOp::new(UnaryOperator::Not, expression(operand)?)).into()
            }
        },
        ExprKind::Binary { op, left, right } => {
            let operation = hcl::expr::BinaryOp::new(expression(left)?, binary(op), expression(right)?);
            Operation::from(operation).into()
        }
        ExprKind::Conditional { condition, then, otherwise } => {
            Conditional::new(expression(condition)?, expression(then)?, expression(otherwise)?).into()
        }
        ExprKind::ForTuple { key_name, value_name, collection, element, condition } => ForExpr {
            key_var: key_name.map(|name| identifier(name, span)).transpose()?,
            value_var: identifier(value_name, span)?,
            collection_expr: expression(collection)?,
            key_expr: None,
            value_expr: expression(element)?,
            grouping: false,
            cond_expr: condition.map(expression).transpose()?,
        }
        .into(),
        ExprKind::ForObject { key_name, value_name, collection, key, value, group, condition } => ForExpr {
            key_var: key_name.map(|name| identifier(name, span)).transpose()?,
            value_var: identifier(value_name, span)?,
            collection_expr: expression(collection)?,
            key_expr: Some(expression(key)?),
            value_expr: expression(value)?,
            grouping: group,
            cond_expr: condition.map(expression).transpose()?,
        }
        .into(),
    })
}

/// A bare word is itself; all else is an expression, as hcl-rs has it.
fn key(item: &ObjectItem<'_>) -> Result<ObjectKey, BridgeError> {
    let word = match item.key.kind() {
        ExprKind::Variable(name) => name,
        ExprKind::Null => "null",
        ExprKind::Bool(true) => "true",
        ExprKind::Bool(false) => "false",
        _ => return Ok(ObjectKey::Expression(expression(item.key)?)),
    };
    identifier(word, item.key.span()).map(ObjectKey::Identifier)
}

fn traversal(expr: Expr<'_>) -> Result<Traversal, BridgeError> {
    let mut operators = Vec::new();
    let mut at = expr;
    loop {
        let (operator, object) = match at.kind() {
            ExprKind::Attr { object, name, name_span } => {
                (TraversalOperator::GetAttr(identifier(name, name_span)?), object)
            }
            ExprKind::Index { object, key } => (TraversalOperator::Index(expression(key)?), object),
            ExprKind::LegacyIndex { object, index } => {
                let number = index.parse().map_err(|_| {
                    BridgeError::at(at.span(), format!("the index `{index}` is too large for hcl-rs"))
                })?;
                (TraversalOperator::LegacyIndex(number), object)
            }
            ExprKind::AttrSplat { object } => (TraversalOperator::AttrSplat, object),
            ExprKind::FullSplat { object } => (TraversalOperator::FullSplat, object),
            _ => break,
        };
        operators.push(operator);
        at = object;
    }
    operators.reverse();
    Ok(Traversal { expr: expression(at)?, operators })
}

/// hcl-rs keeps a template as text without escapes: a newline in it is a newline.
fn template(template: Template<'_>) -> Result<Expression, BridgeError> {
    let parts = template.parts();
    if !template.is_heredoc() {
        return Ok(match parts.as_slice() {
            [] => Expression::String(String::new()),
            [TemplatePart::Literal { text, .. }] => Expression::String(text.clone()),
            _ => TemplateExpr::QuotedString(bare_template(&parts)).into(),
        });
    }
    let (strip, sign) = if template.is_indented_heredoc() {
        (HeredocStripMode::Indent, 3)
    } else {
        (HeredocStripMode::None, 2)
    };
    let marker = Span { start: template.span().start + sign, end: template.content_span().start };
    let delimiter = identifier(template.source(marker).trim_ascii_end(), marker)?;
    Ok(Heredoc { delimiter, template: bare_template(&parts), strip }.into())
}

fn number(digits: &str, span: Span) -> Result<Number, BridgeError> {
    let changed =
        || BridgeError::at(span, format!("hcl-rs holds numbers in 64 bits: `{digits}` would change"));
    if let Ok(number) = digits.parse::<u64>() {
        return Ok(number.into());
    }
    if let Ok(number) = digits.parse::<i64>() {
        return Ok(number.into());
    }
    let mantissa = digits.split(['e', 'E']).next().unwrap_or_default();
    let significant = mantissa.trim_start_matches(['-', '0', '.']).bytes().filter(u8::is_ascii_digit).count();
    let number = digits.parse::<f64>().ok().filter(|_| significant <= 15).and_then(Number::from_f64);
    number.filter(|number| significant == 0 || number.as_f64() != Some(0.0)).ok_or_else(changed)
}

fn binary(op: BinaryOp) -> BinaryOperator {
    match op {
        BinaryOp::Or => BinaryOperator::Or,
        BinaryOp::And => BinaryOperator::And,
        BinaryOp::Equal => BinaryOperator::Eq,
        BinaryOp::NotEqual => BinaryOperator::NotEq,
        BinaryOp::Less => BinaryOperator::Less,
        BinaryOp::LessEqual => BinaryOperator::LessEq,
        BinaryOp::Greater => BinaryOperator::Greater,
        BinaryOp::GreaterEqual => BinaryOperator::GreaterEq,
        BinaryOp::Add => BinaryOperator::Plus,
        BinaryOp::Subtract => BinaryOperator::Minus,
        BinaryOp::Multiply => BinaryOperator::Mul,
        BinaryOp::Divide => BinaryOperator::Div,
        BinaryOp::Modulo => BinaryOperator::Mod,
    }
}
