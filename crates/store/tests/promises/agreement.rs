//! Whatever is written, both databases hold the same afterwards.

use model::handbook::people::ContactCard;
use model::intake::{Source, Subject};
use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind};
use model::value::PublicId;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use store::{
    StoreError, Write, alarm, audit, handbook, intake, journal, monitor, page, person, recipient,
};

use crate::both::{Db, Home, cluster};
use crate::{at, key};

/// One thing to write; the numbers are small, so that they meet.
#[derive(Debug, Clone)]
enum Act {
    Turn,
    Apply(u32),
    Raise(u8),
    Close(u8),
    Merge(u64),
    Audit(i64),
    Beat(u8, i64),
    Report(u8, i64, i64),
    Cards(Vec<u8>),
    Erase(u8),
    Subscribe(u8),
    Name(u8, u8),
    Leave(u8),
}

fn acts() -> impl Strategy<Value = Vec<Vec<Act>>> {
    let act = prop_oneof![
        Just(Act::Turn),
        (0..6_u32).prop_map(Act::Apply),
        (0..3_u8).prop_map(Act::Raise),
        (0..3_u8).prop_map(Act::Close),
        (0..9_u64).prop_map(Act::Merge),
        any::<i64>().prop_map(Act::Audit),
        (0..3_u8, any::<i64>()).prop_map(|(who, at)| Act::Beat(who, at)),
        (0..3_u8, any::<i64>(), any::<i64>())
            .prop_map(|(what, down, up)| Act::Report(what, down, up)),
        vec(0..4_u8, 0..4).prop_map(Act::Cards),
        (0..4_u8).prop_map(Act::Erase),
        (0..5_u8).prop_map(Act::Subscribe),
        (0..4_u8, 0..3_u8).prop_map(|(who, channel)| Act::Name(who, channel)),
        (0..4_u8).prop_map(Act::Leave),
    ];
    vec(vec(act, 1..4), 1..40)
}

fn named(n: u8) -> model::value::Key {
    key(&format!("k{n}"))
}

fn contact(key: Option<u8>, channel: u8, address: u8) -> NewRecipient {
    NewRecipient {
        kind: if key.is_some() { RecipientKind::Staff } else { RecipientKind::Subscriber },
        key: key.map(|n| format!("k{n}")),
        channel: format!("c{channel}"),
        address: format!("{address}@ö.example"),
        language: Language::DE,
        consent_at: key.is_none().then(|| at(3)),
        components: None,
    }
}

fn card(n: &u8) -> ContactCard {
    let email = Some("e".into());
    ContactCard { email, ..ContactCard::new(named(*n), format!("Name {n}")) }
}

fn write(acts: &[Act]) -> Write {
    acts.iter().fold(Write::new(), |write, act| {
        write.and(match act {
            Act::Turn => page::turn_steps(),
            Act::Apply(base) => {
                let base = (*base > 0).then_some(*base);
                handbook::apply_steps(base, at(1), "a", "r", &[("p".into(), "t".into())].into())
            }
            Act::Raise(n) => alarm::raise_steps("kind", &n.to_string(), "d", at(1)),
            Act::Close(n) => alarm::close_steps("kind", &n.to_string(), at(2)),
            Act::Merge(id) => {
                let id = PublicId::from_chance(*id);
                journal::merge_steps(&journal::Entry { id, written_at: at(1), entry: "e" }, at(2))
            }
            Act::Audit(micros) => audit::note_steps(&audit::Entry {
                at: model::value::Timestamp(*micros),
                actor: "'; \"x\" $1 ?1".into(),
                act: String::new(),
                subject: "\u{1F6A8}\n".into(),
                detail: String::new(),
            }),
            Act::Beat(n, micros) => {
                monitor::beat_steps(&named(*n), model::value::Timestamp(*micros))
            }
            Act::Report(what, down, up) => intake::put_steps(
                &Source::Hook(named(0)),
                &what.to_string(),
                &Subject {
                    detail: "'; \"x\" $1 ?1".into(),
                    down_at: model::value::Timestamp(*down),
                    up_at: model::value::Timestamp(*up),
                    up_heard_at: at(*what as i64),
                    ..Subject::default()
                },
            ),
            Act::Cards(people) => {
                person::replace_steps(&people.iter().map(card).collect::<Vec<_>>())
            }
            Act::Erase(n) => person::erase_steps(&named(*n), at(4)),
            Act::Subscribe(n) => recipient::add_steps(&[contact(None, 0, *n)], at(5)),
            Act::Name(n, channel) => recipient::add_steps(&[contact(Some(*n), *channel, 7)], at(6)),
            Act::Leave(n) => recipient::leave_named_steps(RecipientKind::Staff, &named(*n), at(7)),
        })
    })
}

