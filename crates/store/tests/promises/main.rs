//! What the memory promises, each on both databases.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod both;
mod opening;
mod postgres;
mod writing;
