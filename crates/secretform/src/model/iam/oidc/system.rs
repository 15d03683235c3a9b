//! CI systems whose tokens AWS takes, as data: who signs them, for whom, and what their `sub`
//! says. GitHub has a grammar of its own.

use std::collections::BTreeMap;

use super::github::check_ref;
use super::{Audience, IssuerUrl, Subjects, Trust};
use crate::model::{Errors, Invalid, InvalidKind, Terms, Text};

/// A CI system. In its texts `<word>` stands for what is said of it.
///
/// Source: the vendors' pages on OpenID Connect with AWS; IAM User Guide, *Identity-provider
/// controls for shared OIDC providers*.
#[derive(Debug)]
pub struct System {
    /// What the spec calls it.
    pub name: &'static str,
    issuer: &'static str,
    audience: &'static str,
    /// What may be said of its jobs.
    pub words: &'static [SystemWord],
    subjects: &'static [Pattern],
}

/// Something that is said of a system's jobs.
#[derive(Debug)]
pub struct SystemWord {
    /// As the spec has it.
    pub name: &'static str,
    /// Whether it must be said.
    pub required: bool,
    /// One text, or a list.
    pub takes: Takes,
    /// What it means.
    pub about: &'static str,
    default: Option<&'static str>,
    /// What a text must be, in words, and whether it is.
    check: (&'static str, fn(&Text) -> bool),
}

/// How much of a word there may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// One text that is known.
    One,
    /// A list, of which Terraform may know more.
    Many,
}

/// A form of `sub`, and the word that it needs or that excludes it.
#[derive(Debug)]
struct Pattern {
    when: When,
    text: &'static str,
}

