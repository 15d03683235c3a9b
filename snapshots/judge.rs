//! Runs a case and judges it: a snapshot records what was seen, the rules here say what must be.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use libtest_mimic::Failed;
use serde_json::Value;

use crate::case::{Case, Generate};
use crate::tree::Tree;

/// A value that stands in the cases where Terraform would hold a secret; no output may hold it.
const CANARY: &str = "canary";

/// What one run of the command gave.
pub(crate) struct Seen {
    pub(crate) status: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A case, laid out and run.
pub(crate) struct Judge<'c> {
    case: &'c Case,
    folder: &'c Path,
    home: tempfile::TempDir,
    before: Tree,
    after: Tree,
    seen: Seen,
    problems: Vec<String>,
    record: String,
}

impl<'c> Judge<'c> {
    /// Lays the case out and runs its command.
    pub(crate) fn new(case: &'c Case, folder: &'c Path) -> Result<Self, Failed> {
        let home = tempfile::tempdir()?;
        let root = home.path().join("repository");
        // Beside the repository, for links that leave it.
        std::fs::create_dir_all(home.path().join("outside"))?;
        std::fs::write(home.path().join("outside/x.tf"), "# outside\n")?;
        case.lay_out(folder, &root)?;
        let before = Tree::read(&root)?;
        let seen = run(case, &root, &case.args)?;
        let after = Tree::read(&root)?;
        Ok(Self { case, folder, home, before, after, seen, problems: Vec::new(), record: String::new() })
    }

    /// The repository.
    pub(crate) fn root(&self) -> PathBuf {
        self.home.path().join("repository")
    }

    fn must(&mut self, holds: bool, what: impl FnOnce() -> String) {
        if !holds {
            self.problems.push(what());
        }
    }

    /// Every rule; all that is broken is told together.
    pub(crate) fn all(&mut self) -> Result<(), Failed> {
        self.write_record();
        self.status();
        self.texts();
        self.files();
        match (self.case.args.first().map(String::as_str), self.seen.status) {
            (Some("check"), _) => {
                self.findings()?;
                self.generate_after_check()?;
            }
            (Some("generate"), Some(0)) if self.case.args.len() == 1 => self.generate_again()?,
            (Some("add"), Some(0)) if !self.case.args.contains(&"--list".to_owned()) => self.add_again()?,
            (Some("init"), Some(0)) => self.check_after_init()?,
            _ => {}
        }
        self.follow()?;
        self.wanted()?;
        if self.problems.is_empty() {
            return Ok(());
        }
        Err(format!("{}\n\n{}", self.problems.join("\n"), self.record).into())
    }

    /// What is kept as `out.snap`.
    pub(crate) fn record(&self) -> &str {
        &self.record
    }

    fn write_record(&mut self) {
        let status = self.seen.status.map_or("killed".to_owned(), |status| status.to_string());
        let mut out = format!("exit {status}\n");
        let files = self.before.diff(&self.after);
        let parts = [("stdout", &self.seen.stdout), ("stderr", &self.seen.stderr), ("files", &files)];
        for (title, text) in parts {
            if !text.is_empty() {
                let _ = write!(out, "── {title} ──\n{text}");
                if !text.ends_with('\n') {
                    out.push('\n');
                }
            }
        }
        self.record = out;
    }

    fn status(&mut self) {
        let (status, exit) = (self.seen.status, self.case.exit);
        self.must(status == Some(exit), || format!("exit {status:?}, expected {exit}"));
    }

    fn texts(&mut self) {
        let all = format!("{}{}", self.seen.stdout, self.seen.stderr);
        for text in &self.case.says {
            self.must(all.contains(text), || format!("not said: {text}"));
        }
        self.no_harm(&all);
    }

