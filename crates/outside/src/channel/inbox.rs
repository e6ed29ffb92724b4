//! What comes back: reports of the other side about messages that it had taken.

use std::future::Future;
use std::pin::Pin;

use model::dispatch::Bounce;

use super::Trying;

/// The end of reading: a batch, or in words why there is none.
pub type Reading<'a> = Pin<Box<dyn Future<Output = Result<Batch, String>> + Send + 'a>>;

/// A place where the other side reports what became of messages, such as a mailbox of bounces.
pub trait Inbox: Send {
    /// Reads on from the place that an earlier batch gave; an empty one is the beginning. It
    /// changes nothing there, so reading again from the same place gives the same.
    fn read<'a>(&'a mut self, from: &'a str) -> Reading<'a>;

    /// Connects, signs in and looks, and reads nothing: for the doctor.
    fn try_out(&mut self) -> Trying<'_>;
}

/// Some of what lies in an inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// Where to go on; only the inbox knows what it means.
    pub position: String,
    /// What was reported.
    pub reports: Vec<Report>,
    /// How many messages could not be made out.
    pub unclear: u64,
    /// Whether there is more to read now.
    pub more: bool,
}

/// One message came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What the address carried that it came back to. Anybody can write there: see whether it is
    /// ours before believing it.
    pub token: String,
    /// What became of the message.
    pub bounce: Bounce,
    /// The other side's words; they may hold an address.
    pub reason: String,
}