#[derive(Debug)]
enum When {
    Always,
    Said(&'static str),
    Unsaid(&'static str),
}

const fn word(
    name: &'static str,
    takes: Takes,
    check: (&'static str, fn(&Text) -> bool),
    about: &'static str,
) -> SystemWord {
    SystemWord { name, required: false, takes, about, default: None, check }
}

impl SystemWord {
    const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    const fn or(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }
}

type Check = (&'static str, fn(&Text) -> bool);

const NAME: Check = ("one name, without : / * and ?", |text| is_name(text, &[':', '/', '*', '?']));
const NAMES: Check = ("a name without : and /, not all of it wildcards", |text| {
    is_name(text, &[':', '/'])
        && (text.as_literal().is_none() || text.literals().any(|it| it.contains(|c| !matches!(c, '*' | '?'))))
});
const PATH: Check = ("GROUP/PROJECT, without : * and ?", |text| {
    let literal = text.as_literal().unwrap_or_default();
    is_name(text, &[':', '*', '?']) && literal.trim_matches('/') == literal && literal.contains('/')
});
const UUID: Check = ("a UUID", |text| {
    let bare = bare_uuid(text.as_literal().unwrap_or_default());
    let lengths: Vec<usize> = bare.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && bare.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
});
const BRANCH: Check = ("a branch or tag as git calls it, such as main", |text| {
    check_ref(InvalidKind::GitHubBranch, text).is_ok()
});
const PHASE: Check =
    ("plan or apply", |text| text.as_literal().is_none_or(|text| matches!(text, "plan" | "apply")));
const HOST: Check = ("a host's name", |text| {
    text.as_literal().is_some_and(|host| !host.contains('/') && IssuerUrl::new(host).is_ok())
});
const URL: Check =
    ("an https address", |text| text.as_literal().is_some_and(|url| IssuerUrl::new(url).is_ok()));
const AUDIENCE: Check =
    ("an audience", |text| text.as_literal().is_some_and(|audience| Audience::new(audience).is_ok()));
const SUBJECT: Check = ("a `sub`, not all of it wildcards", |text| {
    !text.is_empty()
        && (text.as_literal().is_none() || text.literals().any(|it| it.contains(|c| !matches!(c, '*' | '?'))))
});

const ONE: Takes = Takes::One;
const MANY: Takes = Takes::Many;

const fn pattern(when: When, text: &'static str) -> Pattern {
    Pattern { when, text }
}

static SYSTEMS: [System; 6] = [
    System {
        name: "gitlab",
        issuer: "<host>",
        audience: "https://<host>",
        words: &[
            word("project", ONE, PATH, "the project, `\"GROUP/PROJECT\"`").required(),
            word("branches", MANY, BRANCH, "jobs of these branches"),
            word("tags", MANY, BRANCH, "jobs of these tags"),
            word("host", ONE, HOST, "a GitLab of one's own").or("gitlab.com"),
        ],
        subjects: &[
            pattern(When::Said("branches"), "project_path:<project>:ref_type:branch:ref:<branches>"),
            pattern(When::Said("tags"), "project_path:<project>:ref_type:tag:ref:<tags>"),
        ],
    },
    System {
        name: "bitbucket",
        issuer: "api.bitbucket.org/2.0/workspaces/<workspace>/pipelines-config/identity/oidc",
        audience: "ari:cloud:bitbucket::workspace/<workspace_id>",
        words: &[
            word("workspace", ONE, NAME, "the workspace, as its address has it").required(),
            word("workspace_id", ONE, UUID, "the workspace's UUID").required(),
            word("repository_id", ONE, UUID, "the repository's UUID").required(),
            word("environment_id", ONE, UUID, "the UUID of a deployment environment"),
        ],
        subjects: &[
            pattern(When::Said("environment_id"), "{<repository_id>}:{<environment_id>}:*"),
            pattern(When::Unsaid("environment_id"), "{<repository_id>}:*"),
        ],
    },
    System {
        name: "circleci",
        issuer: "oidc.circleci.com/org/<organization_id>",
        audience: "<organization_id>",
        words: &[
            word("organization_id", ONE, UUID, "the organization's UUID").required(),
            word("project_ids", MANY, UUID, "jobs of these projects; absent: of all of the organization"),
        ],
        subjects: &[pattern(When::Always, "org/<organization_id>/project/<project_ids>/user/*")],
    },
    System {
        name: "buildkite",
        issuer: "agent.buildkite.com",
        audience: "sts.amazonaws.com",
        words: &[
            word("organization", ONE, NAME, "the organization's slug").required(),
            word("pipelines", MANY, NAMES, "the pipelines' slugs").required(),
            word("branches", MANY, BRANCH, "jobs of these branches; absent: of all branches and tags"),
        ],
        subjects: &[
            pattern(
                When::Said("branches"),
                "organization:<organization>:pipeline:<pipelines>:ref:refs/heads/<branches>:commit:*",
            ),
            pattern(When::Unsaid("branches"), "organization:<organization>:pipeline:<pipelines>:ref:*"),
        ],
    },
    System {
        name: "hcp_terraform",
        issuer: "app.terraform.io",
        audience: "aws.workload.identity",
        words: &[
            word("organization", ONE, NAME, "the organization").required(),
            word("project", ONE, NAME, "the project; absent: any of the organization"),
            word("workspaces", MANY, NAMES, "the workspaces").required(),
            word("run_phases", MANY, PHASE, "`\"plan\"`, `\"apply\"`; absent: both"),
        ],
        subjects: &[pattern(
            When::Always,
            "organization:<organization>:project:<project>:workspace:<workspaces>:run_phase:<run_phases>",
        )],
    },
    System {
        name: "issuer",
        issuer: "<url>",
        audience: "<audience>",
        words: &[
            word("url", ONE, URL, "who signs the tokens: the `iss` claim").required(),
            word("audience", ONE, AUDIENCE, "whom they are for: the `aud` claim").required(),
            word("subjects", MANY, SUBJECT, "the `sub` claims, `*` and `?` within").required(),
        ],
        subjects: &[pattern(When::Always, "<subjects>")],
    },
];

impl System {
    /// Every system there is, but for GitHub.
    pub fn all() -> &'static [System] {
        &SYSTEMS
    }

    /// The system of this name.
    pub fn named(name: &str) -> Option<&'static System> {
        SYSTEMS.iter().find(|system| system.name == name)
    }

    /// What may be said under this name.
    pub fn word(&self, name: &str) -> Option<&'static SystemWord> {
        self.words.iter().find(|word| word.name == name)
    }

    /// A trust in some of its jobs, under construction.
    pub fn builder(&'static self) -> SystemBuilder {
        SystemBuilder { system: self, said: BTreeMap::new(), audience: None, errors: Vec::new() }
    }
}

/// A [`Trust`] in a system's jobs, under construction.
#[derive(Clone, Debug)]
#[must_use]
pub struct SystemBuilder {
    system: &'static System,
    said: BTreeMap<&'static str, Terms<Text>>,
    audience: Option<Audience>,
    errors: Vec<Invalid>,
}

impl SystemBuilder {
    /// Says a word: one text, or a list.
    pub fn say(mut self, name: &str, texts: impl Into<Terms<Text>>) -> Self {
        let Some(word) = self.system.word(name) else {
            self.errors.push(Invalid::new(InvalidKind::SystemWord, name).detail("no such word"));
            return self;
        };
        let texts = texts.into();
        let (rule, check) = word.check;
        for text in texts.items().iter().filter(|text| !check(text)) {
            let detail = format!("`{name}` takes {rule}");
            self.errors.push(Invalid::new(InvalidKind::SystemWord, text).detail(detail));
        }
        let plain = if rule == UUID.0 {
            texts.items().iter().map(|text| text.map_literals(|uuid| bare_uuid(uuid).to_owned())).collect()
        } else {
            texts
        };
        self.said.insert(word.name, plain);
        self
    }

