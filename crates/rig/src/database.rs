//! The database that a node under test uses: a file, or a PostgreSQL server of the rig's own.

use std::path::Path;

#[path = "../../store/tests/promises/postgres.rs"]
mod postgres;

/// Which database.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Kind {
    /// The embedded default.
    Sqlite,
    /// A server.
    Postgres,
}

/// A database that ends with the rig.
pub(crate) struct Database {
    /// The address to give to the program.
    pub(crate) address: String,
    _server: Option<postgres::Cluster>,
}

impl Database {
    /// Makes a fresh database. Nothing where there is no PostgreSQL: the starter says so loudly.
    pub(crate) fn fresh(kind: Kind, folder: &Path) -> Option<Self> {
        match kind {
            Kind::Sqlite => {
                let address = format!("sqlite:{}", folder.join("notlicht.db").display());
                Some(Self { address, _server: None })
            }
            Kind::Postgres => {
                // A kill of the program must not be helped by a database that forgets.
                let server = postgres::Cluster::start(true)?;
                let (port, name) = (server.port(), server.database());
                let address = format!("postgres://postgres@127.0.0.1:{port}/{name}");
                Some(Self { address, _server: Some(server) })
            }
        }
    }
}
