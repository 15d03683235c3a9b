//! The runbook is followed: its commands, cut out of the page, run in a shell with the AWS CLI
//! against moto, and its probe against a server of ours. What is missing is said aloud, and skipped.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;

use libtest_mimic::Failed;

use crate::oracle;

const KEY: &str = "k3y-'\"\\$(id)`id`-fake";
const PASSWORD: &str = "p4ss w0rd-fake";
const WORKSPACE: &str = "3b1f0b3e-5f0a-4f0e-9d52-0d8f4c7a1b2c";

/// The commands of both pages of this repository are the same ones, and do what the page says.
pub(crate) fn followed(home: &Path, repository: &Path, moto: &str) -> Result<(), Failed> {
    let commands = of_markdown(&page(repository, "markdown")?);
    if commands.is_empty() || commands != of_html(&page(repository, "html")?) {
        return Err(format!("Markdown and HTML have other commands:\n{commands:#?}").into());
    }
    for program in ["aws", "curl", "sh"] {
        if oracle::on_path(program).is_none() {
            eprintln!("SKIPPED: no {program}; the runbook's commands prove nothing here");
            return Ok(());
        }
    }
    follow(home, moto, &commands)
}

/// Nothing of a stranger's spec is run, and every word arrives as the spec says it.
pub(crate) fn hostile() -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let repository = home.path().join("repository");
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../snapshots/runbook/hostile/in");
    crate::case::copy(&case, &repository)?;
    std::fs::create_dir_all(repository.join(".git"))?;
    if oracle::on_path("sh").is_none() || oracle::on_path("python3").is_none() {
        eprintln!("SKIPPED: no sh or no python3; a hostile runbook proves nothing here");
        return Ok(());
    }
    let markdown = page(&repository, "markdown")?;
    let fence = "`".repeat(4);
    let longer =
        markdown.replace(&format!("{fence}sh\n"), "```sh\n").replace(&format!("\n{fence}\n"), "\n```\n");
    let commands = of_markdown(&longer);
    let stranger = Stranger::new(home.path(), "127.0.0.1:9")?;
    let log = home.path().join("arguments");
    let value =
        r#"{"it's $(touch owned) `x` \"q\" \\ \u001b[31m ?= %41 ## \u202e\n``` END": "a", "k'y": "v/w"}"#;
    std::fs::write(home.path().join("value"), value)?;
    let aws =
        format!("#!/bin/sh\nprintf '%s\\n' \"$@\" >>'{0}/aws'\ncat '{0}/value'\n", home.path().display());
    program(&home.path().join("bin/aws"), &aws)?;
    let curl = format!(
        "#!/bin/sh\ncat >'{0}/curl'\necho \"-e '; touch owned \\\"\\`x\\`\"\n",
        home.path().display()
    );
    program(&home.path().join("bin/curl"), &curl)?;
    let seen = stranger.follows(&commands, "true")?;
    must(
        !home.path().join("owned").exists() && !repository.join("owned").exists(),
        "it ran something",
        &seen,
    )?;
    must(seen.contains("``` END: not of the form") && seen.contains("k'y: there"), "the keys", &seen)?;
    must(seen.contains("it works"), "the expected text is found", &seen)?;
    let aws = std::fs::read_to_string(home.path().join("aws"))?;
    must(aws.contains("--profile\nit's `mine`; $(touch owned) \"x\" \\ ```\n"), "the profile", &aws)?;
    let curl = std::fs::read_to_string(home.path().join("curl"))?;
    must(curl.contains("url = \"https://api.example/v%2Fw?a='$(id)'&b=`x`\"\n"), "the URL", &curl)?;
    must(
        curl.contains("header = \"X-A: '; touch owned; 'v/w {braces} \\\"q\\\" \\\\\"\n"),
        "the header",
        &curl,
    )?;
    must(log.exists(), "nothing was run", &seen)
}

