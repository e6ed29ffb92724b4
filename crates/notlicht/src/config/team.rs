//! Roles, alarm chains, steps and partners of an incident, at the command line.

use clap::{Args, Subcommand};
use model::value::{Key, PublicId};

/// Options of `incident role`.
#[derive(Debug, Subcommand)]
pub enum RoleCommand {
    /// Take a role, or say that a person has taken it
    Take {
        /// The role's key
        role: Key,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
        /// The person of the handbook who takes it [default: you]
        #[arg(long, short)]
        person: Option<Key>,
    },
    /// Ask a person to take a role over: it stays where it is until they agree
    Offer {
        /// The role's key
        role: Key,
        /// The person of the handbook who is asked
        person: Key,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
    },
    /// Whoever was asked takes it over
    Accept(OfRole),
    /// Whoever was asked does not take it over
    Decline(OfRole),
    /// Lay a role down, also for somebody who fell asleep
    Leave(OfRole),
    /// A person who was called for a role cannot come: the next is called at once
    Cannot {
        /// The role's key
        role: Key,
        /// The person of the handbook who cannot
        person: Key,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
    },
    /// Call everybody for a role once more
    Call(OfRole),
}

/// Which role.
#[derive(Debug, Args)]
pub struct OfRole {
    /// The role's key
    pub role: Key,
    /// The incident's id; can be left out where only one is open
    pub id: Option<PublicId>,
}

/// Options of `incident chain`.
#[derive(Debug, Subcommand)]
pub enum ChainCommand {
    /// Somebody is there: all others sleep on
    Answer {
        /// The alarm chain's key
        chain: Key,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
        /// The person of the handbook who is there [default: you]
        #[arg(long, short)]
        person: Option<Key>,
    },
    /// A person who was called cannot come: the next is called at once
    Cannot {
        /// The alarm chain's key
        chain: Key,
        /// The person of the handbook who cannot
        person: Key,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
    },
    /// Run the alarm chain once more, from the beginning
    Call {
        /// The alarm chain's key
        chain: Key,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
    },
}

/// Options of `incident step`.
#[derive(Debug, Subcommand)]
pub enum StepCommand {
    /// Do a step: everybody sees that you are on it
    Take(OfStep),
    /// Give a step to a person: they are written to
    Give {
        /// The step: its number in “notlicht incident show”, or its id
        step: String,
        /// The person of the handbook who does it
        person: Key,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
    },
    /// Tick a step off
    Done {
        /// The step: its number in “notlicht incident show”, or its id
        step: String,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
        /// What else is to be known
        #[arg(long, short, value_name = "TEXT")]
        note: Option<String>,
    },
    /// Leave a step out
    Skip {
        /// The step: its number in “notlicht incident show”, or its id
        step: String,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
        /// Why: stands in the timeline
        #[arg(long, short, value_name = "TEXT")]
        reason: String,
    },
    /// Open a step again that was done or left out
    Reopen(OfStep),
}

/// Which step.
#[derive(Debug, Args)]
pub struct OfStep {
    /// The step: its number in “notlicht incident show”, or its id
    pub step: String,
    /// The incident's id; can be left out where only one is open
    pub id: Option<PublicId>,
}

/// Options of `incident partner`.
#[derive(Debug, Subcommand)]
pub enum PartnerCommand {
    /// Call a partner in: they are written to, with a link that shows this incident alone
    Call {
        /// The partner's key
        partner: Key,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
        /// You telephone: nothing is written to them
        #[arg(long)]
        phone: bool,
        /// The step for which they are called: its number or its id
        #[arg(long, value_name = "STEP")]
        step: Option<String>,
    },
    /// Write down what a partner said
    Answer {
        /// The partner's key
        partner: Key,
        /// What they said
        text: String,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
        /// Their own number for it
        #[arg(long, value_name = "TEXT")]
        ticket: Option<String>,
        /// When they say more: 14:30
        #[arg(long, value_name = "TIME")]
        back: Option<String>,
    },
    /// End a partner's link: whoever opens it reads that it is no longer valid
    Revoke {
        /// The partner's key
        partner: Key,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
    },
}
