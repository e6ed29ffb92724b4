//! The command line: what a process needs to start. Everything else stands in the handbook.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};
use model::value::Key;

mod account;
mod backup;
mod channel;
mod contacts;
mod demo;
mod duty;
mod handbook;
mod incident;
mod intake;
mod one;
mod people;
mod place;
mod print;
mod reach;
mod room;
mod rota;
mod said;
mod serve;
mod team;
mod token;
mod words;

pub use account::{Account, AccountCommand};
pub use backup::{Backup, Restore};
pub use channel::{Channel, ChannelCommand, Switch};
pub use contacts::{Contacts, ContactsCommand};
pub use demo::Demo;
pub use duty::{Clock, DutyCommand};
pub use handbook::{Apply, Export, Exported, Handbook, HandbookCommand};
pub use incident::{Broken, Correct, Declare, Incident, IncidentCommand, Update};
pub use intake::{Intake, IntakeCommand};
pub use one::One;
pub use people::{Erase, Import};
pub use place::{LogFormat, Place};
pub use print::Print;
pub use reach::Reach;
pub use room::{ByHand, Grave, ProposalCommand, Propose, RoomCommand, Text};
pub use rota::Rota;
pub use said::{Aside, Said};
pub use serve::Serve;
pub use team::{ChainCommand, OfRole, OfStep, PartnerCommand, RoleCommand, StepCommand};
pub use token::{Token, TokenCommand};
pub use words::{Kind, Words};

/// What somebody needs who is woken at night: it stands above all the rest.
const URGENT: &str = "\
In an outage, three commands are enough:

  notlicht incident                    what is open, and what happens next
  notlicht incident release            publish the notice that is waiting
  notlicht emergency \"We are down …\"   say it on the page even without a database
";

/// The emergency light for servers: holds the contingency plan, notices the outage, tells
/// everybody over every channel that still works, keeps telling them, and learns
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, before_help = URGENT, disable_help_flag = true)]
#[command(arg_required_else_help = true)]
pub struct Cli {
    /// Where this installation lives.
    #[command(flatten)]
    pub place: Place,
    /// Print this help
    #[arg(short, long, global = true, action = ArgAction::HelpShort, help_heading = place::PLACE)]
    pub help: Option<bool>,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Show it all: a shop dies, Notlicht is killed in the middle, and everybody is told
    Demo(Demo),
    /// Run: watch, tell, and serve the public page
    Serve(Serve),
    /// Check a handbook folder: all faults at once
    Check(Folder),
    /// Make a new version of the handbook from a folder or an archive
    Apply(Apply),
    /// Write the newest version of the handbook into a folder or an archive
    Export(Export),
    /// Show how a folder differs from the newest version
    Diff(Folder),
    /// Write the handbook as a file for paper: HTML, or PDF where that is built in
    Print(Print),
    /// Versions and drafts of the handbook: history, differences, approve, roll back
    Handbook(Handbook),
    /// Show who is on call, or write it for a calendar
    Rota(Rota),
    /// Register recipients who have agreed, from a CSV file: address,language
    Import(Import),
    /// Telephone numbers of those who are registered: show, add, remove
    Contacts(Contacts),
    /// Erase an address of subscribers, or all contact data of a person of the handbook
    Erase(Erase),
    /// Print the address that a heartbeat monitor is reported to
    Beat(Beat),
    /// Print the address that other programs report to: an Alertmanager, any webhook
    Intake(Intake),
    /// Look at incidents and act; without more it lists what is open
    Incident(Incident),
    /// Show whom each notice has reached, after how long, and whom not
    Reach(Reach),
    /// Accounts of the console: add, list, set a password, end
    Account(Account),
    /// The ways out to people: whether they work; pause, resume or force one
    Channel(Channel),
    /// Tokens by which programs use the API: add, list, end
    Token(Token),
    /// Judge the words of a notice: what it does not say yet, jargon, how it reads
    Words(Words),
    /// Put a sentence on the page from this host, even without a database
    Emergency(Emergency),
    /// Write everything into one encrypted file, while the program runs
    Backup(Backup),
    /// Put a backup into an empty place, of either kind of database
    Restore(Restore),
    /// Check this installation and say what to do about each finding
    Doctor,
}

/// A handbook folder.
#[derive(Debug, Args)]
pub struct Folder {
    /// The handbook's folder
    pub folder: PathBuf,
}

/// Options of `beat`.
#[derive(Debug, Args)]
pub struct Beat {
    /// The heartbeat monitor's key
    pub monitor: Key,
}

/// Options of `emergency`.
#[derive(Debug, Args)]
pub struct Emergency {
    /// What to say: what happened, what you do, when you say more
    #[arg(required_unless_present_any = ["end", "list"])]
    pub text: Option<String>,
    /// Take a notice off the page again: its id, or “all”
    #[arg(long, value_name = "ID", conflicts_with = "text")]
    pub end: Option<String>,
    /// List what stands on the page from this host
    #[arg(long, conflicts_with_all = ["text", "end"])]
    pub list: bool,
}
