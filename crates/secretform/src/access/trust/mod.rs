//! Whom a role's trust policy lets in that comes with an OIDC token: what opens it to strangers,
//! what can never hold, what will lock its own people out.
//!
//! [`judge`] takes statements as records, from a spec or from Terraform alike, and gives verdicts;
//! each that says "strangers" carries a [`Witness`], which [`mod@decide`] confirms by itself.

mod audience;
pub mod decide;
mod names;
mod pattern;
mod policy;
mod principals;
mod search;
mod solve;
mod statement;
mod whole;
mod words;

#[cfg(test)]
mod tests;

pub use decide::{Decision, decide};

use crate::diagnostic::Severity;
use crate::model::iam::Effect;
use crate::model::{Part, Record, Text};
use policy::Statement;

/// What is known of the role beside its trust policy.
#[derive(Clone, Debug, Default)]
pub struct Role {
    /// Whether its policies let it read secrets.
    pub reads_secrets: bool,
    /// The providers that are known, each by its host, with the audiences that it takes.
    pub providers: Vec<(String, Vec<String>)>,
}

/// Somebody whom a policy lets in and shouldn't.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Witness {
    /// A token.
    Token {
        /// The host of its issuer.
        issuer: String,
        /// Its claims, `sub` first. Those that no condition asks for are left out.
        claims: Vec<(String, String)>,
    },
    /// A principal of any AWS account.
    Caller,
}

impl Witness {
    /// A token's claim.
    pub fn claim(&self, name: &str) -> Option<&str> {
        match self {
            Self::Token { claims, .. } => {
                claims.iter().find(|(claim, _)| claim == name).map(|(_, value)| value.as_str())
            }
            Self::Caller => None,
        }
    }
}

/// What a verdict is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Element {
    /// The statement as a whole.
    Statement,
    /// Its actions, excepted or not.
    Actions {
        /// Whether it excepts them.
        not: bool,
    },
    /// A `principals` block.
    Principals {
        /// Which.
        block: usize,
        /// Whether it is a `not_principals` block.
        not: bool,
    },
    /// The operator of a `condition` block.
    Test(usize),
    /// The key of a `condition` block.
    Key(usize),
    /// All values of a `condition` block.
    Values(usize),
    /// One value: the block, and which of its values.
    Value(usize, usize),
}

/// Why a condition can never hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeadCause {
    /// A wildcard under an operator that takes it for a letter.
    Wildcard,
    /// A claim that STS doesn't evaluate.
    NotEvaluated,
    /// A key of another issuer than the statement's principal.
    OtherIssuer,
    /// No token of the issuer has a claim that looks so.
    NoSuchValue,
    /// The provider takes only these audiences.
    Audience(Vec<String>),
    /// Each condition can hold, and not all of them together.
    Contradiction,
}

/// What is wrong with an audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AudienceFault {
    /// No condition asks for one.
    Missing,
    /// A condition lets any through.
    Any,
    /// It is not the one that is usual.
    Unusual,
}

/// How a statement is wider than it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wide {
    /// `NotPrincipal` with Allow.
    AllButPrincipals,
    /// `NotAction` with Allow.
    AllButActions,
    /// `sts:*` or `*`.
    Actions,
}

/// What a verdict says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Nothing asks whose job the token is of.
    Unscoped,
    /// A value lets in jobs of others.
    Loose,
    /// A condition that holds as well for tokens without the claim.
    HoldsWithout,
    /// A condition, or one value of it, that never holds.
    Dead(DeadCause),
    /// Every AWS account, or what AWS refuses for looking like it.
    Anyone,
    /// The statement allows all but something, or more than it needs.
    Wide(Wide),
    /// Subjects by name alone, which tokens of new repositories don't have.
    NameOnly,
    /// Any id behind the name: whoever registers the name anew.
    AnyId,
    /// The audience.
    Audience(AudienceFault),
    /// Pull requests, on a role that reads secrets.
    PullRequest,
    /// A condition that always holds.
    Idle(DeadCause),
    /// What only Terraform knows.
    Unresolved,
}

