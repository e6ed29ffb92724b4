//! What crosses the wire, against real sockets on loopback.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod bounce;
mod dkim;
mod dovecot;
mod guard;
mod http;
mod intake;
mod mail;
mod monitor;
mod page;
mod pipeline;
mod postfix;
mod relay;
mod report;
mod sample;
mod sms;
mod smtp;
mod webhook;
