//! What people do in the room, at the command line. The incident's id stands last, and can be left
//! out where only one is open.

use clap::{Args, Subcommand, ValueEnum};
use model::handbook::plan::Level;
use model::handbook::system::ComponentState;
use model::value::{Key, PublicId, Span};

use super::duty::DutyCommand;
use super::one::One;
use super::said::Said;
use super::team::{ChainCommand, PartnerCommand, RoleCommand, StepCommand};

/// What people do in the room.
#[derive(Debug, Subcommand)]
pub enum RoomCommand {
    /// Roles: take, offer, accept, lay down
    #[command(subcommand)]
    Role(RoleCommand),
    /// Alarm chains: somebody is there, or cannot
    #[command(subcommand)]
    Chain(ChainCommand),
    /// Steps of the plan: take, give, tick off, leave out
    #[command(subcommand)]
    Step(StepCommand),
    /// Outside partners: call in, write down what they say, end their link
    #[command(subcommand)]
    Partner(PartnerCommand),
    /// Duties to report: whether they apply, their clocks, what was sent
    #[command(subcommand)]
    Duty(DutyCommand),
    /// Say how things are, for whoever joins
    Situation(Text),
    /// Note something for the timeline, also when it is over
    Note(Text),
    /// Say that it is graver or less grave
    Level {
        /// How grave from now on
        #[arg(value_enum)]
        level: Grave,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
        /// Why: stands in the timeline
        #[arg(long, short, value_name = "TEXT")]
        reason: String,
    },
    /// Say how a component fares, whatever is measured
    State {
        /// The component's key
        component: Key,
        /// How it fares
        #[arg(value_enum)]
        state: ByHand,
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
    },
    /// What waits for a second person: write, approve, send back
    #[command(subcommand)]
    Proposal(ProposalCommand),
}

/// A text for the people in the room.
#[derive(Debug, Args)]
pub struct Text {
    /// What it says
    pub text: String,
    /// The incident's id; can be left out where only one is open
    pub id: Option<PublicId>,
}

/// How grave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Grave {
    /// Dealt with in the ordinary organisation
    Incident,
    /// Time-critical: plans exist, a special organisation acts
    Emergency,
    /// No plan fits
    Crisis,
}

impl From<Grave> for Level {
    fn from(level: Grave) -> Self {
        match level {
            Grave::Incident => Self::Incident,
            Grave::Emergency => Self::Emergency,
            Grave::Crisis => Self::Crisis,
        }
    }
}

/// How a component fares, as a person says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ByHand {
    /// All is well
    Operational,
    /// Planned work
    Maintenance,
    /// Slow or limited
    Degraded,
    /// Some of it is down
    Partial,
    /// Down
    Major,
    /// By measurement again
    Measured,
}

impl From<ByHand> for Option<ComponentState> {
    fn from(state: ByHand) -> Self {
        Some(match state {
            ByHand::Operational => ComponentState::Operational,
            ByHand::Maintenance => ComponentState::Maintenance,
            ByHand::Degraded => ComponentState::Degraded,
            ByHand::Partial => ComponentState::Partial,
            ByHand::Major => ComponentState::Major,
            ByHand::Measured => return None,
        })
    }
}

/// Options of `incident proposal`.
#[derive(Debug, Subcommand)]
pub enum ProposalCommand {
    /// Give a text to a second person to read before it goes out
    Write(Propose),
    /// Let out what somebody else proposed
    Approve(One),
    /// Do not let out what somebody proposed
    SendBack {
        /// The incident's id; can be left out where only one is open
        id: Option<PublicId>,
        /// What is to be changed
        #[arg(long, short, value_name = "TEXT")]
        reason: String,
    },
}

/// Options of `incident proposal write`.
#[derive(Debug, Args)]
pub struct Propose {
    /// The incident's id; can be left out where only one is open
    pub id: Option<PublicId>,
    /// What it says.
    #[command(flatten)]
    pub said: Said,
    /// It corrects the published notice of this number
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["waiting", "all_clear"])]
    pub corrects: Option<u32>,
    /// It takes the place of the waiting notice
    #[arg(long, conflicts_with = "all_clear")]
    pub waiting: bool,
    /// It is the all-clear
    #[arg(long)]
    pub all_clear: bool,
    /// When the next one comes: 20m, 1h [default: the plan's rhythm]
    #[arg(long, value_name = "SPAN", conflicts_with_all = ["waiting", "all_clear"])]
    pub next: Option<Span>,
}