/// One thing that is wrong with a trust policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// What.
    pub kind: Kind,
    /// How bad it is in a policy that stands; in one that is being written all are errors.
    pub severity: Severity,
    /// Which statement.
    pub statement: usize,
    /// What of it.
    pub element: Element,
    /// What people call the issuer.
    pub issuer: String,
    /// Whether strangers get tokens from it; else only one's own organization does.
    pub shared: bool,
    /// The condition key, or the claim that no key is of.
    pub claim: String,
    /// The value, if it is about one.
    pub value: Option<String>,
    /// Somebody who gets in.
    pub witness: Option<Witness>,
}

impl Verdict {
    /// About a statement, whoever issues the tokens.
    fn of(kind: Kind, severity: Severity, statement: usize, element: Element) -> Self {
        Self {
            kind,
            severity,
            statement,
            element,
            issuer: String::new(),
            shared: false,
            claim: String::new(),
            value: None,
            witness: None,
        }
    }

    /// The path of what it is about, as records and places have it:
    /// `statement[0].condition[1].values[2]`.
    pub fn path(&self) -> String {
        let at = format!("statement[{}]", self.statement);
        match self.element {
            Element::Statement => at,
            Element::Actions { not } => format!("{at}.{}actions", if not { "not_" } else { "" }),
            Element::Principals { block, not } => {
                format!("{at}.{}principals[{block}]", if not { "not_" } else { "" })
            }
            Element::Test(block) => format!("{at}.condition[{block}].test"),
            Element::Key(block) => format!("{at}.condition[{block}].variable"),
            Element::Values(block) => format!("{at}.condition[{block}].values"),
            Element::Value(block, value) => format!("{at}.condition[{block}].values[{value}]"),
        }
    }
}

/// Judges a trust policy: the records of its statements, of which only those are looked at that
/// speak of web identities of issuers that secretform knows, or let every AWS account in.
///
/// A symbol in them is equal only to itself: no witness is made of one, nothing is called dead
/// because of one, and where all hangs on one the verdict is [`Kind::Unresolved`].
pub fn judge(statements: &[Record], role: &Role) -> Vec<Verdict> {
    let read: Vec<Statement> = statements.iter().map(Statement::read).collect();
    let mut verdicts = Vec::new();
    for (index, statement) in read.iter().enumerate() {
        if statement.effect == Some(Effect::Deny) {
            continue;
        }
        principals::anyone(statements, &read, index, &mut verdicts);
        if is_web(statement) {
            statement::judge(&read, index, role, &mut verdicts);
        }
    }
    verdicts.sort_by_key(|verdict| (verdict.statement, verdict.element));
    verdicts.dedup();
    verdicts
}

fn is_web(statement: &Statement) -> bool {
    statement.speaks_of("sts:assumerolewithwebidentity") != Some(false)
        && (statement.not_principals || statement.principals.iter().any(principals::may_be_federated))
}

/// Whether there is something to judge in a statement: most speak of services of AWS.
pub fn concerns(statement: &Record) -> bool {
    let statement = Statement::read(statement);
    statement.effect != Some(Effect::Deny)
        && (is_web(&statement) || statement.principals.iter().any(policy::Principals::is_wild))
}

/// Whether a statement allows an action; `None` if only Terraform knows.
pub fn allows(statement: &Record, action: &str) -> Option<bool> {
    let statement = Statement::read(statement);
    match statement.effect {
        Some(Effect::Deny) => Some(false),
        Some(Effect::Allow) => statement.speaks_of(&action.to_ascii_lowercase()),
        None => None,
    }
}

/// The host of the issuer whose provider a federated principal is: what follows
/// `:oidc-provider/` in its ARN.
pub(crate) fn host_of(principal: &Text) -> Option<Text> {
    const MARK: &str = ":oidc-provider/";
    let parts = principal.parts();
    let holds = |part: &Part| matches!(part, Part::Literal(literal) if literal.contains(MARK));
    let at = parts.iter().position(holds)?;
    let mut host = Text::new();
    for (index, part) in parts.iter().enumerate().skip(at) {
        match part {
            Part::Literal(literal) if index == at => {
                host.push_str(literal.split_once(MARK).map_or("", |(_, rest)| rest));
            }
            Part::Literal(literal) => host.push_str(literal),
            Part::Symbol(symbol) => host.push_symbol(symbol.clone()),
        }
    }
    Some(host)
}
