//! The example's secrets and readers by builders instead of a spec, and the files' text back.
//!
//! `cargo run -p secretform --example without_a_spec`
#![allow(clippy::print_stdout, reason = "an example shows what it makes")]

use std::error::Error;

use secretform::model::{Expression, Field, Grant, Group, Model, Place, Read, Reader, Secret};
use secretform::render::{FilePlace, Renderer};

fn main() -> Result<(), Box<dyn Error>> {
    for file in Renderer::new().files(&model()?) {
        let (FilePlace::Terraform(name) | FilePlace::Policy(name)) = file.place;
        println!("==> {name} <==\n{}", file.text);
    }
    Ok(())
}

fn model() -> Result<Model, Box<dyn Error>> {
    let airbyte = Group::builder("airbyte").title("Airbyte Credentials").build()?;
    let secret = |label: &str, description: &str| {
        let name = airbyte.prefix().name(label)?;
        let builder = Secret::builder(label).group(&airbyte).description(description);
        Ok::<_, Box<dyn Error>>(builder.tag("Name", name.to_string()).tag("ManagedBy", "terraform"))
    };
    let api = secret("api-credentials", "Airbyte Cloud API credentials for Prefect integration")?
        .field(Field::builder("api_key").description("Settings > API Keys").sensitive(true).build()?)
        .field(Field::builder("workspace_id").format("uuid").build()?)
        .field(Field::builder("api_url").format("url").default("https://api.airbyte.com/v1").build()?)
        .build()?;
    let snowflake =
        secret("snowflake-credentials", "Snowflake SVC_AIRBYTE credentials for Airbyte connector")?
            .build()?;

    let external = |label: &str| Group::builder(label).external(true).build();
    let ci = Grant::builder(Place::statement("github_actions", "oidc.tf")?)
        .sid("SecretsManagerAccess")
        .reads(Read::Group("terraform".into()))
        .reads(Read::Group("prefect".into()))
        .reads(&airbyte)
        .build()?;
    let worker = Grant::builder(Place::policy_file("iam/prefect-worker.json")?)
        .action("secretsmanager:GetSecretValue")
        .action("secretsmanager:DescribeSecret")
        .reads(Read::Group("dlt".into()))
        .reads(&airbyte)
        .region("eu-west-2")
        .account_id("*")
        .build()?;

    let variable = |path: &str| Expression::reference(path).ok_or("not a reference");
    let model = Model::builder()
        .region(variable("var.aws_region")?)
        .account_id(variable("var.aws_account_id")?)
        .group(external("terraform")?)
        .group(external("prefect")?)
        .group(external("dlt")?)
        .group(airbyte)
        .secrets([api, snowflake])
        .reader(Reader::new("ci", [ci])?)
        .reader(Reader::new("prefect-worker", [worker])?)
        .build()?;
    Ok(model)
}
