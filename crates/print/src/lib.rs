//! The handbook on paper: what hangs on the wall and is carried when everything else is down.
//!
//! [`booklet::Booklet`] is the content of all pages, made from a handbook without any I/O. Two
//! renderings show the same booklet: [`html`], one self-contained file that a browser prints, is
//! always there; `pdf` is set by a typesetting library, and only where the feature `pdf` is built in.

pub mod booklet;
pub mod html;
#[cfg(feature = "pdf")]
pub mod pdf;

pub use booklet::Booklet;
