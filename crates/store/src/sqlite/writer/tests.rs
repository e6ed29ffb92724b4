#![expect(clippy::unwrap_used, reason = "a test may panic")]

use model::value::Timestamp;
use tempfile::TempDir;

use super::*;
use crate::handbook::apply_steps;
use crate::page::turn_steps;
use crate::sql::Sql;
use crate::value::row;

const LARGE: usize = 4_000_000;

/// A database that may grow by some forty pages only.
fn small(folder: &TempDir) -> Connection {
    let path = folder.path().join("test.db");
    super::super::create_privately(&path).unwrap();
    let mut connection = super::super::connect(&path).unwrap();
    super::super::migrate(&mut connection).unwrap();
    let pages: i64 = connection.query_row("PRAGMA page_count", [], |row| row.get(0)).unwrap();
    connection.pragma_update(None, "max_page_count", pages + 40).unwrap();
    connection
}

fn large() -> Write {
    let files = [("a".to_owned(), "x".repeat(LARGE))].into();
    apply_steps(None, Timestamp(1), "ada", "", &files).into()
}

fn revision(folder: &TempDir) -> i64 {
    let connection = super::super::connect(&folder.path().join("test.db")).unwrap();
    connection.query_row("SELECT revision FROM page", [], |row| row.get(0)).unwrap()
}

#[tokio::test]
async fn a_full_disk_is_told_and_later_writes_work_again() {
    let folder = TempDir::new().unwrap();
    let writer = Writer::start(small(&folder)).unwrap();
    for turns in 1..=3 {
        let why = writer.write(Write::from(turn_steps()).and(large().steps)).await.unwrap_err();
        assert!(matches!(why, StoreError::Full), "{why}");
        writer.write(turn_steps().into()).await.unwrap();
        assert_eq!(revision(&folder), turns);
    }
}

/// Writes that surely share a commit, because they wait before the thread starts.
fn together(connection: &Connection, writes: Vec<Write>) -> (Vec<Answer>, u64) {
    let (queue, jobs) = mpsc::channel(QUEUE);
    let mut replies = Vec::new();
    for write in writes {
        let (answer, reply) = oneshot::channel();
        assert!(queue.try_send(Job { write, answer }).is_ok());
        replies.push(reply);
    }
    drop(queue);
    let commits = AtomicU64::new(0);
    run(connection, jobs, &commits);
    let answers = replies.into_iter().map(|mut reply| reply.try_recv().unwrap()).collect();
    (answers, commits.into_inner())
}

#[test]
fn one_write_too_large_for_the_disk_does_not_take_its_neighbours_with_it() {
    let folder = TempDir::new().unwrap();
    let writes = vec![turn_steps().into(), large(), turn_steps().into()];
    let connection = small(&folder);
    let (answers, _) = together(&connection, writes);
    assert!(answers[0].is_ok() && answers[2].is_ok());
    assert!(matches!(answers[1], Err(StoreError::Full)));
    assert_eq!(revision(&folder), 2);
}

/// Makes the commit itself fail: the violated reference is looked at only then.
static LATER: Sql = Sql::new("test.later", "PRAGMA defer_foreign_keys = ON");
static ORPHAN: Sql = Sql::new(
    "test.orphan",
    "INSERT INTO incident_event (incident, seq, at, actor, event) VALUES ('none', 1, 1, '', '')",
);

#[test]
fn nobody_is_told_yes_when_the_commit_fails() {
    let folder = TempDir::new().unwrap();
    let connection = small(&folder);
    let orphan = vec![Step::any(&LATER, row![]), Step::one(&ORPHAN, row![])];
    let writes = vec![turn_steps().into(), Write::from(turn_steps()).and(orphan)];
    let (answers, commits) = together(&connection, writes);
    assert!(answers[0].is_ok(), "repeated alone, it harms nobody");
    assert!(answers[1].is_err());
    assert_eq!((revision(&folder), commits), (1, 1));
}
