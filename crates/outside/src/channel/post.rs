//! What is to be said, before any channel gives it its form.

use model::language::{Language, Zone};
use model::notice::{Kind, Text};
use model::value::{PublicId, Timestamp};

use crate::secret::Secret;

/// One message in one language, the same for all its recipients.
#[derive(Debug, Clone)]
pub struct Post {
    /// The community's name.
    pub community: String,
    /// The page's address, without a slash at the end.
    pub page: String,
    /// The address of the legal notice.
    pub imprint: String,
    /// The address of the privacy notice.
    pub privacy: String,
    /// The language.
    pub language: Language,
    /// The zone in which moments are told.
    pub zone: Zone,
    /// When it was published: not when it is sent, so that a repeat is the same.
    pub at: Timestamp,
    /// The incident that it belongs to.
    pub incident: Option<PublicId>,
    /// What it says.
    pub content: Content,
}

/// What a message says.
#[derive(Debug, Clone)]
pub enum Content {
    /// A notice to the public.
    Notice(Notice),
    /// An alert to staff, or a letter to somebody about their own subscription.
    Alert(Alert),
}

/// A notice, filled.
#[derive(Debug, Clone)]
pub struct Notice {
    /// What it is for.
    pub kind: Kind,
    /// Its number in the incident, counted from 1.
    pub number: u32,
    /// The filled text: the same for everybody.
    pub text: Text,
    /// What this audience is told in addition.
    pub aside: Option<Aside>,
    /// Where it stands on the page for good.
    pub link: String,
    /// When the next one comes.
    pub next_update: Option<Timestamp>,
}

/// What one audience is told in addition to a notice, filled. It stands apart, after the notice's
/// own words; where there is no room for it, it is left out.
#[derive(Debug, Clone)]
pub struct Aside {
    /// For whom it is.
    pub head: String,
    /// What it says.
    pub paragraphs: Vec<String>,
}

/// An alert to staff: what is the matter, what happens if nobody acts, what can be done.
#[derive(Debug, Clone)]
pub struct Alert {
    /// A word for programs: `held`, `update_due`, `blind` …
    pub kind: String,
    /// What is the matter, one sentence; the subject.
    pub subject: String,
    /// What happens if nobody acts, and what else must be known.
    pub paragraphs: Vec<String>,
    /// What can be done: label and address. Opening one changes nothing yet.
    pub links: Vec<(String, String)>,
    /// The notice as it would go out.
    pub preview: Option<Text>,
}

/// One recipient of a message.
#[derive(Debug, Clone, Default)]
pub struct Recipient {
    /// The address in the channel's form.
    pub address: String,
    /// The same at each repeat, and nobody else's: a keyed hash. Letters, digits, `-` and `_`.
    pub id: String,
    /// The `id` of the message that opened the thread, if this is not it.
    pub thread: Option<String>,
    /// What the return address carries, so that a mail that comes back tells whose it was (see
    /// [`verp`](super::email::verp)).
    pub bounce: Option<String>,
    /// Where this recipient leaves with one click; staff and machines have none.
    pub unsubscribe: Option<String>,
    /// Where this recipient changes what is written about; staff and machines have none.
    pub choices: Option<String>,
    /// The name of the secret that this recipient's messages are signed with.
    pub secret: Option<String>,
    /// The secret itself of one who subscribed an address of its own: a stranger's address.
    pub own: Option<Secret>,
}