    /// What no output may hold, whatever the files say.
    fn no_harm(&mut self, output: &str) {
        for text in self.case.hides.iter().map(String::as_str).chain([CANARY]) {
            self.must(!output.contains(text), || format!("shown: {text}"));
        }
        let control = output.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
        self.must(control.is_none(), || format!("a control character reaches the terminal: {control:?}"));
        let command = output.lines().find(|line| {
            let line = line.trim_start();
            line.starts_with("::") || line.starts_with("##[")
        });
        self.must(command.is_none(), || format!("a line that a CI runner takes for a command: {command:?}"));
        self.must(!output.contains("panicked at"), || "it panicked".to_owned());
    }

    fn files(&mut self) {
        let writes = self.case.args.first();
        let writes = writes.is_some_and(|command| matches!(command.as_str(), "generate" | "add" | "init"));
        if !writes || self.seen.status == Some(1) {
            let diff = self.before.diff(&self.after);
            self.must(diff.is_empty(), || format!("files changed:\n{diff}"));
        }
        let strays: Vec<&str> = self.after.paths().filter(|path| path.contains(".tmp")).collect();
        let strays = strays.join(", ");
        self.must(strays.is_empty(), || format!("left behind: {strays}"));
    }

    /// The commands that follow succeed.
    fn follow(&mut self) -> Result<(), Failed> {
        for arguments in &self.case.then {
            let before = Tree::read(&self.root())?;
            let seen = run(self.case, &self.root(), arguments)?;
            self.no_harm(&format!("{}{}", seen.stdout, seen.stderr));
            let status = seen.status;
            self.must(status == Some(0), || {
                format!("{arguments:?} exits {status:?}\n{}{}", seen.stdout, seen.stderr)
            });
            self.after = Tree::read(&self.root())?;
            let changed = before.diff(&self.after);
            let page = if arguments.first().is_some_and(|command| command == "runbook") {
                &*seen.stdout
            } else {
                ""
            };
            if !changed.is_empty() || !page.is_empty() {
                let _ = write!(self.record, "── {} ──\n{changed}{page}", arguments.join(" "));
            }
        }
        Ok(())
    }

    /// In the end files are as in the base, or as in the case's own `want/`.
    fn wanted(&mut self) -> Result<(), Failed> {
        for path in &self.case.same {
            let base = self.case.base_folder().and_then(|base| std::fs::read(base.join(path)).ok());
            let same = base.as_deref() == self.after.file(path);
            self.must(same, || format!("{path} is not as in the base"));
        }
        let folder = self.folder.join("want");
        if folder.is_dir() {
            let want = Tree::read(&folder)?;
            for (path, bytes) in want.files() {
                let same = self.after.file(path) == Some(bytes);
                self.must(same, || format!("{path} is not as in want/"));
            }
        }
        Ok(())
    }

    /// What was added is there: to add it again changes nothing.
    fn add_again(&mut self) -> Result<(), Failed> {
        let seen = run(self.case, &self.root(), &self.case.args)?;
        let again = self.after.diff(&Tree::read(&self.root())?);
        let nothing = seen.status == Some(0) && again.is_empty() && !seen.stderr.is_empty();
        self.must(nothing, || format!("added again: exit {:?}\n{again}{}", seen.status, seen.stderr));
        Ok(())
    }

    /// A new spec can be checked at once, and isn't overwritten.
    fn check_after_init(&mut self) -> Result<(), Failed> {
        let spec = self.case.args.iter().skip_while(|argument| *argument != "--spec").take(2);
        let arguments: Vec<String> = std::iter::once("check".to_owned()).chain(spec.cloned()).collect();
        let check = run(self.case, &self.root(), &arguments)?;
        self.must(check.status != Some(1), || format!("check after init:\n{}{}", check.stdout, check.stderr));
        let _ = write!(self.record, "── check ──\n{}", check.stdout);
        let seen = run(self.case, &self.root(), &self.case.args)?;
        let again = self.after.diff(&Tree::read(&self.root())?);
        self.must(seen.status == Some(1) && again.is_empty(), || format!("a second init:\n{again}"));
        Ok(())
    }

