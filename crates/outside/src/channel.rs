//! Ways out to people. One line in [`ADAPTERS`] for each channel.
//!
//! An adapter describes itself, composes purely, sends once and classifies what came back. It never
//! retries: whether and when is decided by the delivery machine. It sends only for a
//! [`Dispatch<Real>`], so a drill cannot leave the house.

pub mod email;
mod flight;
pub mod inbox;
pub mod post;
pub mod sms;
pub mod webhook;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use model::dispatch::{Dispatch, Outcome, Real};
use model::handbook::channel::{Channel, Descriptor, Field, Form as Text};
use model::value::Timestamp;

use crate::guard::Guard;
use crate::http::Http;
use crate::secret::{Secret, SecretError, Secrets};
use crate::tls::Trust;
use inbox::Inbox;
use post::{Post, Recipient};

/// Every channel there is.
pub static ADAPTERS: [&dyn Adapter; 3] = [&email::Email, &sms::Sms, &webhook::Webhook];

/// What channels go out with.
#[derive(Debug, Clone)]
pub struct Wire {
    /// Decides which addresses may be reached.
    pub guard: Guard,
    /// The HTTP client.
    pub http: Http,
    /// Whose certificates are good.
    pub trust: Trust,
    /// The secrets that the handbook names.
    pub secrets: Arc<Secrets>,
}

/// One message to one recipient, ready to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parcel {
    /// The same at each repeat: part of the Message-ID, or the idempotency key.
    pub id: String,
    /// Where it comes back to if it cannot be delivered, if not to the channel's own sender.
    pub from: Option<String>,
    /// The address.
    pub to: String,
    /// The name of the secret that this recipient's messages are signed with.
    pub secret: Option<String>,
    /// The secret itself of one who subscribed an address of its own: a stranger's address.
    pub own: Option<Secret>,
    /// The finished bytes.
    pub body: Vec<u8>,
}

/// How a message looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The subject, where the channel has one.
    pub subject: Option<String>,
    /// The text.
    pub text: String,
    /// Whether it is written for machines.
    pub machine: bool,
    /// In how many parts it travels, where each of them is paid for.
    pub parts: Option<u32>,
}

/// The end of carrying.
pub type Carrying<'a> = Pin<Box<dyn Future<Output = ()> + Send + 'a>>;

/// What trying out comes to: what was seen, or what is wrong.
pub type Trying<'a> = Pin<Box<dyn Future<Output = Result<String, String>> + Send + 'a>>;

/// A kind of channel.
pub trait Adapter: Sync {
    /// What it says of itself.
    fn descriptor(&self) -> &'static Descriptor;

    /// Makes a message ready for all who get it in the same language: pure, so the same each time.
    ///
    /// # Errors
    /// [`ChannelError`]: the message would be refused for everybody.
    fn prepare(&self, channel: &Channel, post: &Post) -> Result<Box<dyn Form>, ChannelError>;

    /// The message for one recipient.
    ///
    /// # Errors
    /// [`ChannelError::Message`]; the message would be refused for this recipient.
    fn compose(
        &self,
        channel: &Channel,
        post: &Post,
        to: &Recipient,
    ) -> Result<Parcel, ChannelError> {
        self.prepare(channel, post)?.fill(to)
    }

    /// How the message looks to whoever gets it: for people to read before it goes out.
    fn preview(&self, channel: &Channel, post: &Post) -> Preview;

    /// Makes a line ready; the connection comes about with the first message.
    ///
    /// # Errors
    /// [`ChannelError`] if a setting or a secret is missing or wrong.
    fn open(&self, wire: &Wire, channel: &Channel) -> Result<Box<dyn Line>, ChannelError>;

