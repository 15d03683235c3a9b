//! The rows: one constant per block and place.

use super::grants::{POLICY_STATEMENT, READER};
use super::oidc::OIDC;
use super::rows::{later, later_block, later_literal, later_terraform, literal, many, one, row, terraform};
use super::values::{ROTATION, VALUE};
use super::{Attribute, Block, Child, Inherited, Labels, Literal, Takes, Value};
use Inherited::Group;
use Literal::{Addresses, Any, Attributes, Bool, Choice, Integer, Map, String as Str};

/// The spec file itself.
pub static ROOT: Block = Block {
    name: "",
    title: "The file",
    labels: Labels::None,
    later: false,
    attributes: &[
        literal(
            "edition",
            Integer,
            "which derived labels, canonical text and equality hold; there is one so far",
        )
        .or("1"),
        literal(
            "required_version",
            Str,
            "the versions of secretform that may read this spec, as in Terraform: `\">= 0.1\"`, `\"~> 0.1, != 0.1.3\"`",
        ),
    ],
    blocks: &[
        many(&TERRAFORM).required(),
        one(&DEFAULTS),
        many(&GROUP),
        many(&SECRET),
        many(&READER),
        many(&RULE),
        many(&OIDC),
        many(&ENVIRONMENT),
    ],
    about: "Order never matters. A file without a `terraform` block is an error.",
};

static TERRAFORM: Block = Block {
    name: "terraform",
    title: "terraform",
    labels: Labels::Optional("NAME"),
    later: false,
    attributes: &[
        literal("directory", Str, "the Terraform directory, from the spec's folder, inside the repository").or("\".\""),
        terraform("region", Value::String, "the region of the secrets, for the ARNs of grants"),
        terraform("account_id", Value::String, "the account of the secrets, for the ARNs of grants"),
        terraform("partition", Value::String, "the partition of the secrets, for the ARNs of grants").or("\"aws\""),
        literal("file", Str, "where a new container goes that has no group beside it and no `file` of its own").or("\"secrets.tf\""),
        literal("by", Choice(BY), "how grants name single secrets; a reader or place may say another").or("\"arn\""),
        literal("suffix", Choice(SUFFIX), "what stands for the six random characters at the end of a secret's ARN; a reader or place may say another").or("\"-??????\""),
        later_literal("workspace", "the Terraform workspace"),
        later_literal("var_files", "files that bind variables"),
        later_literal("variables", "values that bind variables"),
        literal("profile", Str, "the profile of the AWS CLI in the runbook's commands"),
    ],
    blocks: &[],
    about: "The Terraform directory that the spec speaks of. One block in this version; a second one, with a label, comes with a later version.",
};

pub(super) const BY: &[&str] = &["arn", "reference"];
pub(super) const SUFFIX: &[&str] = &["-??????", "-*"];

static DEFAULTS: Block = Block {
    name: "defaults",
    title: "defaults",
    labels: Labels::None,
    later: false,
    attributes: INHERITED,
    blocks: INHERITED_BLOCKS,
    about: "What every group and secret inherits: each word marked †.",
};

/// What `defaults` and `group` take for the secrets below; the same rows stand in `secret`.
const INHERITED: &[Attribute] =
    &[TAGS, KMS_KEY_ID, RECOVERY_WINDOW, FORCE_OVERWRITE, REGION, PROVIDER, FILE, IGNORE, TERRAFORM_NAME];
const INHERITED_BLOCKS: &[Child] = &[REPLICAS, LIFECYCLES, POLICIES, VALUES, ROTATIONS];

const TAGS: Attribute = terraform("tags", Value::Map, "tags; joined key by key with those above, `null` takes one away, over an inherited expression as `merge(…)`").from(Group);
const KMS_KEY_ID: Attribute = terraform(
    "kms_key_id",
    Value::String,
    "the KMS key that encrypts the value: key ARN, key id, alias or alias ARN",
)
.from(Group);
const RECOVERY_WINDOW: Attribute =
    terraform("recovery_window_in_days", Value::Number, "days between deletion and the end: 0, or 7 to 30")
        .from(Group);
