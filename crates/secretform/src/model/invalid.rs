//! Why a value can't be built: the rule that it breaks, in words, and the page that says so.

use std::borrow::Cow;
use std::fmt;

/// A value that AWS, Terraform or secretform refuses. Its [`Display`](fmt::Display) is one
/// sentence: the offending text and the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invalid {
    kind: InvalidKind,
    text: String,
    detail: Option<Cow<'static, str>>,
    subject: Option<Subject>,
}

/// Which of the things handed to a [`ModelBuilder`](super::ModelBuilder) is meant, by its
/// place in the order of adding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The group that was added at this place.
    Group(usize),
    /// The secret that was added at this place.
    Secret(usize),
    /// The grant at the second place of the reader that was added at the first.
    Grant(usize, usize),
    /// The reader that was added at this place.
    Reader(usize),
    /// The OIDC role that was added at this place.
    Oidc(usize),
}

impl Invalid {
    /// `text` breaks the rule of `kind`.
    pub(crate) fn new(kind: InvalidKind, text: impl fmt::Display) -> Self {
        Self { kind, text: text.to_string(), detail: None, subject: None }
    }

    /// Says what exactly is wrong, where the rule leaves it open.
    pub(crate) fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    pub(crate) fn subject_is(mut self, subject: Subject) -> Self {
        self.subject = Some(subject);
        self
    }

    /// Which rule is broken.
    pub fn kind(&self) -> InvalidKind {
        self.kind
    }

    /// The offending text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What exactly is wrong with it, where there is more to say than the rule: `513 characters`.
    pub fn what(&self) -> Option<&str> {
        self.detail.as_deref()
    }

    /// The rule in words.
    pub fn rule(&self) -> &'static str {
        self.kind.rule()
    }

    /// The address of the page that states the rule.
    pub fn page(&self) -> &'static str {
        self.kind.page()
    }

    /// The part of the model that it is about, where a builder of a whole model says so.
    pub fn subject(&self) -> Option<Subject> {
        self.subject
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 80;
        let mut shown: String = self.text.chars().take(SHOWN).collect();
        if self.text.chars().nth(SHOWN).is_some() {
            shown.push('…');
        }
        write!(f, "{shown:?}")?;
        if let Some(detail) = &self.detail {
            write!(f, " ({detail})")?;
        }
        write!(f, ": {}", self.rule())
    }
}

impl std::error::Error for Invalid {}

