//! The database that a node under test uses: a file, or a PostgreSQL server of the rig's own.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::Context as _;

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
    server: Option<(postgres::Cluster, String)>,
}

impl Database {
    /// Makes a fresh database. Nothing where there is no PostgreSQL: the starter says so loudly.
    pub(crate) fn fresh(kind: Kind, folder: &Path) -> Option<Self> {
        match kind {
            Kind::Sqlite => {
                let address = format!("sqlite:{}", folder.join("notlicht.db").display());
                Some(Self { address, server: None })
            }
            Kind::Postgres => {
                // A kill of the program must not be helped by a database that forgets.
                let server = postgres::Cluster::start(true)?;
                let (port, name) = (server.port(), server.database());
                let address = format!("postgres://postgres@127.0.0.1:{port}/{name}");
                Some(Self { address, server: Some((server, name)) })
            }
        }
    }

    /// Where the server listens.
    pub(crate) fn server(&self) -> anyhow::Result<SocketAddr> {
        Ok(SocketAddr::from(([127, 0, 0, 1], self.cluster()?.0.port())))
    }

    /// The name of the database on the server.
    pub(crate) fn name(&self) -> anyhow::Result<&str> {
        Ok(&self.cluster()?.1)
    }

    /// Carries out statements on the server; gives what they print.
    pub(crate) fn sql(&self, text: &str) -> anyhow::Result<String> {
        let (server, name) = self.cluster()?;
        Ok(server.sql(name, text))
    }

    fn cluster(&self) -> anyhow::Result<&(postgres::Cluster, String)> {
        self.server.as_ref().context("only PostgreSQL is a server")
    }
}
