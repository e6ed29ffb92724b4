//! The handbook in the console: what it says, where it has gaps, how it became what it is; and the
//! forms with which people change it.

pub(crate) mod archive;
pub(crate) mod begin;
mod book;
mod brought;
pub(crate) mod compare;
pub(crate) mod contacts;
mod contents;
mod date;
mod desk;
pub(crate) mod draft;
mod field;
mod finding;
pub(crate) mod form;
mod gap;
mod gather;
pub(crate) mod history;
mod next;
pub(crate) mod overview;
pub(crate) mod part;
mod proof;
mod sheet;
mod spot;
mod start;
mod summary;
pub(crate) mod text;
pub(crate) mod texts;
pub(crate) mod upload;
mod value;

/// Where the handbook is in the console.
const HERE: &str = "/console/handbook";
