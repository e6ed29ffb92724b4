//! The console: where staff look, write and decide.

pub(crate) mod asset;
mod frame;
pub(crate) mod guard;
pub(crate) mod home;
pub(crate) mod room;
mod sent;
pub(crate) mod sign;
