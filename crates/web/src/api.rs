//! The JSON API: what the console can do, for programs with a token. Its document is made from
//! the list of routes and from the types in here, by [`crate::openapi`].
//!
//! Answers are built field by field from types of their own: what is stored may change without
//! the API, and what is not named here cannot leak.

pub(crate) mod admit;
mod by;
pub(crate) mod channel;
pub(crate) mod component;
pub(crate) mod doc;
pub(crate) mod document;
pub(crate) mod draft;
pub(crate) mod event;
pub(crate) mod handbook;
pub(crate) mod incident;
mod input;
pub(crate) mod list;
pub(crate) mod me;
mod moment;
pub(crate) mod notice;
mod number;
mod passage;
mod path;
mod plain;
pub(crate) mod problem;
pub(crate) mod publish;
pub(crate) mod reach;
pub(crate) mod room;
mod said;
pub(crate) mod unreached;
pub(crate) mod waiting;
mod word;

/// What a key of the handbook looks like.
pub(crate) const KEY: &str = "^[a-z][a-z0-9-]{0,39}$";