    /// The findings of `--format json` are the expected ones and no others, and stand where they say.
    fn findings(&mut self) -> Result<(), Failed> {
        let mut arguments = self.case.args.clone();
        arguments.extend(["--format".to_owned(), "json".to_owned()]);
        let json = run(self.case, &self.root(), &arguments)?;
        let (status, human) = (json.status, self.seen.status);
        self.must(status == human, || format!("json exits {status:?}, human {human:?}"));
        self.no_harm(&format!("{}{}", json.stdout, json.stderr));
        let report: Value = match serde_json::from_str(&json.stdout) {
            Ok(report) => report,
            Err(error) => {
                self.problems.push(format!("--format json: {error}\n{}", json.stdout));
                return Ok(());
            }
        };
        let empty = Vec::new();
        let root = self.root();
        let findings: Vec<Finding> = report["findings"]
            .as_array()
            .unwrap_or(&empty)
            .iter()
            .map(|value| Finding::new(value, &root))
            .collect();
        let mut met = vec![false; findings.len()];
        for line in &self.case.expect {
            let expectation = Expectation::parse(line);
            let mut found = false;
            for (at, finding) in findings.iter().enumerate() {
                if expectation.meets(finding) {
                    met[at] = true;
                    found = true;
                }
            }
            self.must(found || expectation.optional, || format!("not found: {line}"));
        }
        // A run that failed is judged by what it says: its codes are the spec's and the files' errors.
        let judged = self.case.exit != 1 || !self.case.expect.is_empty();
        for (at, finding) in findings.iter().enumerate() {
            let expected = met[at] || finding.severity == "note" || !judged;
            self.must(expected, || format!("unexpected: {finding:?}"));
            let known = finding.place.is_empty()
                || self.seen.stdout.contains(&finding.place)
                || self.seen.stderr.contains(&finding.place);
            self.must(known, || format!("json says {}, the text for people does not", finding.place));
            let line = finding.place.is_empty() || finding.line.is_some();
            self.must(line, || format!("{} is no place in a file", finding.place));
        }
        Ok(())
    }

    fn generate_after_check(&mut self) -> Result<(), Failed> {
        if self.case.exit == 1 {
            let seen = self.command(&["generate"])?;
            self.must(seen.status == Some(1), || format!("generate exits {:?}, expected 1", seen.status));
            let changed = self.before.diff(&Tree::read(&self.root())?);
            self.must(changed.is_empty(), || format!("generate wrote though check failed:\n{changed}"));
            return Ok(());
        }
        let first = self.command(&["generate"])?;
        let after = Tree::read(&self.root())?;
        let changed = self.before.diff(&after);
        if !changed.is_empty() {
            let _ = write!(self.record, "── generate ──\n{changed}");
        }
        let expected = match (self.case.generate, self.case.exit) {
            (None, 0) => {
                self.must(changed.is_empty(), || format!("clean, but generate writes:\n{changed}"));
                Some(0)
            }
            (None, _) => None,
            (Some(Generate::Cures | Generate::Restores), _) => Some(0),
            (Some(Generate::Holds), _) => Some(2),
            (Some(Generate::Leaves), _) => {
                self.must(changed.is_empty(), || {
                    format!("not generate's to mend, but it writes:\n{changed}")
                });
                None
            }
        };
        if let Some(expected) = expected {
            let said = || {
                format!(
                    "generate exits {:?}, expected {expected}\n{}{}",
                    first.status, first.stdout, first.stderr
                )
            };
            self.must(first.status == Some(expected), said);
        }
        let second = self.command(&["check"])?;
        match self.case.generate {
            Some(Generate::Cures | Generate::Restores) => {
                self.must(second.status == Some(0), || {
                    format!("after generate, check says:\n{}", second.stdout)
                });
            }
            Some(Generate::Holds) => {
                self.must(second.status == Some(2), || "after generate, check is clean".to_owned());
            }
            _ => {}
        }
        if self.case.generate == Some(Generate::Restores)
            && let Some(base) = self.case.base_folder()
        {
            let base = Tree::read(&base)?;
            for path in base.paths() {
                self.must(base.file(path) == after.file(path), || format!("{path} is not the base's again"));
            }
        }
        self.generate_again()
    }