    /// Where the other side reports afterwards what became of messages; none where it does not, or
    /// where the handbook does not say where.
    ///
    /// # Errors
    /// [`ChannelError`] if a setting or a secret is missing or wrong.
    fn inbox(
        &self,
        _wire: &Wire,
        _channel: &Channel,
    ) -> Result<Option<Box<dyn Inbox>>, ChannelError> {
        Ok(None)
    }
}

/// A message of which only what is personal is left open.
pub trait Form: Send + Sync {
    /// The message for one recipient: the same at each repeat.
    ///
    /// # Errors
    /// [`ChannelError::Message`]; the message would be refused for this recipient.
    fn fill(&self, to: &Recipient) -> Result<Parcel, ChannelError>;
}

/// What a line carries: it takes parcels and says what became of each.
pub trait Load: Send {
    /// The next parcel under a number of its own; none when there is no more for now.
    fn next(&mut self) -> Option<(u16, Parcel)>;

    /// What became of the parcel of this number.
    fn settle(&mut self, number: u16, outcome: Outcome);

    /// The time: for waits that the other side names as a point in time, and for timestamps in
    /// signatures.
    fn now(&self) -> Timestamp;
}

/// A line to the world; connections are kept.
pub trait Line: Send {
    /// Sends what the load has, each parcel once. It returns when the load has no more, or when
    /// the line is of no more use: its last outcome is a [`Outcome::ChannelDown`] then, and the rest
    /// stays in the load. Each parcel that was taken is settled exactly once.
    fn carry<'a>(
        &'a mut self,
        dispatch: &'a Dispatch<Real>,
        load: &'a mut dyn Load,
    ) -> Carrying<'a>;

    /// Connects and signs in, and sends nothing: for the doctor.
    fn try_out(&mut self) -> Trying<'_>;
}

/// Why a channel cannot be used as it stands in the handbook, or a message cannot be made.
#[derive(Debug, thiserror::Error)]
pub enum ChannelError {
    /// A setting is missing.
    #[error("channel “{channel}”: the setting “{field}” is missing")]
    Missing {
        /// The channel's key.
        channel: String,
        /// The setting.
        field: &'static str,
    },
    /// A setting has a text that does not fit.
    #[error("channel “{channel}”: “{field}” does not fit: {reason}")]
    Setting {
        /// The channel's key.
        channel: String,
        /// The setting.
        field: &'static str,
        /// What is wrong.
        reason: String,
    },
    /// A secret was not given.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The message cannot be made for this recipient.
    #[error("{0}")]
    Message(String),
}

/// The setting that limits how fast a channel is used.
const PER_SECOND: Field = Field {
    name: "per_second",
    hint: [
        "höchstens so viele Nachrichten je Sekunde und Knoten; sonst ohne Grenze",
        "at most so many messages a second and node; otherwise without a limit",
    ],
    required: false,
    form: Text::Number(1, 1_000_000),
};

/// The adapter of this kind.
#[must_use]
pub fn adapter(kind: &str) -> Option<&'static dyn Adapter> {
    ADAPTERS.into_iter().find(|adapter| adapter.descriptor().kind == kind)
}

/// What all adapters say of themselves, for the check of a handbook.
#[must_use]
pub fn descriptors() -> Vec<Descriptor> {
    ADAPTERS.iter().map(|adapter| *adapter.descriptor()).collect()
}

/// The setting that must be there.
fn required<'a>(channel: &'a Channel, field: &'static str) -> Result<&'a str, ChannelError> {
    channel
        .setting(field)
        .ok_or_else(|| ChannelError::Missing { channel: channel.key.to_string(), field })
}

/// The setting as a number, where it is there.
fn number<N: std::str::FromStr>(
    channel: &Channel,
    field: &'static str,
) -> Result<Option<N>, ChannelError> {
    let Some(text) = channel.setting(field) else { return Ok(None) };
    let wrong = |_| ChannelError::Setting {
        channel: channel.key.to_string(),
        field,
        reason: format!("“{text}” is no number in its range"),
    };
    text.parse().map(Some).map_err(wrong)
}
