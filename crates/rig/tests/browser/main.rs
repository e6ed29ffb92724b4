//! The real program, walked through in a real browser.
//!
//! Needs Chromium. Where there is none, each test says loudly that it was not run, and with
//! `CI=true` it fails.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod axe;
mod browser;
mod eyes;
mod findings;
mod house;
mod keyboard;
mod keys;
mod mail;
mod page;
mod pipe;
mod wire;
mod world;

mod access;
mod handbook;
mod hostile;
mod room;
mod subscribe;
mod team;
mod trap;
mod walk;
