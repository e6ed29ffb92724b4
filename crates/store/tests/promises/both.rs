//! Runs a test on each database.

use std::sync::OnceLock;

use store::{Address, Store};
use tempfile::TempDir;

use crate::postgres::Cluster;

/// An empty database of a test's own.
pub(crate) struct Db {
    pub(crate) address: Address,
    pub(crate) store: Store,
    pub(crate) home: Home,
}

/// Where the rows of a test are.
pub(crate) enum Home {
    Folder(TempDir),
    Server { name: String },
}

/// One server for all tests of the binary.
pub(crate) fn cluster() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER.get_or_init(|| Cluster::start(false)).as_ref()
}

impl Db {
    pub(crate) async fn sqlite() -> Self {
        let folder = TempDir::new().unwrap();
        let address = Address::Sqlite(folder.path().join("test.db"));
        let store = Store::open(&address).await.unwrap();
        Self { address, store, home: Home::Folder(folder) }
    }

    pub(crate) async fn postgres() -> Option<Self> {
        let cluster = cluster()?;
        let name = cluster.database();
        let address =
            format!("postgres://postgres@127.0.0.1:{}/{name}", cluster.port()).parse().unwrap();
        let store = Store::open(&address).await.unwrap();
        Some(Self { address, store, home: Home::Server { name } })
    }

    /// Another node, or the same one started again.
    pub(crate) async fn another(&self) -> Store {
        Store::open(&self.address).await.unwrap()
    }

    /// Changes the database behind the program's back.
    pub(crate) fn by_hand(&self, text: &str) {
        match &self.home {
            Home::Folder(folder) => {
                let path = folder.path().join("test.db");
                rusqlite::Connection::open(path).unwrap().execute_batch(text).unwrap();
            }
            Home::Server { name } => {
                cluster().unwrap().sql(name, text);
            }
        }
    }
}

/// Declares tests that run on SQLite and on PostgreSQL.
macro_rules! both {
    ($($(#[$note:meta])* async fn $name:ident($db:ident: &Db) $body:block)*) => {
        $($(#[$note])* mod $name {
            use super::*;

            // Nothing, but so the import is used also by a test that needs nothing else of it.
            both! {}

            async fn promise($db: &crate::both::Db) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                promise(&crate::both::Db::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                if let Some(db) = crate::both::Db::postgres().await {
                    promise(&db).await;
                }
            }
        })*
    };
}
pub(crate) use both;
