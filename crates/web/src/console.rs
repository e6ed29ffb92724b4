//! The console: where staff look, write and decide.

pub(crate) mod account;
mod agent;
pub(crate) mod asset;
pub(crate) mod channel;
pub(crate) mod declare;
mod frame;
pub(crate) mod guard;
pub(crate) mod handbook;
pub(crate) mod home;
pub(crate) mod people;
pub(crate) mod print;
pub(crate) mod room;
mod sent;
pub(crate) mod sign;
mod signed;
