//! What the real Terraform says of a case's files: formatted, valid with the real AWS provider,
//! and, applied to a moto server, exactly the declared containers.
//!
//! `SECRETFORM_TF_PLUGINS` names the provider's mirror, else a directory `tf-plugins` near the
//! disk's root is looked for. What isn't there is said aloud on stderr, and skipped.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex};

use libtest_mimic::Failed;

use crate::case::Case;
use crate::judge;

const PROVIDER: &str = "registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64";
const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";

/// `examples/airbyte` as it stands: formatted, valid, and two containers.
pub(crate) fn example() -> Result<(), Failed> {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/airbyte");
    let home = tempfile::tempdir()?;
    crate::case::copy(&example, home.path())?;
    prove(
        &home.path().join("terraform/aws"),
        &["airbyte/api-credentials".to_owned(), "airbyte/snowflake-credentials".to_owned()],
    )
}

/// `examples/values` as it stands: formatted and valid. moto would run the function that rotates.
pub(crate) fn values() -> Result<(), Failed> {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/values");
    let home = tempfile::tempdir()?;
    crate::case::copy(&example, home.path())?;
    let directory = home.path().join("terraform/aws");
    if TOOLS.terraform.is_none() {
        eprintln!("SKIPPED: no terraform; nothing is proven of {}", directory.display());
        return Ok(());
    }
    let fmt = ["fmt", "-check", "-recursive", "-diff", "."];
    succeeds(Command::new("terraform").args(fmt).env_remove("TF_CLI_CONFIG_FILE"), &directory)?;
    if let Some(config) = &TOOLS.config {
        succeeds(&mut terraform(&["validate", "-no-color"], config), &directory)?;
    }
    Ok(())
}

/// Runs the case and proves what it left.
pub(crate) fn case(folder: &Path) -> Result<(), Failed> {
    let case = Case::read(folder)?;
    let home = tempfile::tempdir()?;
    let root = home.path().join("repository");
    case.lay_out(folder, &root)?;
    for arguments in std::iter::once(&case.args).chain(&case.then) {
        judge::run(&case, &root, arguments)?;
    }
    prove(&root.join("terraform/aws"), case.containers.as_deref().unwrap_or_default())
}

