//! The rows of readers, their places, and statements.

use super::rows::{later, later_literal, literal, many, row, terraform};
use super::table::{BY, SUFFIX};
use super::{Attribute, Block, Child, Inherited, Labels, Literal, Takes, Value};
use Inherited::Reader;
use Literal::{Attributes, Choice, String as Str};

const READS: Attribute = row(
    "reads",
    Takes::References,
    "what may be read: `[group.airbyte, secret.billing.ledger, secret.partner[*]]`",
)
.from(Reader);
const RESOURCES: Attribute =
    terraform("resources", Value::Strings, "further ARNs, after those of `reads`").from(Reader);
const ACTIONS: Attribute = terraform("actions", Value::Strings, "what may be done")
    .or("[\"secretsmanager:GetSecretValue\"]")
    .from(Reader);
const EFFECT: Attribute =
    terraform("effect", Value::String, "`\"Allow\"` or `\"Deny\"`").or("\"Allow\"").from(Reader);
const NOT_ACTIONS: Attribute =
    terraform("not_actions", Value::Strings, "everything but these, instead of `actions`").from(Reader);
const NOT_RESOURCES: Attribute =
    terraform("not_resources", Value::Strings, "everything but these, instead of `reads` and `resources`")
        .from(Reader);
const PLACE_REGION: Attribute = terraform("region", Value::String, "the region in the ARNs").from(Reader);
const PLACE_ACCOUNT: Attribute =
    terraform("account_id", Value::String, "the account in the ARNs").from(Reader);
const PLACE_PARTITION: Attribute =
    terraform("partition", Value::String, "the partition in the ARNs").from(Reader);
const PLACE_BY: Attribute =
    literal("by", Choice(BY), "`\"reference\"` names single secrets of the directory by `.arn`")
        .or("\"arn\"")
        .from(Reader);
const PLACE_SUFFIX: Attribute =
    literal("suffix", Choice(SUFFIX), "the end of a single secret's ARN").or("\"-??????\"").from(Reader);
const PLACE_IGNORE: Attribute = literal("ignore", Attributes, "as in `secret`").from(Reader);
const PLACE_FILE: Attribute =
    literal("file", Str, "the file in the directory where the document is created if missing")
        .or("\"iam.tf\"");
const SID: Attribute = literal("sid", Str, "the Sid of the grant's statement");

const MATCHERS: &[Child] =
    &[many(&PRINCIPALS).from(Reader), many(&NOT_PRINCIPALS).from(Reader), many(&CONDITION).from(Reader)];

pub(super) static READER: Block = Block {
    name: "reader",
    title: "reader \"R\"",
    labels: Labels::One("R"),
    later: false,
    attributes: &[
        literal("description", Str, "who that is"),
        READS,
        RESOURCES,
        ACTIONS,
        EFFECT,
        NOT_ACTIONS,
        NOT_RESOURCES,
        PLACE_REGION,
        PLACE_ACCOUNT,
        PLACE_PARTITION,
        PLACE_BY,
        PLACE_SUFFIX,
        PLACE_IGNORE,
        later_literal("terraform", "which `terraform` block"),
    ],
    blocks: &[
        many(&READER_STATEMENT),
        many(&POLICY_DOCUMENT),
        many(&POLICY_FILE),
        many(&PRINCIPALS),
        many(&NOT_PRINCIPALS),
        many(&CONDITION),
    ],
    about: "Somebody who may read, and where that is granted: one place at least.",
};

static READER_STATEMENT: Block = Block {
    name: "statement",
    title: "statement [\"SID\"] in reader",
    labels: Labels::Optional("SID"),
    later: false,
    attributes: &[
        literal(
            "document",
            Str,
            "the label of the `data \"aws_iam_policy_document\"` that the statement stands in",
        ),
        PLACE_FILE,
        READS,
        RESOURCES,
        ACTIONS,
        EFFECT,
        NOT_ACTIONS,
        NOT_RESOURCES,
        PLACE_REGION,
        PLACE_ACCOUNT,
        PLACE_PARTITION,
        PLACE_BY,
        PLACE_SUFFIX,
        PLACE_IGNORE,
        later("policy", Takes::Address, "a resource whose policy it is"),
        later_literal("policy_file", "an IAM JSON file that it stands in"),
    ],
    blocks: MATCHERS,
    about: "One statement in somebody's policy. Statements beside it are never touched.",
};

static POLICY_DOCUMENT: Block = Block {
    name: "policy_document",
    title: "policy_document \"LABEL\"",
    labels: Labels::One("LABEL"),
    later: false,
    attributes: &[
        SID,
        PLACE_FILE,
        READS,
        RESOURCES,
        ACTIONS,
        EFFECT,
        NOT_ACTIONS,
        NOT_RESOURCES,
        PLACE_REGION,
        PLACE_ACCOUNT,
        PLACE_PARTITION,
        PLACE_BY,
        PLACE_SUFFIX,
        PLACE_IGNORE,
    ],
    blocks: OWNED_BLOCKS,
    about: "A `data \"aws_iam_policy_document\"` owned whole: the grant, then the statements of its own.",
};