fn follow(home: &Path, moto: &str, commands: &[String]) -> Result<(), Failed> {
    let stranger = Stranger::new(home, moto)?;
    // Somebody who saves the file as it was: nothing is sent.
    let careless = stranger.follows(commands, "true")?;
    must(careless.contains("api_key: still the placeholder"), "placeholders pass", &careless)?;
    must(
        !careless.contains("it works") && !careless.contains("VersionId"),
        "a placeholder is sent",
        &careless,
    )?;

    let api = Api::start()?;
    let url = format!("http://{}/v1", api.address);
    let value = serde_json::json!({ "api_key": KEY, "workspace_id": WORKSPACE, "api_url": url });
    std::fs::write(home.join("value.json"), value.to_string())?;
    std::fs::write(home.join("password"), format!("{PASSWORD}\n"))?;
    let editor = home.join("editor");
    let script = format!(
        "#!/bin/sh\nif grep -q workspace_id \"$1\"; then cat '{0}/value.json' >\"$1\"; else cat '{0}/password' >\"$1\"; fi\n",
        home.display()
    );
    program(&editor, &script)?;
    let seen = stranger.follows(commands, &editor.to_string_lossy())?;
    for said in ["api_key: there\nworkspace_id: there\napi_url: there", "a value: there", "it works"] {
        must(seen.contains(said), said, &seen)?;
    }
    must(!seen.contains("fake"), "a value is shown", &seen)?;
    let request = api.request()?;
    must(request.starts_with("GET /v1/workspaces HTTP/1.1\r\n"), "the request", &request)?;
    must(request.contains(&format!("\r\nAuthorization: Bearer {KEY}\r\n")), "the key", &request)?;
    let stored =
        ["secretsmanager", "get-secret-value", "--query", "SecretString", "--output", "text", "--secret-id"];
    let stored = |name| stranger.aws(&[&stored[..], &[name]].concat());
    let json: serde_json::Value = serde_json::from_str(&stored("airbyte/api-credentials")?)?;
    must(json == value, "the value in AWS", &json.to_string())?;
    let password = stored("airbyte/snowflake-credentials")?;
    must(password.strip_suffix('\n') == Some(PASSWORD), "the password in AWS", &password)?;
    let arguments = std::fs::read_to_string(home.join("arguments"))?;
    must(arguments.contains("put-secret-value") && !arguments.contains("fake"), "arguments", &arguments)?;
    let left: Vec<_> = std::fs::read_dir(home.join("tmp"))?.filter_map(Result::ok).collect();
    must(left.is_empty(), "files are left behind", &format!("{left:?}"))
}

fn must(holds: bool, what: &str, seen: &str) -> Result<(), Failed> {
    if holds { Ok(()) } else { Err(format!("{what}:\n{seen}").into()) }
}

/// What `runbook` prints of this repository.
pub(crate) fn page(repository: &Path, format: &str) -> Result<String, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secretform"));
    let output =
        command.args(["runbook", "--format", format]).env_clear().current_dir(repository).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// What stands in the blocks of `sh`.
fn of_markdown(page: &str) -> Vec<String> {
    let blocks = page.split("```sh\n").skip(1);
    blocks.filter_map(|rest| Some(rest.split_once("\n```\n")?.0.trim().to_owned())).collect()
}

