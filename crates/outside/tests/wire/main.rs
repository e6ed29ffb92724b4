//! What crosses the wire, against real sockets on loopback.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod guard;
mod http;
mod monitor;
mod page;
mod relay;
mod smtp;
