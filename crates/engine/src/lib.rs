//! The verbs of Notlicht: every write is one verb and one transaction; delivery and the recurring
//! tasks carry out what the pure rules decide.
//!
//! Time and chance come in with [`Rim`]; nothing here reads a clock.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use model::value::{PublicId, Timestamp};
use outside::channel::Wire;
use store::{Store, StoreError};
use tokio::sync::Notify;

pub mod account;
pub mod alarm;
pub mod body;
pub mod card;
pub mod channel;
pub mod clock;
pub mod contact;
pub mod delivery;
pub mod draft;
pub mod emergency;
pub mod erase;
pub mod handbook;
pub mod hook;
pub mod incident;
pub mod intake;
pub mod keys;
pub mod link;
pub mod mark;
pub mod page;
pub mod reach;
pub mod recipient;
pub mod reply;
pub mod room;
mod secret;
pub mod session;
pub mod subscription;
pub mod task;
pub mod token;

pub use keys::Keys;

/// What comes in from the rim of the process.
#[derive(Clone)]
pub struct Rim {
    /// The time.
    pub clock: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    /// 64 bits of chance.
    pub chance: Arc<dyn Fn() -> u64 + Send + Sync>,
}

/// Where and as whom this process runs.
#[derive(Debug, Clone)]
pub struct Node {
    /// The name under which it holds leases.
    pub name: String,
    /// The folder for what must outlive the database.
    pub data: PathBuf,
}

/// Everything a verb needs.
#[derive(Clone)]
pub struct Engine {
    /// The memory.
    pub store: Store,
    /// What goes out.
    pub wire: Wire,
    /// What signs links and message ids.
    pub keys: Arc<Keys>,
    /// Who we are.
    pub node: Arc<Node>,
    rim: Rim,
    letters: u32,
    shared: Arc<Shared>,
}

/// How many letters about subscriptions go within an hour, if nothing else was set.
pub const LETTERS: u32 = 600;

/// What the verbs of one process share.
#[derive(Default)]
struct Shared {
    hashing: account::Hashing,
    changes: tokio::sync::watch::Sender<u64>,
    handbooks: handbook::Cache,
    closed: std::sync::Mutex<std::collections::BTreeMap<PublicId, incident::Case>>,
    ways: delivery::Ways,
    pictures: reach::Pictures,
    /// Read while something is being delivered.
    delivering: tokio::sync::RwLock<()>,
    winding_down: std::sync::atomic::AtomicBool,
    judging: tokio::sync::Mutex<task::probe::Memory>,
    /// What was reported last must be judged last.
    reporting: tokio::sync::Mutex<()>,
    page_changed: Notify,
    due_changed: Notify,
    delivery_due: Notify,
    probes_changed: Notify,
}

/// Why a verb did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The rules of an incident say no.
    #[error(transparent)]
    Refused(#[from] model::incident::Refused),
    /// There is no handbook yet.
    #[error("there is no handbook yet: put one in with “notlicht apply FOLDER”")]
    NoHandbook,
    /// That version does not exist or no longer parses.
    #[error("handbook version {0} cannot be used: {1}")]
    BadHandbook(u32, String),
    /// The texts that were given have faults.
    #[error("the handbook has {} fault(s); nothing was changed", .0.len())]
    Faults(Vec<model::handbook::Fault>),
    /// Somebody applied another version first.
    #[error(
        "the handbook has moved on: the newest version is {newest}, your files come from {base}; \
         look at the difference with “notlicht diff”, export the newest and put your changes in"
    )]
    HandbookMoved {
        /// The newest version.
        newest: u32,
        /// The version that the files were exported from.
        base: u32,
    },
    /// A change of the handbook that cannot be made.
    #[error(transparent)]
    Edit(#[from] model::handbook::edit::EditError),
    /// No such draft of the handbook.
    #[error("there is no draft {0} of the handbook: “notlicht handbook drafts” shows all")]
    NoDraft(String),
    /// The draft is not as the caller saw it.
    #[error("the draft has moved on: it is {stage}, saved {revision} times; look at it again")]
    DraftMoved {
        /// Where it stands.
        stage: model::handbook::draft::Stage,
        /// The number of what was saved last.
        revision: u64,
    },
    /// Somebody who may not decide about a draft.
    #[error(transparent)]
    NoApprover(#[from] model::handbook::draft::NoApprover),
    /// A draft that says what the newest version says.
    #[error("nothing has changed: the newest version of the handbook says the same")]
    NothingChanged,
    /// Nobody said why.
    #[error("say why: it stands beside the version for good")]
    NoReason,
    /// No such incident.
    #[error("there is no incident {0}: “notlicht incident list” shows all")]
    NoIncident(String),
    /// Somebody else was faster, again and again.
    #[error("others keep changing this: look at it and try again")]
    Busy,
    /// Something happened since the caller looked.
    #[error(
        "the incident has moved on: its last event is number {last}, you had seen {seen}; look \
         at it and decide anew"
    )]
    MovedOn {
        /// The number of the event that the caller saw last.
        seen: u64,
        /// The number of the last event.
        last: u64,
    },
    /// A link that does not fit.
    #[error("this link is incomplete or no longer valid")]
    BadLink,
    /// A link that somebody here ended.
    #[error("this link is no longer valid: it was ended here")]
    LinkEnded,
    /// What another program sent could not be read.
    #[error("{0}")]
    Unreadable(#[from] outside::intake::Unreadable),
    /// What was written is no mail address.
    #[error("this is no mail address: {0}")]
    Address(String),
    /// What was written is no telephone number.
    #[error(transparent)]
    Phone(#[from] model::value::BadPhone),
    /// A way to somebody cannot be given.
    #[error("{0}")]
    NoWay(String),
    /// No such plan, component or monitor.
    #[error("the handbook has no {kind} “{key}”: it has {known}")]
    Unknown {
        /// What was looked for.
        kind: &'static str,
        /// Its key.
        key: String,
        /// What there is.
        known: String,
    },
    /// A file could not be read or written.
    #[error("{path}: {reason}")]
    File {
        /// Which.
        path: String,
        /// Why.
        reason: String,
    },
}

impl EngineError {
    /// For `map_err` of file operations.
    pub(crate) fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> Self + '_ {
        move |why| Self::File { path: path.display().to_string(), reason: why.to_string() }
    }
}

impl Engine {
    /// Puts the parts together.
    #[must_use]
    pub fn new(store: Store, wire: Wire, keys: Keys, node: Node, rim: Rim) -> Self {
        let (keys, node) = (Arc::new(keys), Arc::new(node));
        Self { store, wire, keys, node, rim, letters: LETTERS, shared: Arc::default() }
    }

    /// The same with another limit for letters about subscriptions: so many within an hour, to
    /// whomever. Above it, forms are noted and answered as ever, and staff is alarmed.
    #[must_use]
    pub fn with_letters(mut self, most: u32) -> Self {
        self.letters = most;
        self
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.rim.clock)()
    }

    /// Tells everybody who looks on that something changed.
    fn changed(&self) {
        self.shared.changes.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Counts the changes that this process made, for those who look on.
    #[must_use]
    pub fn changes(&self) -> tokio::sync::watch::Receiver<u64> {
        self.shared.changes.subscribe()
    }

    /// Waits until `until`, or until woken, or a second, whichever comes first: so a clock that
    /// jumps is noticed within a second.
    async fn rest(&self, wake: &Notify, until: Option<Timestamp>) {
        let longest = Duration::from_secs(1);
        let wait = until.map_or(longest, |until| until.since(self.now()).to_std().min(longest));
        let _ = tokio::time::timeout(wait, wake.notified()).await;
    }
}