/// So that a value of the right type already can stand where one that may fail can.
impl From<std::convert::Infallible> for Invalid {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// All that is wrong with what a builder was given; never empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errors(pub(crate) Vec<Invalid>);

impl Errors {
    /// `value` if nothing is wrong.
    pub(crate) fn none_or<T>(errors: Vec<Invalid>, value: impl FnOnce() -> T) -> Result<T, Self> {
        if errors.is_empty() { Ok(value()) } else { Err(Self(errors)) }
    }
}

impl std::ops::Deref for Errors {
    type Target = [Invalid];
    fn deref(&self) -> &[Invalid] {
        &self.0
    }
}

impl IntoIterator for Errors {
    type Item = Invalid;
    type IntoIter = std::vec::IntoIter<Invalid>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl From<Invalid> for Errors {
    fn from(invalid: Invalid) -> Self {
        Self(vec![invalid])
    }
}

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, invalid) in self.0.iter().enumerate() {
            write!(f, "{}{invalid}", if at > 0 { "\n" } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for Errors {}

macro_rules! rules {
    ($($(#[$doc:meta])* $kind:ident $rule:literal $page:expr;)*) => {
        /// A rule that a value can break.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum InvalidKind { $($(#[$doc])* #[doc = $rule] $kind,)* }

        impl InvalidKind {
            /// Every rule there is.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            /// The rule in words.
            pub fn rule(self) -> &'static str {
                match self { $(Self::$kind => $rule,)* }
            }

            /// The address of the page that states it.
            pub fn page(self) -> &'static str {
                match self { $(Self::$kind => $page,)* }
            }
        }
    };
}

macro_rules! aws {
    (secrets $page:literal) => {
        concat!("https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_", $page, ".html")
    };
    (iam $page:literal) => {
        concat!("https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_", $page, ".html")
    };
}

const SPEC: &str = "docs/spec.md";
const TERRAFORM_NAMES: &str =
    "https://developer.hashicorp.com/terraform/language/syntax/configuration#identifiers";
const TERRAFORM_VERSIONS: &str = "https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/secretsmanager_secret_version";
const TERRAFORM_FILES: &str = "https://developer.hashicorp.com/terraform/language/files";
const TERRAFORM_PROVIDERS: &str =
    "https://developer.hashicorp.com/terraform/language/meta-arguments/resource-provider";
const ARNS: &str = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html";
const AWS_PROFILES: &str = "https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html";
const GITHUB_OIDC: &str = "https://docs.github.com/en/actions/reference/security/oidc";
const KMS_KEYS: &str = "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html";

rules! {
    // Secrets Manager
    SecretName "a secret's name is 1 to 512 letters, digits and /_+=.@-" aws!(secrets "CreateSecret");
    Prefix "a prefix is at most 511 letters, digits and /_+=.@-, for names begin with it" aws!(secrets "CreateSecret");
    Description "a description is at most 2,048 characters" aws!(secrets "CreateSecret");
    TagCount "a secret has at most 50 tags" aws!(secrets "TagResource");
    TagKey "a tag's key is 1 to 128 characters" aws!(secrets "Tag");
    TagReserved "tag keys that begin with aws: are AWS's own" aws!(secrets "TagResource");
    TagValue "a tag's value is at most 256 characters" aws!(secrets "Tag");
    TagTwice "a tag's key stands once on a secret" aws!(secrets "TagResource");
    RecoveryWindow "recovery_window_in_days is a whole number from 7 to 30, or 0 to delete at once" aws!(secrets "DeleteSecret");
    Region "a region is lower-case words and a number joined by hyphens, such as eu-west-2" aws!(secrets "ReplicaRegionType");
    AccountId "an account id is twelve digits, in quotes" ARNS;
    Partition "a partition is aws, or aws- and lower-case letters, such as aws-cn or aws-us-gov" ARNS;
    KmsKey "a KMS key is named by key ARN, key id, alias/NAME or alias ARN" KMS_KEYS;
    ReplicaTwice "a secret has one replica in a region" aws!(secrets "ReplicateSecretToRegions");
    ReplicaAtHome "a secret can't be replicated to its own region" aws!(secrets "ReplicateSecretToRegions");
    SecretType "a type is 1 to 256 letters and digits, such as SnowflakeKeyPairAuthentication" aws!(secrets "CreateSecret");
    PasswordLength "password_length is a whole number from 1 to 4096" aws!(secrets "GetRandomPassword");
    PasswordEmpty "a password needs some kind of characters: not all four can be left out" aws!(secrets "GetRandomPassword");
    PasswordShort "a password has one character of each kind at least, unless require_each_included_type is false" aws!(secrets "GetRandomPassword");
    ExcludeCharacters "exclude_characters is at most 4,096 characters" aws!(secrets "GetRandomPassword");
    RotationDays "automatically_after_days is a whole number from 1 to 1000" aws!(secrets "RotationRulesType");
    RotationSchedule "schedule_expression is rate(4 hours) to rate(999 days), or cron(0 HOURS DAY MONTH WEEKDAY *)" aws!(secrets "RotationRulesType");
    RotationDuration "duration is 1h to 24h" aws!(secrets "RotationRulesType");
    RotationFunction "rotation_lambda_arn is the ARN of a Lambda function" aws!(secrets "RotateSecret");
    RotationRole "external_secret_rotation_role_arn is the ARN of an IAM role" aws!(secrets "RotateSecret");
    RotationMetadata "metadata of a rotation have a key of 1 to 256 characters and a value of 1 to 2,048" aws!(secrets "ExternalSecretRotationMetadataItem");
    RotationMetadataTwice "a key stands once in the metadata of a rotation" aws!(secrets "ExternalSecretRotationMetadataItem");
    PartnerWithoutType "only a managed external secret is rotated without a function: value \"external\", with the secret's type" aws!(secrets "RotateSecret");
    // Terraform
    ValueVersion "a version is a whole number from 1, raised to make a new value" TERRAFORM_VERSIONS;
    Label "a Terraform name begins with a letter or _, then letters, digits, _ and -" TERRAFORM_NAMES;
    NoLabel "no Terraform name can be made of this; say one with label = \"…\"" SPEC;
    FileName "a file is the name of one in the directory that Terraform reads and that is no override file, such as secrets.tf" TERRAFORM_FILES;
    PolicyPath "a policy file is a path from the spec's folder, not an absolute one" SPEC;
    Provider "a provider is NAME or NAME.ALIAS, such as aws.core" TERRAFORM_PROVIDERS;
    // secretform's own
    ReservedLabel "name, label, group, prefix and arn are words of secretform, no labels" SPEC;
    EmptyLabel "a label is at least one character" SPEC;
    FieldName "a field's key is at least one character" SPEC;
    FieldTwice "a field stands once in a secret" SPEC;
    SensitiveDefault "a sensitive field has no default: the spec never holds a secret value" SPEC;
    FieldOfPassword "a generated value is one password, no JSON with keys; fields need a rotation that writes them" SPEC;
    NothingGenerates "a generated field needs what generates it: a rotation, or value \"external\" or \"terraform\"" SPEC;
    Format "a format is uuid, url, email, hostname, port, pem, json, integer, boolean, or a regular expression that begins with ^" SPEC;
    Profile "a profile is one line without brackets and control characters, and begins with no -" AWS_PROFILES;
    Url "a URL is https://HOST and what follows, or http:// of localhost; it holds no credentials" SPEC;
    ProbeRequest "a request is a method, a blank, and a URL that begins with https:// or with a field, such as GET {api_url}/workspaces" SPEC;
    Method "a method is GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS" SPEC;
    ProbeText "in a probe {key} is the value of a field, and a brace by itself is {{ or }}; there are no control characters" SPEC;
    ProbeExpect "what a probe expects is at least one character, and all of it on one line" SPEC;
    ProbeField "a probe uses fields that its secret declares" SPEC;
    HeaderName "a header's name is letters, digits and !#$%&'*+-.^_`|~" "https://www.rfc-editor.org/rfc/rfc9110#name-tokens";
    HeaderTwice "a header stands once in a probe, however it is spelled" SPEC;
    Ignored "ignore takes names of attributes, one tag as tags[\"KEY\"], or all" SPEC;
    LabelTwice "two secrets of one directory have two Terraform labels; say another with label = \"…\"" SPEC;
    NameTwice "a name belongs to one secret in a region and account" aws!(secrets "CreateSecret");
    GroupTwice "a group is declared once" SPEC;
    GroupAndSecret "a group and a secret outside of groups can't share a label" SPEC;
    ReaderTwice "a reader is declared once" SPEC;
    SecretTwice "a secret is declared once" SPEC;
    UnknownGroup "reads names groups that the spec declares" SPEC;
    UnknownSecret "reads names secrets that the spec declares, or any of an external group" SPEC;
    SecretOfExternal "an external group's containers are declared elsewhere" SPEC;
    EverySecret "a group with the prefix \"\" is every secret of the account; read its secrets one by one" SPEC;
    NoPlace "a reader has at least one place: statement, policy_document or policy_file" SPEC;
    NoScope "a grant by ARN needs a region and an account_id: in its place, its reader, the secret, the group or terraform" SPEC;
    SymbolInJson "an IAM JSON file can't hold a Terraform expression" SPEC;
    NotWhole "statements beside the grant need a document that is owned whole: policy_document or policy_file" SPEC;
    PlaceTwice "a statement, document or policy file has one owner" SPEC;
    // IAM
    Sid "a Sid is letters A-Z, a-z and digits" aws!(iam "policies_elements_sid");
    SidTwice "a Sid stands once in a policy" aws!(iam "policies_elements_sid");
    Action "an action is SERVICE:NAME, with * and ? in the name, or *" aws!(iam "policies_elements_action");
    Arn "an ARN is arn:PARTITION:SERVICE:REGION:ACCOUNT:RESOURCE; as a pattern it may end early, in *" ARNS;
    Effect "an effect is Allow or Deny" aws!(iam "policies_elements_effect");
    PrincipalType "a principal's type is AWS, Service, Federated, CanonicalUser or *" aws!(iam "policies_elements_principal");
    Principal "a principal is * or one whole name: no wildcard within" aws!(iam "policies_elements_principal");
    PrincipalBoth "a statement has principals or not_principals, not both" aws!(iam "policies_elements_notprincipal");
    PrincipalMissing "a resource policy's statement names its principals" aws!(iam "policies_elements_principal");
    PrincipalForbidden "an identity policy's statement has no principals" aws!(iam "policies_elements_principal");
    Operator "a condition's test is one of IAM's operators, with …IfExists, ForAllValues: or ForAnyValue:" aws!(iam "policies_elements_condition_operators");
    ConditionKey "a condition's variable is a key such as aws:SourceVpc" aws!(iam "policies_elements_condition");
    ConditionValues "a condition has at least one value" aws!(iam "policies_elements_condition");
    Actions "a statement has actions or not_actions, one of them and not both" aws!(iam "policies_elements_notaction");
    Resources "a statement has resources or not_resources, one of them and not both" aws!(iam "policies_elements_notresource");
    Version "a policy's version is 2012-10-17 or 2008-10-17" aws!(iam "policies_elements_version");
    PolicyEmpty "a policy has at least one statement" aws!(iam "policies_grammar");
    ManagedPolicySize "a managed policy is at most 6,144 characters, white space not counted" aws!(iam "iam-quotas");
    UserPolicySize "the inline policies of a user are at most 2,048 characters together, white space not counted" aws!(iam "iam-quotas");
    GroupPolicySize "the inline policies of a group are at most 5,120 characters together, white space not counted" aws!(iam "iam-quotas");
    RolePolicySize "the inline policies of a role are at most 10,240 characters together, white space not counted" aws!(iam "iam-quotas");
    TrustPolicySize "a trust policy is at most 2,048 characters (8,192 on request), white space not counted" aws!(iam "iam-quotas");
    SecretPolicySize "a secret's policy is at most 20,480 characters" aws!(secrets "PutResourcePolicy");
    TrustResources "a trust policy's statement has no resources: it is about its own role" aws!(iam "policies_elements_resource");
    RoleName "a role's name is 1 to 64 letters, digits and _+=,.@-" "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html";
    PolicyName "a policy's name is 1 to 128 letters, digits and _+=,.@-" "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreatePolicy.html";
    RolePath "a role's path begins and ends with /, and is at most 512 printable characters" "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html";
    RoleDescription "a role's description is at most 1,000 characters of U+0020 to U+00FF, tab, line feed and carriage return" "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html";
    SessionDuration "max_session_duration is a whole number of seconds from 3600 to 43200" "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html";
    PermissionsBoundary "a permissions boundary is the ARN of a managed policy" aws!(iam "policies_boundaries");
    // OIDC
    OidcTwice "an OIDC role is declared once, and shares no block with another" SPEC;
    RoleTwice "a role's name belongs to one role of an account" "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html";
    ProviderTwice "an account has one identity provider per issuer, and a Terraform label one block" "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html";
    TrustEmpty "a role is trusted by somebody: a preset, or trust with at least one statement" SPEC;
    NoProvider "trust statements name no issuer, so there is no provider to write: leave provider out, the statements name their principals" SPEC;
    Issuer "an issuer is an https address without port, query and / at the end, at most 255 characters" "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html";
    Audience "an audience is 1 to 255 characters, whole" "https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateOpenIDConnectProvider.html";
    Claim "a claim is one that AWS STS evaluates of the issuer's tokens, beside sub and aud" aws!(iam "policies_iam-condition-keys");
    NoSubject "a trust says which jobs it is for: without, any job of anybody could assume the role" GITHUB_OIDC;
    GitHubOwner "an owner is one user or organization: letters, digits, ., - and _" GITHUB_OIDC;
    GitHubRepository "a repository is one, without its owner: letters, digits, ., - and _" GITHUB_OIDC;
    GitHubId "an id is the number that GitHub gives, in digits" GITHUB_OIDC;
    GitHubIdMissing "repositories created, renamed or transferred after 15 July 2026 send ids in sub (repo:OWNER@OWNER_ID/REPOSITORY@REPOSITORY_ID:…), so owner_id and repository_id are needed; subject = \"name\" is the old form" GITHUB_OIDC;
    GitHubSubject "subject is immutable, name or both; a GitHub Enterprise Server knows name alone" GITHUB_OIDC;
    GitHubBranch "a branch is named as git names it, such as main or release/*" GITHUB_OIDC;
    GitHubTag "a tag is named as git names it, such as v*" GITHUB_OIDC;
    GitHubWorkflow "a reusable workflow is OWNER/REPOSITORY/PATH@REF, of one owner and repository" GITHUB_OIDC;
    GitHubHost "host is the name of a GitHub Enterprise Server or of a host with data residency (acme.ghe.com)" GITHUB_OIDC;
    SystemWord "each word of a preset has a form of its own" SPEC;
    SystemWordMissing "a preset needs each of its required words" SPEC;
    PolicyCharacter "a policy is written in U+0020 to U+00FF, tab, line feed and carriage return" aws!(iam "policies_grammar");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_has_words_and_a_page() {
        for kind in InvalidKind::ALL {
            assert!(!kind.rule().is_empty() && !kind.rule().ends_with('.'), "{kind:?}");
            assert!(kind.page().starts_with("https://") || kind.page() == SPEC, "{kind:?}");
        }
    }

    #[test]
    fn the_sentence_names_text_and_rule() {
        let error = Invalid::new(InvalidKind::RecoveryWindow, "7.5").detail("not whole");
        assert_eq!(
            error.to_string(),
            "\"7.5\" (not whole): recovery_window_in_days is a whole number from 7 to 30, or 0 to delete at once"
        );
        let long = Invalid::new(InvalidKind::Sid, "é".repeat(100)).to_string();
        assert!(long.starts_with(&format!("\"{}…\"", "é".repeat(80))), "{long}");
    }
}