fn of_html(page: &str) -> Vec<String> {
    let plain = |text: &str| {
        let mut text = text.trim().to_owned();
        for (entity, c) in
            [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#x27;", "'"), ("&#x2f;", "/"), ("&amp;", "&")]
        {
            text = text.replace(entity, c);
        }
        text
    };
    let blocks = page.split("<code class=\"sh\">").skip(1);
    blocks.filter_map(|rest| Some(plain(rest.split_once("</code>")?.0))).collect()
}

/// Somebody with a clean environment, all of whose arguments to programs are written down.
struct Stranger {
    home: std::path::PathBuf,
    moto: String,
}

impl Stranger {
    fn new(home: &Path, moto: &str) -> Result<Self, Failed> {
        let bin = home.join("bin");
        std::fs::create_dir_all(&bin)?;
        std::fs::create_dir_all(home.join("tmp"))?;
        for name in ["aws", "curl", "python3", "grep", "cat", "rm", "mktemp"] {
            let Some(real) = oracle::on_path(name) else { continue };
            let log = home.join("arguments");
            let script = format!(
                "#!/bin/sh\nprintf '%s\\n' \"$@\" >>'{}'\nexec '{}' \"$@\"\n",
                log.display(),
                real.display()
            );
            program(&bin.join(name), &script)?;
        }
        let config = "[profile infrastructure-admin]\nregion = us-west-2\naws_access_key_id = x\naws_secret_access_key = x\n";
        std::fs::write(home.join("config"), config)?;
        Ok(Self { home: home.to_owned(), moto: moto.to_owned() })
    }

    fn command(&self, name: &str) -> Command {
        let mut command = Command::new(name);
        command
            .env("AWS_CONFIG_FILE", self.home.join("config"))
            .env("AWS_ENDPOINT_URL", format!("http://{}", self.moto));
        command.env("AWS_SHARED_CREDENTIALS_FILE", "/dev/null").env("AWS_EC2_METADATA_DISABLED", "true");
        command.env("AWS_PAGER", "").env("NO_PROXY", "*").env("TMPDIR", self.home.join("tmp"));
        command.env_remove("AWS_PROFILE").env_remove("AWS_REGION").env_remove("AWS_DEFAULT_REGION");
        command.stdin(Stdio::null()).current_dir(&self.home);
        command
    }

    fn aws(&self, arguments: &[&str]) -> Result<String, Failed> {
        let mut command = self.command("aws");
        command.args(arguments).args(["--region", "us-east-1", "--profile", "infrastructure-admin"]);
        let output = command.output()?;
        if !output.status.success() {
            return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// All that is seen of pasting the commands, one block after the other.
    fn follows(&self, commands: &[String], editor: &str) -> Result<String, Failed> {
        let script = commands.join("\n").replace("tf_aws_region=", "tf_aws_region=us-east-1");
        let file = self.home.join("script");
        std::fs::write(&file, script)?;
        let path = std::env::var("PATH").unwrap_or_default();
        let mut command = self.command("sh");
        command
            .arg(&file)
            .env("EDITOR", editor)
            .env("PATH", format!("{}:{path}", self.home.join("bin").display()));
        let output = command.output()?;
        Ok(format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr)))
    }
}

#[cfg(unix)]
fn program(path: &Path, text: &str) -> Result<(), Failed> {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::write(path, text)?;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))?;
    Ok(())
}

#[cfg(not(unix))]
fn program(path: &Path, text: &str) -> Result<(), Failed> {
    Ok(std::fs::write(path, text)?)
}

/// What a probe speaks to.
struct Api {
    address: String,
    requests: mpsc::Receiver<String>,
}

impl Api {
    /// Answers one request.
    fn start() -> Result<Self, Failed> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let address = listener.local_addr()?.to_string();
        let (sender, requests) = mpsc::channel();
        std::thread::spawn(move || -> std::io::Result<()> {
            let (mut stream, _) = listener.accept()?;
            let mut head = Vec::new();
            let mut piece = [0; 1024];
            while !head.windows(4).any(|end| end == b"\r\n\r\n") {
                let count = stream.read(&mut piece)?;
                if count == 0 {
                    break;
                }
                head.extend_from_slice(&piece[..count]);
            }
            let _ = sender.send(String::from_utf8_lossy(&head).into_owned());
            let body = "{\"data\":[{\"name\":\"production\"}]}";
            let length = body.len();
            write!(stream, "HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}")
        });
        Ok(Self { address, requests })
    }

    fn request(&self) -> Result<String, Failed> {
        let wait = std::time::Duration::from_secs(20);
        self.requests.recv_timeout(wait).map_err(|_| "the probe was never sent".into())
    }
}
