//! Runs a promise on each database.

use std::path::Path;
use std::sync::OnceLock;

use store::Address;

use crate::postgres::Cluster;

/// Where the rows of a test are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Sqlite,
    Postgres,
}

/// A fresh database; none where there is no PostgreSQL, which was said loudly.
pub(crate) fn fresh(kind: Kind, folder: &Path) -> Option<Address> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    match kind {
        Kind::Sqlite => Some(Address::Sqlite(folder.join("notlicht.db"))),
        Kind::Postgres => {
            let cluster = CLUSTER.get_or_init(|| Cluster::start(false)).as_ref()?;
            let (port, name) = (cluster.port(), cluster.database());
            Some(format!("postgres://postgres@127.0.0.1:{port}/{name}").parse().unwrap())
        }
    }
}

/// Declares tests that run on SQLite and on PostgreSQL, each in a house of its own.
macro_rules! both {
    ($(async fn $name:ident($($house:tt)+) $body:block)*) => {
        $(mod $name {
            use super::*;

            async fn promise(kind: crate::both::Kind) {
                if let Some(house) = House::build(kind).await {
                    let $($house)+ = house;
                    $body
                }
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                promise(crate::both::Kind::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                promise(crate::both::Kind::Postgres).await;
            }
        })*
    };
}
pub(crate) use both;