/// Everything but the growing ids: a server leaves gaps in them where a write was undone.
const TABLES: &[(&str, &str)] = &[
    ("page", "SELECT revision FROM page"),
    ("handbook", "SELECT number, created_at, author, reason, files FROM handbook ORDER BY number"),
    ("alarm", "SELECT subject, opened_at, closed_at, open_key FROM alarm ORDER BY id"),
    ("journal", "SELECT id, written_at, merged_at, entry FROM journal ORDER BY id"),
    ("audit", "SELECT at, actor, subject FROM audit ORDER BY id"),
    (
        "report",
        "SELECT source, subject, labels, detail, down_at, up_at, up_heard_at
         FROM report ORDER BY subject",
    ),
    ("beat", "SELECT monitor, last_at FROM beat ORDER BY monitor"),
    ("person_contact", "SELECT person, way, address FROM person_contact ORDER BY person, way"),
    ("person", "SELECT key, name, erased_at FROM person ORDER BY key"),
    (
        "contact",
        "SELECT kind, key, channel, address, sole, consent_at
         FROM contact JOIN recipient ON recipient.id = recipient ORDER BY recipient.id, channel",
    ),
    ("recipient", "SELECT kind, key, language, created_at, left_at FROM recipient ORDER BY id"),
];

/// All rows as text.
fn rows(db: &Db) -> String {
    let queries: Vec<_> = TABLES.iter().map(|(_, query)| *query).collect();
    let text = match &db.home {
        Home::Server { name } => cluster().unwrap().sql(name, &queries.join(";")),
        Home::Folder(folder) => {
            let connection = rusqlite::Connection::open(folder.path().join("test.db")).unwrap();
            queries.iter().flat_map(|query| lines(&connection, query)).collect()
        }
    };
    text.trim().to_owned()
}

/// The rows of a query, written as PostgreSQL's client writes them.
fn lines(connection: &rusqlite::Connection, query: &str) -> Vec<String> {
    let mut statement = connection.prepare(query).unwrap();
    let columns = statement.column_count();
    let lines = statement.query_map([], |row| {
        let texts = (0..columns).map(|column| {
            Ok(match row.get(column)? {
                rusqlite::types::Value::Null => String::new(),
                rusqlite::types::Value::Integer(n) => n.to_string(),
                rusqlite::types::Value::Text(text) => text,
                other => format!("{other:?}"),
            })
        });
        Ok(texts.collect::<rusqlite::Result<Vec<_>>>()?.join("|") + "\n")
    });
    lines.unwrap().map(Result::unwrap).collect()
}

fn empty(db: &Db) {
    let clear = TABLES.iter().map(|(table, _)| match *table {
        "page" => "UPDATE page SET revision = 0;".to_owned(),
        table => format!("DELETE FROM {table};"),
    });
    db.by_hand(&clear.collect::<String>());
}

/// What the caller is told, without the ids.
fn told(answer: Result<store::Written, StoreError>) -> Result<usize, String> {
    answer.map(|written| written.given.len()).map_err(|why| why.to_string())
}

#[test]
fn both_databases_answer_the_same_and_hold_the_same() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let sqlite = runtime.block_on(Db::sqlite());
    let Some(postgres) = runtime.block_on(Db::postgres()) else { return };

    let config = Config { cases: 40, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new(config);
    let conflicts = std::cell::Cell::new(0);
    let outcome = runner.run(&acts(), |writes| {
        empty(&sqlite);
        empty(&postgres);
        for acts in &writes {
            let one = told(runtime.block_on(sqlite.store.write(write(acts))));
            let two = told(runtime.block_on(postgres.store.write(write(acts))));
            conflicts.set(conflicts.get() + u32::from(one.is_err()));
            prop_assert_eq!(one, two, "{:?}", acts);
        }
        prop_assert_eq!(rows(&sqlite), rows(&postgres));
        Ok(())
    });
    outcome.unwrap();
    assert!(conflicts.get() > 50, "only {} conflicts were tried", conflicts.get());
}
