//! The public page, the console, and their routes.
//!
//! Rendering makes finished bytes from [`model::public::PublicPage`] and knows no HTTP server;
//! serving hands them out from memory and knows no database. The console asks the engine.

mod api;
mod console;
pub mod desk;
pub mod door;
pub mod openapi;
pub mod page;
pub mod rate;
pub mod room;
pub mod routes;
mod shield;
pub mod visitor;
