//! Who did something, as the API says it.

use model::incident::Actor;
use schemars::JsonSchema;
use serde::Serialize;

/// Who did something.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct By {
    /// What sort of somebody.
    who: Sort,
    /// Their name or key; none for Notlicht itself.
    name: Option<String>,
}

/// What sort of somebody.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Sort {
    /// Notlicht itself, by the plan.
    Program,
    /// Somebody with the link that a machine (a chat room) was sent.
    Link,
    /// A person of the handbook.
    Person,
    /// Somebody at the command line of the host.
    Host,
    /// Somebody signed in to the console who is no person of the handbook.
    Account,
    /// A program with a token.
    Token,
    /// Somebody of an outside partner, by the link that they were sent.
    Partner,
}

/// As the API says it.
pub(super) fn by(actor: &Actor) -> By {
    let (who, name) = match actor {
        Actor::Program => (Sort::Program, None),
        Actor::Link(key) => (Sort::Link, Some(key.to_string())),
        Actor::Person(key) => (Sort::Person, Some(key.to_string())),
        Actor::Host(name) => (Sort::Host, Some(name.clone())),
        Actor::Account(name) => (Sort::Account, Some(name.to_string())),
        Actor::Token(name) => (Sort::Token, Some(name.to_string())),
        Actor::Partner(key) => (Sort::Partner, Some(key.to_string())),
    };
    By { who, name }
}
