//! The public page and its routes.
//!
//! Rendering makes finished bytes from [`model::public::PublicPage`] and knows no HTTP server;
//! serving hands them out from memory and knows no database.

pub mod desk;
pub mod page;
pub mod rate;
pub mod routes;
mod shield;
pub mod visitor;