static POLICY_FILE: Block = Block {
    name: "policy_file",
    title: "policy_file \"PATH\"",
    labels: Labels::One("PATH"),
    later: false,
    attributes: &[
        SID,
        READS,
        RESOURCES,
        ACTIONS,
        EFFECT,
        NOT_ACTIONS,
        NOT_RESOURCES,
        PLACE_REGION,
        PLACE_ACCOUNT,
        PLACE_PARTITION,
        PLACE_BY,
        PLACE_SUFFIX,
        PLACE_IGNORE,
    ],
    blocks: OWNED_BLOCKS,
    about: "A file of IAM JSON owned whole; PATH counts from the spec's folder. No Terraform expression can stand in it.",
};

const OWNED_BLOCKS: &[Child] = &[
    many(&OWNED_STATEMENT),
    many(&PRINCIPALS).from(Reader),
    many(&NOT_PRINCIPALS).from(Reader),
    many(&CONDITION).from(Reader),
];

pub(super) static OWNED_STATEMENT: Block = Block {
    name: "statement",
    title: "statement [\"SID\"] in policy_document, policy_file, oidc",
    labels: Labels::Optional("SID"),
    later: false,
    attributes: &[
        row("reads", Takes::References, "what it speaks of: references, before `resources`"),
        terraform("resources", Value::Strings, "ARNs"),
        terraform("actions", Value::Strings, "what may be done"),
        terraform("effect", Value::String, "`\"Allow\"` or `\"Deny\"`").or("\"Allow\""),
        terraform("not_actions", Value::Strings, "everything but these"),
        terraform("not_resources", Value::Strings, "everything but these"),
    ],
    blocks: &[many(&PRINCIPALS), many(&NOT_PRINCIPALS), many(&CONDITION)],
    about: "Terraform's own block, and `reads`. Its Sid is the label.",
};

pub(super) static POLICY_STATEMENT: Block = Block {
    name: "statement",
    title: "statement [\"SID\"] in policy",
    labels: Labels::Optional("SID"),
    later: false,
    attributes: &[
        row("reads", Takes::References, "what it speaks of: references, before `resources`"),
        terraform("resources", Value::Strings, "ARNs; `*` is this secret").or("[\"*\"]"),
        terraform("actions", Value::Strings, "what may be done"),
        terraform("effect", Value::String, "`\"Allow\"` or `\"Deny\"`").or("\"Allow\""),
        terraform("not_actions", Value::Strings, "everything but these"),
        terraform("not_resources", Value::Strings, "everything but these"),
    ],
    blocks: &[many(&PRINCIPALS), many(&NOT_PRINCIPALS), many(&CONDITION)],
    about: "Terraform's own block, and `reads`. `principals` or `not_principals` is required.",
};

pub(super) static TRUST_STATEMENT: Block = Block {
    name: "statement",
    title: "statement [\"SID\"] in trust",
    labels: Labels::Optional("SID"),
    later: false,
    attributes: &[
        terraform("actions", Value::Strings, "how the role may be assumed: `[\"sts:AssumeRole\"]`"),
        terraform("effect", Value::String, "`\"Allow\"` or `\"Deny\"`").or("\"Allow\""),
        terraform("not_actions", Value::Strings, "everything but these"),
    ],
    blocks: &[many(&PRINCIPALS), many(&NOT_PRINCIPALS), many(&CONDITION)],
    about: "Terraform's own block. `principals` is required; there are no `resources`.",
};

static PRINCIPALS: Block = Block {
    name: "principals",
    title: "principals",
    labels: Labels::None,
    later: false,
    attributes: PRINCIPAL_ROWS,
    blocks: &[],
    about: "Terraform's own block: who.",
};
static NOT_PRINCIPALS: Block = Block {
    name: "not_principals",
    title: "not_principals",
    labels: Labels::None,
    later: false,
    attributes: PRINCIPAL_ROWS,
    blocks: &[],
    about: "Terraform's own block: everybody but these.",
};
const PRINCIPAL_ROWS: &[Attribute] = &[
    terraform(
        "type",
        Value::String,
        "`\"AWS\"`, `\"Service\"`, `\"Federated\"`, `\"CanonicalUser\"` or `\"*\"`",
    )
    .required(),
    terraform("identifiers", Value::Strings, "ARNs, account ids, services").required(),
];

static CONDITION: Block = Block {
    name: "condition",
    title: "condition",
    labels: Labels::None,
    later: false,
    attributes: &[
        terraform("test", Value::String, "the operator: `\"StringEquals\"`").required(),
        terraform("variable", Value::String, "the condition key").required(),
        terraform("values", Value::Strings, "one of these").required(),
    ],
    blocks: &[],
    about: "Terraform's own block.",
};
