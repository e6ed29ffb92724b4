//! Reads the workspace as text and keeps its shape: who may know whom, how long things are, and
//! what stands nowhere. Each failure says where and what to do.
//!
//! A check is a function from a [`tree::Tree`] to its faults. So each is tried twice: on the whole
//! workspace, and on small broken samples, which shows that it can fail.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod arrow;
mod channel;
mod dependency;
mod facts;
mod habit;
mod mark;
mod module;
mod place;
mod promise;
mod size;
mod tree;
