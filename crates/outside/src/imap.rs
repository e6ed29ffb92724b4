//! A reader of mailboxes over IMAP (RFC 9051, RFC 3501): encrypted, signed in, and never changing
//! anything. It opens a mailbox for looking only, so no mail is marked as seen and none is deleted.

mod account;
mod session;
mod talk;

pub use account::{Account, BadAccount};
pub use session::Session;

/// A mailbox as it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mailbox {
    /// The numbers of mails mean the same only while this is the same (UIDVALIDITY).
    pub validity: u32,
    /// No mail had this number or a higher one (UIDNEXT).
    pub next: u32,
    /// How many mails lie in it.
    pub mails: u32,
}

/// A mail as it lies in a mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// Its number in the mailbox (UID).
    pub number: u32,
    /// Its beginning, as far as was asked for.
    pub bytes: Vec<u8>,
}
