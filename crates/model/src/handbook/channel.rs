//! Ways out to people: channels, who is told over them, and what an adapter says of itself.

use std::collections::BTreeMap;

use crate::language::{Language, Localized};
use crate::value::{Day, Key, Span};

/// How many connections at a time a channel may use, where the handbook does not say.
pub const CONNECTIONS: usize = 10;

/// A way out. What its settings mean, its adapter knows: see [`Descriptor`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Channel {
    /// The key.
    pub key: Key,
    /// Which adapter: `email`, `webhook`.
    pub kind: String,
    /// The adapter's fields.
    pub settings: BTreeMap<String, String>,
    /// The components it goes down with.
    pub depends_on: Vec<Key>,
    /// The channel whose addresses it uses, where it has none of its own: a second relay.
    pub addresses: Option<Key>,
    /// Which channel tells those whom this one cannot.
    pub falls_back: Option<FallBack>,
    /// The places where it runs; one of several is enough.
    pub runs_on: Vec<Key>,
    /// When somebody last tried it.
    pub tested_on: Option<Day>,
    /// The people who have its account.
    pub known_by: Vec<Key>,
}

/// A channel that steps in for another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FallBack {
    /// The channel that steps in.
    pub to: Key,
    /// How long after the notice it is asked.
    pub after: Span,
}

impl Channel {
    /// A channel of this kind with these settings, about which nothing else is said.
    #[must_use]
    pub fn new(key: Key, kind: &str, settings: BTreeMap<String, String>) -> Self {
        Self {
            key,
            kind: kind.to_owned(),
            settings,
            depends_on: Vec::new(),
            addresses: None,
            falls_back: None,
            runs_on: Vec::new(),
            tested_on: None,
            known_by: Vec::new(),
        }
    }

    /// The setting of this name, if it is written.
    #[must_use]
    pub fn setting(&self, name: &str) -> Option<&str> {
        self.settings.get(name).map(String::as_str)
    }

    /// How many connections at a time it may use; [`CONNECTIONS`] where the handbook does not say.
    #[must_use]
    pub fn connections(&self) -> usize {
        let wanted = self.number("connections").and_then(|number| usize::try_from(number).ok());
        wanted.unwrap_or(CONNECTIONS)
    }

    /// How many messages a second it may be given by one node; no limit where the handbook does
    /// not say.
    #[must_use]
    pub fn per_second(&self) -> Option<u32> {
        self.number("per_second")
    }

    /// How many messages a second may go to one receiving domain from one node; no limit where
    /// the handbook does not say.
    #[must_use]
    pub fn per_second_and_domain(&self) -> Option<u32> {
        self.number("per_second_and_domain")
    }

    /// The setting as a number above zero: the check of the handbook has seen to that.
    fn number(&self, name: &str) -> Option<u32> {
        self.setting(name).and_then(|text| text.parse().ok()).filter(|number| *number > 0)
    }

    /// Whether that channel steps in for this one.
    #[must_use]
    pub fn leads_to(&self, other: &Key) -> bool {
        self.falls_back.as_ref().is_some_and(|step| step.to == *other)
    }

    /// The channel under which the addresses of its recipients are written down.
    #[must_use]
    pub fn address_book(&self) -> &Key {
        self.addresses.as_ref().unwrap_or(&self.key)
    }
}

/// A machine that is told: an address for a channel of kind `webhook`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    /// The key.
    pub key: Key,
    /// Which channel reaches it.
    pub channel: Key,
    /// Where.
    pub address: String,
    /// The name of the secret that signs what it is sent.
    pub secret: Option<String>,
    /// The language it is sent.
    pub language: Language,
}

/// Who is told, and over which channels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// The key.
    pub key: Key,
    /// What it is called.
    pub title: Localized,
    /// Who belongs to it.
    pub who: Vec<Member>,
    /// Over which channels.
    pub channels: Vec<Key>,
}

/// A part of an audience.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Member {
    /// Everybody who confirmed a subscription.
    Subscribers,
    /// The holder and deputies of a role.
    Role(Key),
    /// A partner.
    Partner(Key),
    /// A machine.
    Endpoint(Key),
}

/// What a channel's adapter says of itself. Form, check and reference page come from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Descriptor {
    /// The `kind` in the handbook.
    pub kind: &'static str,
    /// What people call it, German and English.
    pub label: [&'static str; 2],
    /// Whom it reaches, and by which address.
    pub reaches: Reaches,
    /// Its settings.
    pub fields: &'static [Field],
    /// What it can do.
    pub abilities: Abilities,
}

/// Whom a channel reaches, and by which address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaches {
    /// People, each by a mail address.
    PeopleByMail,
    /// People, each by a telephone number.
    PeopleByPhone,
    /// Machines, each by an address in the handbook.
    Machines,
    /// Whoever looks: one post for all.
    Public,
}

impl Reaches {
    /// Whether each recipient has an address of its own.
    #[must_use]
    pub fn is_addressed(self) -> bool {
        self != Self::Public
    }

    /// Whether it reaches people whom the handbook knows, or who subscribed.
    #[must_use]
    pub fn is_personal(self) -> bool {
        matches!(self, Self::PeopleByMail | Self::PeopleByPhone)
    }
}

/// One setting of a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// The name in the handbook.
    pub name: &'static str,
    /// What to write there, German and English.
    pub hint: [&'static str; 2],
    /// Whether it must be there.
    pub required: bool,
    /// How its text must look.
    pub form: Form,
}

/// How the text of a setting must look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Anything on one line.
    Line,
    /// A whole number in this range.
    Number(u32, u32),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// A mail address.
    Email,
    /// The address of a mailbox that is read: `imaps://user@host/INBOX`.
    Mailbox,
    /// The name of a secret; the secret itself never stands in the handbook.
    SecretName,
}

/// What a channel can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Abilities {
    /// What was sent can be changed.
    pub edit: bool,
    /// An update can hang under the first notice.
    pub thread: bool,
    /// The other side tells that it arrived.
    pub receipt: bool,
    /// People can answer.
    pub replies: bool,
    /// At most so many characters.
    pub limit: Option<u32>,
}
