//! The memory of Notlicht: SQLite (the embedded default) or PostgreSQL (for several nodes).
//!
//! A write is a value: statements with the rows they are expected to touch. Nothing is read
//! inside a write, so that many can share one commit and a database may ask for a repeat. Each
//! noun has a file; its writers return steps, so that the caller joins several nouns into one
//! [`Write`], and its readers are methods of [`Store`].
//!
//! ```no_run
//! # async fn example() -> Result<(), store::StoreError> {
//! let store = store::Store::open(&"sqlite:notlicht.db".parse()?).await?;
//! store.write(store::page::turn_steps()).await?;
//! # Ok(())
//! # }
//! ```

mod address;
mod block;
pub mod channel;
mod database;
mod error;
mod newcomer;
mod postgres;
mod registry;
mod schema;
mod sql;
mod sqlite;
mod value;
pub mod wave;
mod write;

pub mod account;
pub mod alarm;
pub mod audit;
pub mod backup;
pub mod bounce;
pub mod contact;
pub mod dispatch;
pub mod draft;
pub mod handbook;
pub mod hook;
pub mod import;
pub mod incident;
pub mod intake;
pub mod journal;
pub mod latecomer;
pub mod lease;
pub mod monitor;
pub mod page;
pub mod person;
pub mod recipient;
pub mod session;
pub mod shard;
pub mod subscription;
pub mod token;

pub use address::{Address, Server};
pub use database::Store;
pub use error::{Cause, StoreError};
pub use sql::Sql;
pub use write::{Step, Write, Written};
