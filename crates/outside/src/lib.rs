//! All that crosses the wire: the guard over addresses, the HTTP client, secrets, channels, probes,
//! what other programs report.
//!
//! An adapter describes itself, composes purely, sends once and classifies what came back; it never
//! retries and never decides. Nothing here reads a clock to decide anything: the time is given.

pub mod channel;
pub mod guard;
pub mod http;
pub mod imap;
pub mod intake;
pub mod monitor;
pub mod seal;
pub mod secret;
pub mod sign;
pub mod tls;
