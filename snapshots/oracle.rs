//! What the real Terraform says of a case's files: formatted, valid with the real AWS provider,
//! and, applied to a moto server, exactly the declared containers.
//!
//! `SECRETFORM_TF_PLUGINS` names the provider's mirror, else a directory `tf-plugins` near the
//! disk's root is looked for. What isn't there is said aloud on stderr, and skipped.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{LazyLock, Mutex};

use libtest_mimic::Failed;

use crate::case::Case;
use crate::judge;

const PROVIDER: &str = "registry.terraform.io/hashicorp/aws/5.100.0/linux_amd64";
const ACCOUNT: &str = "123456789012";
const REGION: &str = "us-east-1";

/// Runs the case and proves what it left.
pub(crate) fn prove(folder: &Path) -> Result<(), Failed> {
    let case = Case::read(folder)?;
    let home = tempfile::tempdir()?;
    let root = home.path().join("repository");
    case.lay_out(folder, &root)?;
    judge::run(&case, &root, &case.args)?;
    let expected = case.containers.as_deref().unwrap_or_default();
    prove_directory(&root.join("terraform/aws"), expected)
}

fn prove_directory(directory: &Path, expected: &[String]) -> Result<(), Failed> {
    let Some(terraform) = TOOLS.terraform.as_ref() else {
        eprintln!("SKIPPED: no terraform; nothing is proven of {}", directory.display());
        return Ok(());
    };
    succeeds(Command::new(terraform).args(["fmt", "-check", "-recursive", "-diff", "."]), directory)?;
    let Some(config) = TOOLS.config.as_ref() else {
        eprintln!("SKIPPED: no mirror of the AWS provider; validate, plan and apply prove nothing here");
        return Ok(());
    };
    let run = |arguments: &[&str]| {
        let mut command = Command::new(terraform);
        command.args(arguments).env("TF_CLI_CONFIG_FILE", config).env("CHECKPOINT_DISABLE", "1");
        command.envs([("TF_VAR_aws_region", REGION), ("TF_VAR_aws_account_id", ACCOUNT)]);
        command.envs([("AWS_ACCESS_KEY_ID", "x"), ("AWS_SECRET_ACCESS_KEY", "x")]);
        command.env("AWS_EC2_METADATA_DISABLED", "true");
        command
    };
    succeeds(&mut run(&["validate", "-no-color"]), directory)?;
    let mut server = SERVER.lock().map_err(|error| error.to_string())?;
    if server.is_none() {
        *server = Server::start();
    }
    let Some(server) = server.as_ref() else {
        eprintln!("SKIPPED: moto doesn't start; plan and apply prove nothing here");
        return Ok(());
    };
    let apply = ["apply", "-auto-approve", "-input=false", "-no-color"];
    succeeds(run(&apply).env("AWS_ENDPOINT_URL", &server.url), directory)?;
    let state = succeeds(&mut run(&["show", "-json", "-no-color"]), directory)?;
    // Removes all from the server, for the next case.
    let destroy = ["destroy", "-auto-approve", "-input=false", "-no-color"];
    succeeds(run(&destroy).env("AWS_ENDPOINT_URL", &server.url), directory)?;
    let state: serde_json::Value = serde_json::from_str(&state)?;
    let mut created: Vec<&str> = state["values"]["root_module"]["resources"]
        .as_array()
        .into_iter()
        .flatten()
        .filter(|resource| resource["type"] == "aws_secretsmanager_secret" && resource["mode"] == "managed")
        .filter_map(|resource| resource["values"]["name"].as_str())
        .collect();
    created.sort_unstable();
    if created == expected {
        return Ok(());
    }
    Err(format!("Terraform created {created:?}, declared are {expected:?}").into())
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
    let on_path = |name: &str| {
        let path = std::env::var_os("PATH")?;
        std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
    };
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
    url: String,
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
            if let Some((_, url)) = line.split_once("http://") {
                let url = format!("http://{}", url.trim());
                // The server writes a line per request; unread, they would block it.
                std::thread::spawn(move || std::io::copy(&mut lines, &mut std::io::sink()));
                return Some(Self { process, url });
            }
            line.clear();
        }
        let _ = process.wait();
        None
    }
}

/// Ends the server, if one runs.
pub(crate) fn stop() {
    if let Some(mut server) = SERVER.lock().ok().and_then(|mut server| server.take()) {
        let _ = server.process.kill();
        let _ = server.process.wait();
    }
}
