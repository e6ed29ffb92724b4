//! The connection to PostgreSQL breaks at the worst moments.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use store::page::turn_steps;
use store::{Store, StoreError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::both::cluster;

/// What the line does when it sees the word.
const NOTHING: u8 = 0;
const CUT_BEFORE: u8 = 1;
const CUT_AFTER: u8 = 2;
const HANG: u8 = 3;

struct Line {
    store: Store,
    mode: Arc<AtomicU8>,
    name: String,
}

/// A store behind a line that can be told to break once when `word` passes.
async fn line(word: &'static str) -> Option<Line> {
    let cluster = cluster()?;
    let name = cluster.database();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mode = Arc::new(AtomicU8::new(NOTHING));
    let told = Arc::clone(&mode);
    tokio::spawn(async move {
        loop {
            let (client, _) = listener.accept().await.unwrap();
            #[expect(clippy::disallowed_methods, reason = "the tests' own server on loopback")]
            let server = TcpStream::connect(("127.0.0.1", cluster.port())).await.unwrap();
            tokio::spawn(carry(client, server, Arc::clone(&told), word));
        }
    });
    let address = format!("postgres://postgres@127.0.0.1:{port}/{name}").parse().unwrap();
    Some(Line { store: Store::open(&address).await.unwrap(), mode, name })
}

async fn carry(client: TcpStream, server: TcpStream, mode: Arc<AtomicU8>, word: &'static str) {
    let (mut from_client, mut to_client) = client.into_split();
    let (mut from_server, mut to_server) = server.into_split();
    let back = tokio::spawn(async move {
        let _ = tokio::io::copy(&mut from_server, &mut to_client).await;
    });
    let mut buffer = vec![0; 65_536];
    while let Ok(length @ 1..) = from_client.read(&mut buffer).await {
        let seen = buffer[..length].windows(word.len()).any(|part| part == word.as_bytes());
        let act = if seen { mode.swap(NOTHING, Ordering::SeqCst) } else { NOTHING };
        if act == CUT_BEFORE {
            break;
        }
        if act == HANG {
            // From here on all wait for this line: time may leap to the end of their patience.
            tokio::time::pause();
            std::future::pending::<()>().await;
        }
        if act == CUT_AFTER {
            // The answer must not get through.
            back.abort();
            let _ = to_server.write_all(&buffer[..length]).await;
            let _ = to_server.flush().await;
            // The server closes when it has seen the end, after the commit.
            drop(to_server);
            return;
        }
        if to_server.write_all(&buffer[..length]).await.is_err() {
            break;
        }
    }
    back.abort();
}

#[tokio::test]
async fn a_commit_whose_answer_was_lost_is_told_as_unknown_and_not_repeated() {
    let Some(line) = line("COMMIT").await else { return };
    line.store.write(turn_steps()).await.unwrap();
    // After the lost one comes one that is seen.
    for (mode, revision) in [(CUT_BEFORE, 2), (CUT_AFTER, 4)] {
        line.mode.store(mode, Ordering::SeqCst);
        let why = line.store.write(turn_steps()).await.unwrap_err();
        assert!(matches!(why, StoreError::Unknown { .. }), "{why}");
        assert!(!why.is_worth_a_repeat());
        // Waits at the row until the server has ended the lost transaction.
        line.store.write(turn_steps()).await.unwrap();
        assert_eq!(line.store.page_revision().await.unwrap(), revision);
    }
}

#[tokio::test]
async fn a_connection_that_died_before_the_commit_is_replaced_and_the_write_happens_once() {
    let Some(line) = line("BEGIN").await else { return };
    line.store.write(turn_steps()).await.unwrap();
    line.mode.store(CUT_BEFORE, Ordering::SeqCst);
    line.store.write(turn_steps()).await.unwrap();
    assert_eq!(line.mode.load(Ordering::SeqCst), NOTHING, "the line was cut");
    assert_eq!(line.store.page_revision().await.unwrap(), 2);
}

#[tokio::test]
async fn reading_goes_on_after_the_server_has_thrown_everybody_out() {
    let Some(line) = line("nothing says this").await else { return };
    line.store.write(turn_steps()).await.unwrap();
    let (cluster, name) = (cluster().unwrap(), &line.name);
    cluster.sql(
        "postgres",
        &format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"),
    );
    assert_eq!(line.store.page_revision().await.unwrap(), 1);
    line.store.write(turn_steps()).await.unwrap();
}

#[tokio::test]
async fn a_server_that_never_answers_does_not_hold_a_writer_for_ever() {
    for (word, unknown) in [("BEGIN", false), ("COMMIT", true)] {
        let Some(line) = line(word).await else { return };
        line.store.write(turn_steps()).await.unwrap();
        line.mode.store(HANG, Ordering::SeqCst);
        let why = line.store.write(turn_steps()).await.unwrap_err();
        tokio::time::resume();
        assert_eq!(matches!(why, StoreError::Unknown { .. }), unknown, "{word}: {why}");
        assert_eq!(matches!(why, StoreError::Unavailable { .. }), !unknown, "{word}: {why}");
    }
}
