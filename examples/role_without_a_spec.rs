//! A role for one repository's main branch by builders instead of a spec, and its file's text.
//!
//! `cargo run -p secretform --example role_without_a_spec`
#![allow(clippy::print_stdout, reason = "an example shows what it makes")]

use std::error::Error;

use secretform::model::iam::Statement;
use secretform::model::iam::oidc::{Audience, GitHub};
use secretform::model::{Model, OidcRole, Text};
use secretform::render::Renderer;

fn main() -> Result<(), Box<dyn Error>> {
    let jobs = GitHub::builder("acme", "platform")
        .ids("1234567", "987654321")
        .branches(vec![Text::from("main")])
        .build()?;
    let trust = jobs.trust(Audience::new(GitHub::AUDIENCE)?)?.claim("actor_id", vec![Text::from("7")])?;
    let who_am_i =
        Statement::builder().sid("WhoAmI").action("sts:GetCallerIdentity").resource("*").build()?;
    let role = OidcRole::builder("deploy").tokens(trust, "github").statement(who_am_i).build()?;
    for file in Renderer::new().files(&Model::builder().oidc(role).build()?) {
        print!("{}", file.text);
    }
    Ok(())
}
