//! Options of the commands of an incident.

use clap::{Args, Subcommand, ValueEnum};
use model::handbook::system::ComponentState;
use model::value::{Key, PublicId, Span};

use super::one::One;
use super::room::RoomCommand;
use super::said::Said;

/// Options of `incident`.
#[derive(Debug, Args)]
#[command(disable_help_subcommand = true)]
pub struct Incident {
    /// What to do.
    #[command(subcommand)]
    pub command: Option<IncidentCommand>,
}

/// What to do about an incident. Where one is open, its id can be left out.
#[derive(Debug, Subcommand)]
pub enum IncidentCommand {
    /// List incidents, the open ones first
    List {
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Show one: the room with what is late, and its whole timeline
    Show {
        /// Its id; can be left out where only one is open
        id: Option<PublicId>,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// Open an incident by hand, by a plan of the handbook
    Declare(Declare),
    /// Publish an update; without a text the plan's prepared one
    Update(Update),
    /// Publish a correction of an earlier notice
    Correct(Correct),
    /// Give the all-clear and close
    Resolve {
        /// Its id; can be left out where only one is open
        id: Option<PublicId>,
        /// What it says; the plan's prepared text where nothing is given
        #[command(flatten)]
        said: Said,
    },
    /// Publish the waiting notice now
    Release(One),
    /// Stop the clock of the waiting notice
    Hold(One),
    /// Withdraw the waiting notice: it never goes out
    Veto {
        /// Its id; can be left out where only one is open
        id: Option<PublicId>,
        /// Why: stands in the timeline
        #[arg(long, short, value_name = "TEXT")]
        reason: String,
    },
    /// Say when the end is expected: 14:30, or take it back with “none”
    #[command(visible_alias = "end")]
    Expect {
        /// When, today or tomorrow in the handbook's zone, or “none”
        at: String,
        /// Its id; can be left out where only one is open
        id: Option<PublicId>,
    },
    /// What people do in the room.
    #[command(flatten)]
    Room(RoomCommand),
    /// Follow the newest handbook version from now on
    Adopt(One),
}

/// How a component fares that is not well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Broken {
    /// Slow or limited
    Degraded,
    /// Some of it is down
    Partial,
    /// Down
    Major,
}

impl From<Broken> for ComponentState {
    fn from(state: Broken) -> Self {
        match state {
            Broken::Degraded => Self::Degraded,
            Broken::Partial => Self::Partial,
            Broken::Major => Self::Major,
        }
    }
}

/// Options of `incident declare`.
#[derive(Debug, Args)]
pub struct Declare {
    /// The plan by which it is handled
    #[arg(long, short)]
    pub plan: Key,
    /// The components concerned [default: those of the plan]
    #[arg(long, short)]
    pub component: Vec<Key>,
    /// How they fare
    #[arg(long, value_enum, default_value = "major")]
    pub state: Broken,
    /// How long it has been going on: 10m, 2h
    #[arg(long, value_name = "SPAN")]
    pub since: Option<Span>,
    /// A drill: everything is as in earnest, nothing leaves the house
    #[arg(long)]
    pub drill: bool,
}

/// Options of `incident update`.
#[derive(Debug, Args)]
pub struct Update {
    /// Its id; can be left out where only one is open
    pub id: Option<PublicId>,
    /// What it says.
    #[command(flatten)]
    pub said: Said,
    /// When the next one comes: 20m, 1h [default: the plan's rhythm]
    #[arg(long, value_name = "SPAN")]
    pub next: Option<Span>,
}

/// Options of `incident correct`.
#[derive(Debug, Args)]
pub struct Correct {
    /// The number of the notice that was wrong
    pub number: u32,
    /// Its id; can be left out where only one is open
    pub id: Option<PublicId>,
    /// What it says.
    #[command(flatten)]
    pub said: Said,
}