fn terraform(arguments: &[&str], config: &Path) -> Command {
    let mut command = Command::new("terraform");
    command.args(arguments).env("TF_CLI_CONFIG_FILE", config).env("CHECKPOINT_DISABLE", "1");
    command.envs([("TF_VAR_aws_region", REGION), ("TF_VAR_aws_account_id", ACCOUNT)]);
    command.envs([("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "x")]);
    command.env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

/// Formatted; and planned and applied, exactly the `expected` containers.
pub(crate) fn prove(directory: &Path, expected: &[String]) -> Result<(), Failed> {
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    apply(directory, &expected, |_| Ok(()))
}

/// Formatted, valid, planned and applied, exactly the `expected` containers; then does `more` with
/// the address of the server that holds them.
pub(crate) fn apply(
    directory: &Path,
    expected: &[&str],
    more: impl FnOnce(&str) -> Result<(), Failed>,
) -> Result<(), Failed> {
    if TOOLS.terraform.is_none() {
        eprintln!("SKIPPED: no terraform; nothing is proven of {}", directory.display());
        return Ok(());
    }
    let fmt = ["fmt", "-check", "-recursive", "-diff", "."];
    succeeds(Command::new("terraform").args(fmt).env_remove("TF_CLI_CONFIG_FILE"), directory)?;
    let Some(config) = TOOLS.config.as_ref() else {
        eprintln!("SKIPPED: no mirror of the AWS provider; validate, plan and apply prove nothing here");
        return Ok(());
    };
    succeeds(&mut terraform(&["validate", "-no-color"], config), directory)?;
    let applied = with_moto(|address| {
        let endpoint = format!("http://{address}");
        let run = |arguments: &[&str]| {
            succeeds(terraform(arguments, config).env("AWS_ENDPOINT_URL", &endpoint), directory)
        };
        run(&["plan", "-out=plan", "-input=false", "-no-color", "-lock=false"])?;
        run(&["apply", "-input=false", "-no-color", "-lock=false", "plan"])?;
        created(directory, expected)?;
        more(address)
    })?;
    if applied.is_none() {
        eprintln!("SKIPPED: moto doesn't start; plan and apply prove nothing here");
    }
    Ok(())
}

/// Terraform's state holds the `expected` containers, and no other.
fn created(directory: &Path, expected: &[&str]) -> Result<(), Failed> {
    let state: serde_json::Value =
        serde_json::from_slice(&std::fs::read(directory.join("terraform.tfstate"))?)?;
    let mut created: Vec<&str> = state["resources"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|resource| resource["type"] == "aws_secretsmanager_secret" && resource["mode"] == "managed")
        .flat_map(|resource| resource["instances"].as_array().into_iter().flatten())
        .filter_map(|instance| instance["attributes"]["name"].as_str())
        .collect();
    created.sort_unstable();
    if created == expected {
        return Ok(());
    }
    Err(format!("Terraform created {created:?}, declared are {expected:?}").into())
}

/// Runs `work` with the address of an empty moto server; `None` if there is no such server.
pub(crate) fn with_moto<T>(work: impl FnOnce(&str) -> Result<T, Failed>) -> Result<Option<T>, Failed> {
    // A test that failed beside this one leaves a server that is still good.
    let mut server = SERVER.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if server.is_none() {
        *server = Server::start();
    }
    let Some(server) = server.as_ref() else { return Ok(None) };
    server.reset()?;
    work(&server.address).map(Some)
}

/// Where a program is.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn succeeds(command: &mut Command, directory: &Path) -> Result<String, Failed> {
    let output = command.current_dir(directory).stdin(Stdio::null()).output()?;
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(stdout);
    }
    let stderr = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} in {}:\n{stdout}{stderr}", directory.display()).into())
}

/// Where the tools are.
struct Tools {
    terraform: Option<PathBuf>,
    /// A CLI configuration that takes the provider from the mirror; in a folder that lives as long.
    config: Option<PathBuf>,
    _home: Option<tempfile::TempDir>,
}

static TOOLS: LazyLock<Tools> = LazyLock::new(|| {
    let home = tempfile::tempdir().ok();
    let config = mirror().zip(home.as_ref()).and_then(|(mirror, home)| {
        let file = home.path().join("terraform.rc");
        let text = format!(
            "provider_installation {{\n  dev_overrides {{\n    \"hashicorp/aws\" = {:?}\n  }}\n  direct {{}}\n}}\n",
            mirror.join(PROVIDER)
        );
        std::fs::write(&file, text).ok().map(|()| file)
    });
    Tools { terraform: on_path("terraform"), config, _home: home }
});

fn mirror() -> Option<PathBuf> {
    let named = std::env::var_os("SECRETFORM_TF_PLUGINS").map(PathBuf::from);
    let near =
        ["/tf-plugins", "/opt/tf-plugins", "/usr/local/tf-plugins", "/srv/tf-plugins", "/mnt/tf-plugins"];
    named.into_iter().chain(near.map(PathBuf::from)).find(|mirror| mirror.join(PROVIDER).is_dir())
}

/// A moto server for the whole run.
struct Server {
    process: Child,
    /// Host and port.
    address: String,
}

static SERVER: Mutex<Option<Server>> = Mutex::new(None);

impl Server {
    fn start() -> Option<Self> {
        let mut process = Command::new("python3")
            .args(["-m", "moto.server", "-H", "127.0.0.1", "-p", "0"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .ok()?;
        let mut lines = BufReader::new(process.stderr.take()?);
        let mut line = String::new();
        while lines.read_line(&mut line).ok()? > 0 {
            if let Some((_, address)) = line.split_once("http://") {
                let address = address.trim().to_owned();
                // The server writes a line per request; unread, they would block it.
                std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
                return Some(Self { process, address });
            }
            line.clear();
        }
        let _ = process.wait();
        None
    }

    /// Forgets all that was created.
    fn reset(&self) -> std::io::Result<()> {
        let mut stream = TcpStream::connect(&self.address)?;
        let host = &self.address;
        write!(
            stream,
            "POST /moto-api/reset HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        )?;
        stream.read_to_end(&mut Vec::new())?;
        Ok(())
    }
}

/// Ends the server, if one runs.
pub(crate) fn stop() {
    if let Some(mut server) = SERVER.lock().ok().and_then(|mut server| server.take()) {
        let _ = server.process.kill();
        let _ = server.process.wait();
    }
}