const FORCE_OVERWRITE: Attribute = terraform(
    "force_overwrite_replica_secret",
    Value::Bool,
    "whether a replica may overwrite a secret of its name in its region",
)
.from(Group);
const REGION: Attribute =
    terraform("region", Value::String, "the secret's region, where it isn't its provider's (AWS provider 6)")
        .from(Group);
const PROVIDER: Attribute =
    row("provider", Takes::Address, "the provider configuration: `aws.core`").from(Group);
const FILE: Attribute =
    literal("file", Str, "the file in the directory where the container is created").from(Group);
const IGNORE: Attribute = literal("ignore", Attributes, "attributes that are written when the block is created and neither compared nor patched after: `[tags, kms_key_id, tags[\"Name\"], policy]`, or `all`").from(Group);
const TERRAFORM_NAME: Attribute = later_literal("terraform", "which `terraform` block").from(Group);
const REPLICAS: Child = many(&REPLICA).from(Group);
const LIFECYCLES: Child = one(&LIFECYCLE).from(Group);
const POLICIES: Child = one(&POLICY).from(Group);
const VALUES: Child = one(&VALUE).from(Group);
const ROTATIONS: Child = one(&ROTATION).from(Group);

static GROUP: Block = Block {
    name: "group",
    title: "group \"G\"",
    labels: Labels::One("G"),
    later: false,
    attributes: &[
        literal("title", Str, "the banner's text over the group's first block in a file"),
        literal("url", Str, "where people meet the system, for the runbook: `https://…`"),
        literal("guide", Str, "what a person does before its values can be set, for the runbook; Markdown"),
        terraform("prefix", Value::String, "what the names of its secrets begin with, separator included")
            .or("\"G/\""),
        literal("external", Bool, "its containers are declared elsewhere: read, never compared or created")
            .or("false"),
        terraform("account_id", Value::String, "the account of an external group"),
        TAGS,
        KMS_KEY_ID,
        RECOVERY_WINDOW,
        FORCE_OVERWRITE,
        REGION,
        PROVIDER,
        FILE,
        IGNORE,
        TERRAFORM_NAME,
    ],
    blocks: &[many(&SECRET), REPLICAS, LIFECYCLES, POLICIES, VALUES, ROTATIONS],
    about: "Secrets under one prefix, which are read together: `group.G` is `PREFIX*`. Groups don't nest: `prefix = \"billing/eu/\"`.",
};

static SECRET: Block = Block {
    name: "secret",
    title: "secret \"S\"",
    labels: Labels::One("S"),
    later: false,
    attributes: &[
        terraform("name", Value::String, "the whole name").or("prefix + S"),
        terraform("description", Value::String, "the description"),
        TAGS,
        KMS_KEY_ID,
        RECOVERY_WINDOW,
        FORCE_OVERWRITE,
        REGION,
        PROVIDER,
        terraform(
            "type",
            Value::String,
            "the type of a managed external secret: `\"SnowflakeKeyPairAuthentication\"`; with `value \"external\"` (AWS provider 6)",
        ),
        literal("label", Str, "the Terraform label").or("\"GROUP_SECRET\""),
        FILE,
        IGNORE,
        later_terraform("name_prefix", "a name that Terraform completes"),
        later_terraform("count", "several instances"),
        later_terraform("for_each", "several instances"),
        later_literal("keys", "the keys of `for_each`"),
        later("address", Takes::Address, "an address that no label can say"),
        TERRAFORM_NAME,
        later_terraform("extra", "arguments that secretform doesn't know yet"),
        literal("guide", Str, "what a person does to get the value, for the runbook; Markdown"),
        later_literal("enabled", "whether an environment has it"),
    ],
    blocks: &[many(&FIELD), REPLICAS, LIFECYCLES, POLICIES, VALUES, ROTATIONS, one(&PROBE)],
    about: "A container, `aws_secretsmanager_secret`. `secret \"x\" {}` is a complete declaration.",
};