    /// Another audience than the system's own.
    pub fn audience(mut self, audience: Audience) -> Self {
        self.audience = Some(audience);
        self
    }

    /// The trust, or all that is wrong.
    pub fn build(mut self) -> Result<Trust, Errors> {
        for word in self.system.words.iter().filter(|word| word.required) {
            if self.said.get(word.name).is_none_or(Terms::is_empty) {
                let missing = Invalid::new(InvalidKind::SystemWordMissing, word.name);
                self.errors.push(missing.detail(word.about));
            }
        }
        if !self.errors.is_empty() {
            return Err(Errors(self.errors));
        }
        let issuer = IssuerUrl::new(self.filled(self.system.issuer))?;
        let audience = match self.audience.take() {
            Some(audience) => audience,
            None => Audience::new(self.filled(self.system.audience))?,
        };
        let mut subjects = Subjects::default();
        for pattern in self.system.subjects {
            let applies = match pattern.when {
                When::Always => true,
                When::Said(word) => self.said.contains_key(word),
                When::Unsaid(word) => !self.said.contains_key(word),
            };
            if applies {
                self.expand(pattern.text, &mut subjects)?;
            }
        }
        Ok(Trust::new(issuer, audience, subjects)?)
    }

    /// One text that is known, in place of each word.
    fn one(&self, name: &str) -> String {
        let said = self.said.get(name).and_then(|texts| texts.items().first()).map(ToString::to_string);
        let default = || self.system.word(name).and_then(|word| word.default).unwrap_or("*");
        said.unwrap_or_else(|| default().to_owned())
    }

    fn filled(&self, text: &str) -> String {
        let mut out = String::new();
        let mut rest = text;
        while let Some((before, word, after)) = hole(rest) {
            out.push_str(before);
            out.push_str(&self.one(word));
            rest = after;
        }
        out + rest
    }

    /// Every combination of the lists in a form of `sub`. Of two lists none may be Terraform's:
    /// their product only Terraform could make.
    fn expand(&self, text: &str, out: &mut Subjects) -> Result<(), Invalid> {
        let mut begun = vec![Text::new()];
        let mut rest = text;
        while let Some((before, word, after)) = hole(rest) {
            begun.iter_mut().for_each(|text| text.push_str(before));
            match self.list(word) {
                Some(list) if !list.joined().is_empty() => {
                    let [Some(before)] = begun.iter().map(Text::as_literal).collect::<Vec<_>>()[..] else {
                        return Err(two_lists(word));
                    };
                    let mut behind = after;
                    while let Some((_, other, after)) = hole(behind) {
                        if self.list(other).is_some() {
                            return Err(two_lists(word));
                        }
                        behind = after;
                    }
                    out.add(list, before, &self.filled(after));
                    return Ok(());
                }
                Some(list) => {
                    let each = |text: &Text| -> Vec<Text> {
                        let with = |item: &Text| {
                            let mut text = text.clone();
                            text.push(item);
                            text
                        };
                        list.items().iter().map(with).collect()
                    };
                    begun = begun.iter().flat_map(each).collect();
                }
                None => begun.iter_mut().for_each(|text| text.push_str(&self.one(word))),
            }
            rest = after;
        }
        begun.iter_mut().for_each(|text| text.push_str(rest));
        out.add(&begun.into(), "", "");
        Ok(())
    }

    /// What is said of a word that takes a list.
    fn list(&self, name: &str) -> Option<&Terms<Text>> {
        let many = self.system.word(name).is_some_and(|word| word.takes == MANY);
        self.said.get(name).filter(|_| many)
    }
}

fn two_lists(word: &str) -> Invalid {
    let detail = format!("`{word}` is an expression, and another list stands beside it");
    Invalid::new(InvalidKind::SystemWord, word).detail(detail)
}

/// What stands before the first `<word>`, the word, and what follows.
fn hole(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('<')?;
    let (word, after) = rest.split_once('>')?;
    Some((before, word, after))
}

fn is_name(text: &Text, without: &[char]) -> bool {
    !text.is_empty()
        && text.literals().all(|literal| !literal.contains(without) && !literal.contains(char::is_control))
}

/// A UUID without the braces that Bitbucket shows around it.
fn bare_uuid(text: &str) -> &str {
    text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).unwrap_or(text)
}

#[cfg(test)]
mod tests;
