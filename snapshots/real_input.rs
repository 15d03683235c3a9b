//! The seed, as one test: from the state before, two commands make its edits 1 to 3, Terraform
//! applies them, and a person makes edits 4 and 5 by the runbook of that state.

use std::path::Path;

use libtest_mimic::Failed;

use crate::case::Case;
use crate::tree::Tree;
use crate::{judge, oracle, runbook};

const CONTAINERS: [&str; 3] = ["airbyte/api-credentials", "airbyte/snowflake-credentials", "prefect/api-key"];

/// What the seed's page tells a person to do or to look for, in its order.
const TOLD: &[&str] = &[
    "let CI/CD run `terraform apply`",
    "be signed in under the profile `infrastructure-admin`",
    "Create the Airbyte Cloud account, and in it one workspace per environment",
    "`production`, `staging`",
    "region near the warehouse that it loads into: US (`us-east-1`) or\n   EU (`eu-west-1`)",
    "Set up billing before anything runs in `production`",
    "Settings > API Keys",
    "`prefect-integration`",
    "shown once",
    "In the URL of the workspace",
    "https://api.airbyte.com/v1",
    "aws secretsmanager put-secret-value --profile infrastructure-admin",
    "--secret-id airbyte/api-credentials --secret-string \"file://$dir/value\"",
    "aws secretsmanager get-secret-value --profile infrastructure-admin",
    "`GET {api_url}/workspaces` succeeds, and the answer holds `production`",
    "Authorization: Bearer {api_key}",
    "prefect-worker: `secretsmanager:GetSecretValue`, `secretsmanager:DescribeSecret`, granted by `iam/prefect-worker.json`",
    "`SVC_AIRBYTE`",
];

pub(crate) fn seed() -> Result<(), Failed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../snapshots/add/airbyte");
    let case = Case::read(&folder)?;
    let home = tempfile::tempdir()?;
    let root = home.path().join("repository");
    case.lay_out(&folder, &root)?;
    let before = Tree::read(&root)?;
    for arguments in std::iter::once(&case.args).chain(&case.then) {
        let seen = judge::run(&case, &root, arguments)?;
        if seen.status != Some(0) {
            return Err(format!("{arguments:?}:\n{}{}", seen.stdout, seen.stderr).into());
        }
    }
    edits(&case, &folder, &before, &Tree::read(&root)?)?;
    told(&runbook::page(&root, "markdown")?)?;
    oracle::apply(&root.join("terraform/aws"), &CONTAINERS, |moto| {
        runbook::followed(home.path(), &root, moto)
    })
}

/// The edits of the seed's files are made to the byte, the spec gains the preset, and no other file
/// is another.
fn edits(case: &Case, folder: &Path, before: &Tree, after: &Tree) -> Result<(), Failed> {
    let base = case.base_folder().map_or_else(|| Ok(Tree::default()), |base| Tree::read(&base))?;
    let want = Tree::read(&folder.join("want"))?;
    let paths: Vec<&str> = after.paths().collect();
    if paths != before.paths().collect::<Vec<_>>() {
        return Err(format!("files come or go: {paths:?}").into());
    }
    for path in paths.into_iter().filter(|path| *path != "secretform.hcl") {
        let expected = want.file(path).or_else(|| {
            let is_edited = case.same.iter().any(|same| same == path);
            if is_edited { base.file(path) } else { before.file(path) }
        });
        if after.file(path) != expected {
            return Err(format!("more or less than the seed's edits:\n{}", before.diff(after)).into());
        }
    }
    Ok(())
}

fn told(page: &str) -> Result<(), Failed> {
    let mut rest = page;
    for told in TOLD {
        let Some((_, behind)) = rest.split_once(told) else {
            return Err(format!("not told, or not in this order: {told}\n{page}").into());
        };
        rest = behind;
    }
    Ok(())
}
