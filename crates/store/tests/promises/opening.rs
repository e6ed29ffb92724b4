//! Opening, formats, and what is said when that fails.

use store::{Address, Store, StoreError};

use crate::both::{Home, both};

both! {
    async fn every_statement_is_accepted_by_the_database(db: &Db) {
        assert!(db.store.check().await.unwrap() > 1);
    }

    async fn a_database_opens_again_with_what_was_in_it(db: &Db) {
        db.store.write(store::page::turn_steps()).await.unwrap();
        assert_eq!(db.another().await.page_revision().await.unwrap(), 1);
    }

    async fn many_nodes_may_start_at_once_on_an_empty_database(db: &Db) {
        db.by_hand("UPDATE page SET revision = 7");
        let starts = (0..8).map(|_| {
            let address = db.address.clone();
            tokio::spawn(async move { Store::open(&address).await })
        });
        for start in starts.collect::<Vec<_>>() {
            assert_eq!(start.await.unwrap().unwrap().page_revision().await.unwrap(), 7);
        }
    }

    async fn a_database_of_a_newer_program_is_left_alone(db: &Db) {
        db.by_hand("UPDATE meta SET format = 900");
        let refused = Store::open(&db.address).await.err().unwrap();
        assert!(matches!(refused, StoreError::TooNew { found: 900, .. }), "{refused}");
        assert!(refused.to_string().contains("start the newer program"));
    }

    async fn rows_changed_by_hand_give_an_error_and_no_panic(db: &Db) {
        db.by_hand("DELETE FROM page");
        let why = db.store.page_revision().await.unwrap_err();
        assert!(matches!(why, StoreError::Broken { .. }));
    }
}

#[tokio::test]
async fn a_database_that_cannot_be_reached_says_so_and_nothing_hangs() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = Address::Sqlite(folder.path().join("none/test.db"));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let nobody = format!("postgres://me@127.0.0.1:{port}/n").parse().unwrap();
    for address in [nowhere, nobody] {
        let why = Store::open(&address).await.err().unwrap();
        assert!(matches!(why, StoreError::Unavailable { .. }), "{why}");
    }
}

#[tokio::test]
async fn nobody_but_its_owner_can_read_a_new_file() {
    use std::os::unix::fs::PermissionsExt;
    let db = crate::both::Db::sqlite().await;
    db.store.write(store::page::turn_steps()).await.unwrap();
    let Home::Folder(folder) = &db.home else { panic!("SQLite lives in a folder") };
    for file in std::fs::read_dir(folder.path()).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode();
        assert_eq!(mode & 0o077, 0, "{}", file.path().display());
    }
}

#[tokio::test]
async fn a_file_of_another_kind_is_refused_and_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.txt");
    let letter = "Dear all, this is no database. ".repeat(200);
    std::fs::write(&path, &letter).unwrap();
    let why = Store::open(&Address::Sqlite(path.clone())).await.err().unwrap();
    assert!(matches!(why, StoreError::Address(_)), "{why}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), letter);
}
