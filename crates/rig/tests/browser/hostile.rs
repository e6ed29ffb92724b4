//! Hostile texts in every field, and what becomes of them in every output.

mod console;
mod dom;
mod form;
mod live;
mod output;
mod payload;
mod specimen;
