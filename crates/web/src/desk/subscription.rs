//! What the forms and links of subscriptions are made of, and what they come to.

use model::language::{Language, Localized};

/// A part that can be chosen.
#[derive(Debug, Clone)]
pub struct Part {
    /// What the form sends.
    pub key: String,
    /// What visitors call it.
    pub name: Localized,
}

/// What the form to subscribe is made of.
#[derive(Debug, Clone)]
pub struct FormView {
    /// Says when it was shown, and that we showed it.
    pub stamp: String,
    /// The parts to choose from.
    pub parts: Vec<Part>,
    /// Whether webhooks can be subscribed too.
    pub hooks: bool,
}

/// A form as it was sent. Nothing in it is checked yet.
#[derive(Debug, Clone, Default)]
pub struct Asking {
    /// The address.
    pub address: String,
    /// The language of the page with the form.
    pub language: Option<Language>,
    /// The parts that were ticked.
    pub components: Vec<String>,
    /// What the form said of itself.
    pub stamp: String,
}

/// What is wrong with a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wrong {
    /// The address cannot be one.
    Address,
    /// No part was ticked that there is.
    Components,
    /// It was sent too fast, too late, or is none of ours.
    Stamp,
    /// Too many came from this visitor's address: nothing is wrong with it.
    TooMany,
}

/// What became of a form to subscribe a webhook.
#[derive(Clone, PartialEq, Eq)]
pub enum Hooking {
    /// It is told from now on.
    Done {
        /// The secret, to be shown once.
        secret: String,
        /// The token for the choices.
        choices: String,
        /// The token for leaving.
        leave: String,
    },
    /// It was told already.
    Known,
    /// Nothing was done.
    Wrong(HookWrong),
}

/// Why a webhook was not subscribed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HookWrong {
    /// The address cannot be subscribed.
    Address,
    /// No part was ticked that there is.
    Components,
    /// The form was sent too fast, too late, or is none of ours.
    Stamp,
    /// Too many came from this visitor's address.
    TooMany,
    /// A challenge went to this address within the hour.
    Rest,
    /// The challenge was not answered as it must be.
    Unproven,
}

/// What somebody sees before confirming.
#[derive(Debug, Clone)]
pub struct ConfirmView {
    /// The language chosen.
    pub language: Language,
    /// The address, masked.
    pub address: String,
    /// The names of the parts chosen; none where it is all.
    pub chosen: Vec<Localized>,
    /// Whether it is done already.
    pub confirmed: bool,
}

/// What a subscriber chose.
#[derive(Debug, Clone)]
pub struct ChoicesView {
    /// The language chosen.
    pub language: Language,
    /// The address, masked.
    pub address: String,
    /// The parts to choose from.
    pub parts: Vec<Part>,
    /// The keys of those chosen; none where it is all.
    pub chosen: Option<Vec<String>>,
    /// The token for leaving.
    pub leave: String,
}
