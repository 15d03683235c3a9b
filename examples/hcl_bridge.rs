//! Terraform to `hcl::Body`, a change there, and back to text that `terraform fmt` leaves alone.
//!
//! `cargo run -p secretform --example hcl_bridge`
#![allow(clippy::print_stdout, reason = "an example shows what it makes")]

use std::error::Error;

use hcl::expr::{Expression, Traversal, Variable};
use hcl::{Block, Body, Identifier};
use secretform::syntax::{File, bridge};

const TEXT: &str = r#"resource "aws_secretsmanager_secret" "api" {
  name        = "airbyte/api-credentials" # comments don't come along
  description = "Credentials of ${var.system}"
}
"#;

fn main() -> Result<(), Box<dyn Error>> {
    // In: our parser reads the text, hcl-rs's types hold it.
    let file = File::parse(TEXT.as_bytes());
    let mut body = Body::try_from(&file)?;

    // A change, as anybody would make it with hcl-rs.
    let arn = Traversal::builder(Variable::new("aws_secretsmanager_secret")?)
        .attr(Identifier::new("api")?)
        .attr(Identifier::new("arn")?)
        .build();
    let output = Block::builder(Identifier::new("output")?)
        .add_label("arn")
        .add_attribute((Identifier::new("value")?, Expression::from(arn.clone())))
        .build();
    body.0.push(output.into());

    // Out: text, laid out as terraform does; of a whole body, or of one expression.
    println!("{}", bridge::body_text(&body)?);
    println!("{}", bridge::expression_text(&arn.into())?);
    Ok(())
}
