//! The program as a person runs it: the real binary, by its command line, its page and its log.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod account;
mod alertmanager;
mod backup;
mod canary;
mod channel;
mod dark;
mod doctor;
mod emergency;
mod guard;
mod guide;
mod handbook;
mod help;
mod house;
mod incident;
mod intake;
mod kannel;
mod people;
mod print;
mod reach;
mod room;
mod start;
mod words;
