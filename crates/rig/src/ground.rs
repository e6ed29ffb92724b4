//! Where an installation stands: a folder, a database and an address of its own.

use std::net::SocketAddr;
use std::path::Path;

use tempfile::TempDir;

use crate::database::{Database, Kind};
use crate::house::{Ways, free_port, set_up};
use crate::node::Node;

/// It ends with the rig, and all that stands on it.
pub(crate) struct Ground {
    folder: TempDir,
    database: Database,
    listen: SocketAddr,
}

impl Ground {
    /// A fresh one. Nothing where there is no such database: its starter says so loudly.
    pub(crate) async fn fresh(kind: Kind) -> anyhow::Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let Some(database) = Database::fresh(kind, folder.path()) else { return Ok(None) };
        Ok(Some(Self { folder, database, listen: free_port().await? }))
    }

    /// Its folder.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program that is to stand on it.
    pub(crate) fn node(&self) -> anyhow::Result<Node> {
        let data = self.folder().join("data");
        Node::new(&data, &self.database.address, &self.listen.to_string())
    }

    /// Puts in a handbook, and so many people.
    pub(crate) async fn set_up(&self, node: &Node, ways: &Ways, people: u64) -> anyhow::Result<()> {
        set_up(node, self.folder(), self.listen, ways, people).await
    }
}
