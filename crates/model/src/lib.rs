//! The rules of Notlicht: no I/O, no async, no clock, no randomness.
//!
//! Modules import only from those named before them.

pub mod value;

pub mod language;

pub mod notice;

pub mod words;

pub mod handbook;

pub mod verdict;

pub mod intake;

pub mod incident;

pub mod permission;

pub mod draft;
pub mod fare;

pub mod recipient;

pub mod dispatch;

pub mod reach;

pub mod public;