static FIELD: Block = Block {
    name: "field",
    title: "field \"KEY\"",
    labels: Labels::One("KEY"),
    later: false,
    attributes: &[
        literal("description", Str, "where the value is found, what it is for"),
        literal("required", Bool, "whether the value must have the key").or("true"),
        literal("sensitive", Bool, "whether the value is kept from every output").or("false"),
        literal("default", Any, "the value unless a person says another; an error if sensitive"),
        literal(
            "format",
            Str,
            "`\"uuid\"`, `\"url\"`, `\"email\"`, `\"hostname\"`, `\"port\"`, `\"pem\"`, `\"json\"`, `\"integer\"`, `\"boolean\"`, or a regular expression of the whole, which starts with `^`",
        ),
        literal("example", Str, "what such a value looks like"),
        literal("generated", Bool, "no person sets it: the rotation does, or what else makes the value")
            .or("false"),
    ],
    blocks: &[],
    about: "A key of the secret's JSON value. The value itself never stands in a spec.",
};

static PROBE: Block = Block {
    name: "probe",
    title: "probe",
    labels: Labels::None,
    later: false,
    attributes: &[
        literal("request", Str, "method and URL, `\"GET {api_url}/workspaces\"`; a field at the URL's start stands there as it is, elsewhere percent-encoded").required(),
        literal("headers", Map, "by name: `{ Authorization = \"Bearer {api_key}\" }`"),
        literal("expect", Str, "text that the answer holds if the value is right"),
    ],
    blocks: &[],
    about: "Proves a value, in the runbook: a request over HTTP that succeeds. `{key}` is the value of a field of the secret, `{{` and `}}` are braces.",
};

static REPLICA: Block = Block {
    name: "replica",
    title: "replica",
    labels: Labels::None,
    later: false,
    attributes: &[
        terraform("region", Value::String, "where the copy is kept").required(),
        terraform("kms_key_id", Value::String, "the key there"),
    ],
    blocks: &[],
    about: "Terraform's own block. Those of a secret replace those of its group.",
};

static LIFECYCLE: Block = Block {
    name: "lifecycle",
    title: "lifecycle",
    labels: Labels::None,
    later: false,
    attributes: &[
        literal("prevent_destroy", Bool, "Terraform refuses to destroy the secret"),
        later_literal("create_before_destroy", "Terraform's"),
        later_terraform(
            "ignore_changes",
            "Terraform's; what secretform shall leave alone is said by `ignore`",
        ),
        later_terraform("replace_triggered_by", "Terraform's"),
    ],
    blocks: &[one(&PRECONDITION), one(&POSTCONDITION)],
    about: "Terraform's own block, of which only what the spec says is compared.",
};
static PRECONDITION: Block = later_block("precondition", Labels::None, "Terraform's");
static POSTCONDITION: Block = later_block("postcondition", Labels::None, "Terraform's");

static POLICY: Block = Block {
    name: "policy",
    title: "policy",
    labels: Labels::None,
    later: false,
    attributes: &[
        terraform("json", Value::String, "the policy as a string, instead of statements"),
        terraform("block_public_policy", Value::Bool, "AWS refuses a policy that lets everybody in")
            .or("true"),
        later_literal("inline", "written as the container's argument"),
    ],
    blocks: &[many(&POLICY_STATEMENT)],
    about: "The resource policy, `aws_secretsmanager_secret_policy`: `statement` blocks or `json`.",
};

static ENVIRONMENT: Block = later_block("environment", Labels::One("E"), "an overlay");

static RULE: Block = Block {
    name: "rule",
    title: "rule \"CODE-OR-NAME\"",
    labels: Labels::One("CODE-OR-NAME"),
    later: false,
    attributes: &[
        literal(
            "severity",
            Choice(&["error", "warning", "note", "off"]),
            "how much a finding of this kind weighs",
        )
        .required(),
        literal("at", Addresses, "where: these addresses and what is below them; absent: everywhere"),
        literal("reason", Str, "why; required where the rule lowers"),
        literal(
            "seen",
            Str,
            "a digest of what was accepted, from the finding; another meaning there is the finding again",
        ),
    ],
    blocks: &[],
    about: "Accepts a kind of finding, or makes it weigh more. `secretform explain` names the codes.",
};
