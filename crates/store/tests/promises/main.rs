//! What the memory promises, each on both databases.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod agreement;
mod alarm;
mod backup;
mod both;
mod bounce;
mod contact;
mod encrypted;
mod erased;
mod handbook;
mod hook;
mod import;
mod incident;
mod intake;
mod latecomer;
mod lease;
mod lost;
mod opening;
mod person;
mod postgres;
mod recipient;
mod shard;
mod subscription;
mod upgrade;
mod wave;
mod writing;

use model::value::{Key, Timestamp};

fn key(text: &str) -> Key {
    text.parse().unwrap()
}

fn at(seconds: i64) -> Timestamp {
    Timestamp(seconds * 1_000_000)
}
