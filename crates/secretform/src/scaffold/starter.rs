//! The first spec of a repository: what was found, what wasn't, and what comes next, in comments.

use std::fmt::Write as _;

use super::survey::{ACCOUNTS, Candidate, Container, REGIONS, Survey};
use crate::model::{Label, Model, Read};
use crate::syntax::{self, escape::quote, is_formatted};

/// How many containers are named.
const MOST: usize = 40;

/// What a starter is made of.
#[derive(Clone, Copy, Debug)]
pub struct Starter<'a> {
    /// The Terraform directory, from the spec's folder, and what was seen there, if one was found.
    pub directory: Option<(&'a str, &'a Survey)>,
    /// Other directories with AWS in them, from the spec's folder.
    pub others: &'a [String],
}

impl Starter<'_> {
    /// The text of the spec.
    pub fn text(&self) -> String {
        let mut out = String::from(
            "# Every secret of this repository, and who may read it. `secretform generate` writes the Terraform\n\
             # and IAM of it, `secretform check` says where they differ from it.\n\n",
        );
        self.terraform(&mut out);
        out += "\n# What every secret inherits.\n# defaults {\n#   tags = { Name = secret.name, ManagedBy = \"terraform\" }\n# }\n";
        out += "\n# A system that is known comes by a command; `secretform add --list` names them:\n#   secretform add airbyte --reader ci\n";
        match self.directory {
            Some((directory, survey)) if !survey.secrets.is_empty() => {
                containers(&mut out, directory, survey)
            }
            _ => out += GROUP,
        }
        reader(&mut out, self.directory.map(|(_, survey)| survey));
        match syntax::format(out.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok()) {
            Some(formatted) if is_formatted(out.as_bytes()) != Ok(true) => formatted,
            _ => out,
        }
    }

    fn terraform(&self, out: &mut String) {
        *out += "terraform {\n";
        let survey = self.directory.map(|(_, survey)| survey);
        match self.directory {
            Some((directory, _)) => {
                let _ = writeln!(out, "directory = {}", quote(directory));
            }
            None => {
                *out +=
                    "# No directory with Terraform for AWS was found: say where it is.\ndirectory = \".\"\n"
            }
        }
        if !self.others.is_empty() {
            let others: Vec<String> = self.others.iter().map(|other| shown(other)).collect();
            let _ = writeln!(out, "# AWS is in {} too; a spec speaks of one directory.", others.join(", "));
        }
        let region = survey.and_then(Survey::region);
        setting(out, "region", region, &REGIONS);
        let account = survey.and_then(Survey::account);
        setting(out, "account_id", account, &ACCOUNTS);
        if let Some(file) = survey.and_then(most_used).filter(|file| *file != Model::DEFAULT_FILE) {
            let _ = writeln!(out, "file = {} # where most containers stand", quote(file));
        }
        *out += "}\n";
    }
}

const GROUP: &str = "
# A group is a prefix, a secret is a container. No value stands here: people set those.
# group \"billing\" {
#   secret \"api-credentials\" { # billing/api-credentials
#     description = \"API credentials of the billing system\"
#
#     field \"api_key\" {
#       sensitive = true
#     }
#   }
# }
";

/// A setting with where it comes from, or what was looked for in vain.
fn setting(out: &mut String, word: &str, found: Option<&Candidate>, names: &[&str]) {
    let _ = match found {
        Some(found) => writeln!(out, "{word} = {} # {}", found.expression, shown(&found.from)),
        None => {
            let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
            let names = names.join(" or ");
            writeln!(
                out,
                "# Not found: {word}, which grants need. Neither the provider says it nor a data source,\n\
                 # and no variable or local is called {names}.\n# {word} = …"
            )
        }
    };
}

/// The containers of one group by the labels that a spec would give them.
type Labelled<'s> = Vec<(&'s str, &'s Container)>;

/// The containers that stand there, as the blocks that would declare them.
fn containers(out: &mut String, directory: &str, survey: &Survey) {
    let _ = write!(
        out,
        "\n# What stands in {} and isn't declared yet. Without its `#` a group is the spec's\n\
         # own, and `secretform check` says what else it must say.\n",
        if directory == "." { "this directory".to_owned() } else { shown(directory) }
    );
    let mut groups: Vec<(Option<&str>, Labelled<'_>)> = Vec::new();
    let named = survey.secrets.iter().filter_map(|secret| Some((secret.name.as_deref()?, secret)));
    for (name, secret) in named.clone().take(MOST) {
        let (group, label) = group_of(name).map_or((None, name), |(group, label)| (Some(group), label));
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, secrets)) => secrets.push((label, secret)),
            None => groups.push((group, vec![(label, secret)])),
        }
    }
    for (group, secrets) in groups {
        let indent = if group.is_some() { "  " } else { "" };
        if let Some(group) = group {
            let _ = writeln!(out, "# group {} {{", quote(group));
        }
        for (label, secret) in secrets {
            let derived = Label::derived(group, label).is_ok_and(|derived| derived.as_str() == secret.label);
            let body =
                if derived { "{}".to_owned() } else { format!("{{ label = {} }}", quote(&secret.label)) };
            let _ = writeln!(out, "# {indent}secret {} {body} # {}", quote(label), shown(&secret.file));
        }
        if group.is_some() {
            *out += "# }\n";
        }
    }
    let more = named.count().saturating_sub(MOST);
    if more > 0 {
        let _ = writeln!(out, "# … and {more} more");
    }
    for secret in survey.secrets.iter().filter(|secret| secret.name.is_none()).take(MOST) {
        let (label, file) = (shown(&secret.label), shown(&secret.file));
        let _ =
            writeln!(out, "# aws_secretsmanager_secret.{label} in {file} has a name that isn't written out.");
    }
}

/// A reader of the first group that stands there, by the statement that seems to be its.
fn reader(out: &mut String, survey: Option<&Survey>) {
    let names =
        survey.into_iter().flat_map(|survey| &survey.secrets).filter_map(|secret| secret.name.as_deref());
    let group = names.filter_map(group_of).next().map_or("billing", |(group, _)| group);
    let read = Read::Group(group.to_owned());
    let _ = write!(
        out,
        "\n# Who reads, and where that is granted.\n# reader \"ci\" {{\n#   reads = [{read}]\n#\n"
    );
    match survey.and_then(|survey| survey.grant.as_ref()) {
        Some(grant) => {
            let sid = grant.sid.as_ref().map(|sid| format!(" {}", quote(sid))).unwrap_or_default();
            let _ = write!(
                out,
                "#   statement{sid} {{ # in a data \"aws_iam_policy_document\"\n\
                 #     file     = {}\n#     document = {}\n#   }}\n",
                quote(&grant.file),
                quote(&grant.document)
            );
        }
        None => *out += "#   policy_document \"ci\" {} # written to iam.tf\n",
    }
    *out += "# }\n";
}

/// The group that a name seems to be in, and its label there.
fn group_of(name: &str) -> Option<(&str, &str)> {
    name.split_once('/').filter(|(group, label)| !group.is_empty() && !label.is_empty())
}

/// The file in which most containers stand; of several the first.
fn most_used(survey: &Survey) -> Option<&str> {
    let count = |file: &str| survey.secrets.iter().filter(|secret| secret.file == file).count();
    let mut best: Option<&str> = None;
    for secret in &survey.secrets {
        if best.is_none_or(|best| count(&secret.file) > count(best)) {
            best = Some(&secret.file);
        }
    }
    best
}

/// A name in a comment: nothing of it ends the line.
fn shown(name: &str) -> String {
    let quoted = quote(name);
    quoted.trim_matches('"').to_owned()
}
