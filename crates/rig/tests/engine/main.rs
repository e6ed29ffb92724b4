//! The engine's promises: a real handbook, real servers to look at, a real mail server, and both
//! databases. Only the clock is set by hand, so nothing waits.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod both;
#[path = "../../../outside/tests/wire/dovecot.rs"]
mod dovecot;
mod house;
mod mail;
#[path = "../../../store/tests/promises/postgres.rs"]
mod postgres;
mod world;

mod account;
mod api;
mod bounce;
mod console;
mod correct;
mod declare;
mod desk;
mod detect;
mod draft;
mod drill;
mod edit;
mod emergency;
mod enumerate;
mod handbook;
mod intake;
mod late;
mod node;
mod notice;
mod order;
mod passage;
mod reach;
mod relay;
mod switch;
mod team;