    /// A second `generate` has nothing left to do.
    fn generate_again(&mut self) -> Result<(), Failed> {
        let before = Tree::read(&self.root())?;
        self.command(&["generate"])?;
        let changed = before.diff(&Tree::read(&self.root())?);
        self.must(changed.is_empty(), || format!("a second generate writes again:\n{changed}"));
        Ok(())
    }

    fn command(&mut self, arguments: &[&str]) -> Result<Seen, Failed> {
        // The case's own arguments, such as --spec, stay; its command changes.
        let mut all: Vec<String> = self.case.args.clone();
        all.splice(0..1, arguments.iter().map(|&argument| argument.to_owned()));
        for flag in ["--fail-on", "--format"] {
            if let Some(at) = all.iter().position(|argument| argument == flag) {
                all.drain(at..at + 2);
            }
        }
        all.retain(|argument| argument != "--exit-zero");
        let seen = run(self.case, &self.root(), &all)?;
        self.no_harm(&format!("{}{}", seen.stdout, seen.stderr));
        Ok(seen)
    }
}

/// Runs `secretform`, with nothing in its environment that could change what it says.
pub(crate) fn run(case: &Case, root: &Path, arguments: &[String]) -> Result<Seen, Failed> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_secretform"));
    command.args(arguments).env_clear().envs(&case.env);
    command.current_dir(case.cwd.as_ref().map_or(root.to_owned(), |cwd| root.join(cwd)));
    let output = command.stdin(std::process::Stdio::null()).output()?;
    let text = |bytes: Vec<u8>| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let home = root.parent().unwrap_or(root);
        let real = home.canonicalize().unwrap_or(home.to_owned());
        text.replace(&*home.to_string_lossy(), "[home]").replace(&*real.to_string_lossy(), "[home]")
    };
    Ok(Seen { status: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) })
}

/// A finding of the report for machines.
#[derive(Debug)]
struct Finding {
    code: String,
    severity: String,
    address: String,
    /// `file:line:column`, or empty.
    place: String,
    /// The line's text, if the place is one.
    line: Option<String>,
}

impl Finding {
    fn new(value: &Value, root: &Path) -> Self {
        let text = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
        let (file, line, column) = (text("file"), value["line"].as_u64(), value["column"].as_u64());
        let place = match (line, column) {
            (Some(line), Some(column)) => format!("{file}:{line}:{column}"),
            _ => String::new(),
        };
        let line = line.and_then(|line| usize::try_from(line).ok()).and_then(|line| {
            let text = String::from_utf8_lossy(&std::fs::read(root.join(&file)).ok()?).into_owned();
            text.split('\n').nth(line.checked_sub(1)?).map(str::to_owned)
        });
        Self { code: text("code"), severity: text("severity"), address: text("address"), place, line }
    }
}

/// One line of `expect`.
struct Expectation<'t> {
    optional: bool,
    codes: Vec<&'t str>,
    address: Option<&'t str>,
    line: Option<&'t str>,
}

impl<'t> Expectation<'t> {
    fn parse(text: &'t str) -> Self {
        let (optional, text) = match text.strip_prefix("? ") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (head, line) = match text.split_once(" | ") {
            Some((head, line)) => (head, Some(line)),
            None => (text, None),
        };
        let (codes, address) = match head.split_once(' ') {
            Some((codes, address)) => (codes, Some(address)),
            None => (head, None),
        };
        Self { optional, codes: codes.split('/').collect(), address, line }
    }

    fn meets(&self, finding: &Finding) -> bool {
        let address = |address: &str| match address.strip_suffix('…') {
            Some(start) => finding.address.starts_with(start),
            None => finding.address == address,
        };
        self.codes.contains(&finding.code.as_str())
            && self.address.is_none_or(address)
            && self.line.is_none_or(|line| finding.line.as_ref().is_some_and(|text| text.contains(line)))
    }
}
