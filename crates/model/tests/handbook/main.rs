//! The handbook: what is read, what is refused, what the example promises.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod contact;
mod difference;
mod duty;
mod edit;
mod example;
mod finding;
mod gap;
mod intake;
mod merge;
mod passage;
mod prepared;
mod random;
mod read;
mod refused;
mod released;
mod rota;
mod sample;
