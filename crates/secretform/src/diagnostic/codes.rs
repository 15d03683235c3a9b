//! Every code there is. A code keeps its meaning for ever and is never reused.

use super::{Rule, Severity};

/// One line a rule: constant, code, name, severity, and `seen` where lowering it needs a digest.
macro_rules! rules {
    ($($(#[$doc:meta])* $constant:ident $code:literal $name:literal $severity:ident $($seen:ident)?;)*) => {
        $(
            $(#[$doc])*
            pub const $constant: Rule = Rule {
                code: $code,
                name: $name,
                severity: Severity::$severity,
                page: include_str!(concat!("../../codes/", $code, ".md")),
                needs_seen: rules!(@seen $($seen)?),
            };
        )*
        /// All rules, in order of their codes.
        pub const ALL: &[Rule] = &[$($constant),*];
    };
    (@seen) => { false };
    (@seen seen) => { true };
}

rules! {
    /// A file isn't HCL that Terraform would take.
    HCL_SYNTAX "SF001" "hcl-syntax" Error;
    /// The spec has a block, attribute or value word that its language doesn't know.
    UNKNOWN_WORD "SF002" "unknown-word" Error;
    /// A value in the spec is of another type or kind than its attribute takes.
    WRONG_TYPE "SF003" "wrong-type" Error;
    /// The spec lacks a block or attribute that is required.
    MISSING_WORD "SF004" "missing-word" Error;
    /// The spec refers to a group, secret or field that it doesn't declare.
    UNKNOWN_REFERENCE "SF005" "unknown-reference" Error;
    /// The spec declares one thing twice.
    DECLARED_TWICE "SF006" "declared-twice" Error;
    /// A value in the spec breaks a rule of AWS.
    INVALID_VALUE "SF007" "invalid-value" Error;
    /// The spec uses a part of its language that this version can't do yet.
    NOT_YET "SF008" "not-yet" Error;
    /// There is no spec, or there are two.
    SPEC_NOT_FOUND "SF009" "spec-not-found" Error;
    /// A file that Terraform would read can't be read.
    UNREADABLE_FILE "SF010" "unreadable-file" Error;
    /// A path or link leads out of the repository.
    OUTSIDE_REPOSITORY "SF011" "outside-repository" Error;
    /// A file isn't JSON, or isn't an IAM policy.
    JSON_SYNTAX "SF012" "json-syntax" Error;
    /// A file couldn't be written, or changed while the run went on.
    WRITE_FAILED "SF013" "write-failed" Error;
    /// What was about to be written doesn't read back as intended.
    READ_BACK_FAILED "SF014" "read-back-failed" Error;
    /// `add` can't put into the spec what it was asked to.
    CANNOT_ADD "SF015" "cannot-add" Error;
    /// A preset's file is no preset.
    BROKEN_PRESET "SF016" "broken-preset" Error;
    /// A template of somebody's loses or changes what it lays out, or can't be expanded.
    BROKEN_TEMPLATE "SF017" "broken-template" Error;
    /// The runbook is asked for something that the spec doesn't declare.
    NOT_DECLARED "SF018" "not-declared" Error;
    /// `init` was asked for a spec where there is one.
    SPEC_EXISTS "SF019" "spec-exists" Error;

    /// Something declared stands nowhere.
    MISSING "SF101" "missing" Error;
    /// Something declared stands there with another meaning.
    CHANGED "SF102" "changed" Error;
    /// A secret that the spec doesn't name; outside of declared prefixes it is reported as a warning.
    UNMANAGED "SF103" "unmanaged" Error;
    /// Two blocks for one address.
    DUPLICATE_ADDRESS "SF104" "duplicate-address" Error;
    /// One name at two addresses, or at another address than declared.
    DUPLICATE_NAME "SF105" "duplicate-name" Error;
    /// A policy or rotation resource on an owned secret that the spec doesn't declare.
    UNDECLARED_COMPANION "SF106" "undeclared-companion" Error;
    /// A secret's value passes through Terraform's state.
    VALUE_IN_STATE "SF107" "value-in-state" Error seen;
    /// An owned block has an argument that secretform doesn't know.
    UNKNOWN_ARGUMENT "SF108" "unknown-argument" Error;
    /// A statement that the spec doesn't declare, in a document that it owns whole.
    FOREIGN_STATEMENT "SF109" "foreign-statement" Error;
    /// Somebody reads a declared secret without being a reader of the spec.
    UNDECLARED_READER "SF110" "undeclared-reader" Error seen;

    /// Nothing in a trust policy asks whose job an OIDC token is of.
    TRUST_UNSCOPED "SF120" "trust-unscoped" Error;
    /// A value in a trust policy lets in jobs of others.
    TRUST_LOOSE "SF121" "trust-loose" Error;
    /// A condition of a trust policy also holds for a token that lacks the claim.
    TRUST_ABSENT "SF122" "trust-absent" Error;
    /// A condition of a trust policy, or one value of it, that never holds.
    TRUST_DEAD "SF123" "trust-dead" Error;
    /// A trust policy that lets every AWS account in.
    TRUST_ANYONE "SF124" "trust-anyone" Error;
    /// A statement of a trust policy that allows all but something, or more than it needs.
    TRUST_WIDE "SF125" "trust-wide" Error;

    /// What only a run of Terraform could tell.
    UNRESOLVED "SF201" "unresolved" Error seen;
    /// A file or block that this version doesn't read and that could speak of what the spec declares.
    UNREAD "SF202" "unread" Error seen;
    /// Which existing statement a declared one is can't be told.
    AMBIGUOUS_STATEMENT "SF203" "ambiguous-statement" Error seen;
    /// A `moved`, `removed` or `import` block on an owned address.
    STATE_BLOCK "SF204" "state-block" Error seen;

    /// A value in existing Terraform breaks a rule of AWS.
    BREAKS_AWS_RULE "SF301" "breaks-aws-rule" Warning;
    /// `ignore_changes` covers something that the spec declares.
    IGNORED_CHANGE "SF302" "ignored-change" Warning;
    /// Nothing consumes an owned document.
    UNUSED_DOCUMENT "SF303" "unused-document" Warning;
    /// A wildcard covers more names than its prefix seems to say.
    LOOSE_PREFIX "SF304" "loose-prefix" Warning;
    /// A secret's name ends as the random suffix of an ARN does.
    NAME_LIKE_ARN "SF305" "name-like-arn" Warning;
    /// A variable that stands in an ARN brings a `*` or `:` with it.
    WILDCARD_VARIABLE "SF306" "wildcard-variable" Error;
    /// A `rule` of the spec that matches nothing.
    IDLE_RULE "SF307" "idle-rule" Warning;
    /// The provider of an owned block goes elsewhere than declared.
    PROVIDER_ELSEWHERE "SF308" "provider-elsewhere" Error;
    /// A trust policy that knows repositories by name alone.
    TRUST_BY_NAME "SF320" "trust-by-name" Warning;
    /// A trust policy that doesn't ask for whom a token is made, or for somebody unusual.
    TRUST_AUDIENCE "SF321" "trust-audience" Warning;
    /// Pull requests can assume a role that reads secrets.
    TRUST_PULL_REQUEST "SF322" "trust-pull-request" Warning;
    /// A condition of a trust policy that always holds.
    TRUST_IDLE "SF323" "trust-idle" Warning;
    /// Whom a trust policy lets in can't be known before Terraform runs.
    TRUST_UNRESOLVED "SF324" "trust-unresolved" Warning;
}

/// The rule of a code such as `SF102`, also in lower case, or of a name such as `changed`.
pub fn find(code_or_name: &str) -> Option<&'static Rule> {
    ALL.iter().find(|rule| rule.code.eq_ignore_ascii_case(code_or_name) || rule.name == code_or_name)
}

/// The page of a code or name: Markdown that says what it means, why, an example, the fix.
pub fn explain(code_or_name: &str) -> Option<&'static str> {
    find(code_or_name).map(|rule| rule.page)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn codes_ascend_and_codes_and_names_are_unique() {
        assert!(ALL.windows(2).all(|pair| pair[0].code < pair[1].code));
        let names: BTreeSet<_> = ALL.iter().map(|rule| rule.name).collect();
        assert_eq!(names.len(), ALL.len());
        for rule in ALL {
            assert!(rule.code.len() == 5 && rule.code.starts_with("SF"), "{}", rule.code);
            assert!(rule.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", rule.name);
        }
    }

    #[test]
    fn every_rule_has_its_page_and_every_page_its_rule() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/codes");
        let mut pages: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        pages.sort();
        let expected: Vec<String> = ALL.iter().map(|rule| format!("{}.md", rule.code)).collect();
        assert_eq!(pages, expected);
    }

    #[test]
    fn every_page_says_what_why_example_fix_and_its_severity() {
        for rule in ALL {
            let code = rule.code;
            let mut rest = rule.page;
            let severity = format!("\n\nSeverity: {}", rule.severity.name());
            for part in [
                &*format!("# {code}: {}", rule.name),
                &severity,
                "\n## Why\n",
                "\n## Example\n",
                "\n## Fix\n",
            ] {
                let at =
                    rest.find(part).unwrap_or_else(|| panic!("{code} lacks {part:?}, or has it elsewhere"));
                rest = &rest[at + part.len()..];
            }
            assert!(rule.page.starts_with("# "), "{code}");
            assert_eq!(rule.page.contains("must carry `seen`"), rule.needs_seen, "{code}");
            assert_eq!(rule.page.matches("\n```").count() % 2, 0, "{code} leaves a fence open");
            assert!(rule.page.ends_with('\n') && !rule.page.contains('\t'), "{code}");
        }
    }

    #[test]
    fn codes_are_found_in_either_case_and_by_name() {
        assert_eq!(find("sf102"), Some(&CHANGED));
        assert_eq!(find("changed"), Some(&CHANGED));
        assert_eq!(explain("SF999"), None);
    }
}
