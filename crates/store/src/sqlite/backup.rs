//! All rows out, and in again.
//!
//! Statements over whatever tables and columns a format has cannot stand in the registry; names
//! come from the schema's own files.

use std::path::Path;

use rusqlite::{Connection, Transaction, TransactionBehavior, params_from_iter};

use super::writer::{one_step, same_format, sort};
use super::{Sqlite, connect, create_privately, fault, owned, unmigrated, unopened};
use crate::block::record::Record;
use crate::block::{Counts, Inventory, Packer, Restored, Sink, Source};
use crate::block::{is_table, next, same_columns};
use crate::error::StoreError;
use crate::schema;
use crate::sql::Sql;
use crate::write::{Step, Written};

/// Names the statements here in errors.
static BACKUP: Sql = Sql::new("backup", "");

fn broken(why: rusqlite::Error) -> StoreError {
    fault(&BACKUP, why)
}

impl Sqlite {
    pub(crate) fn dump(&self, sink: &mut Sink<'_>) -> Result<Counts, StoreError> {
        // Of its own: it may read for long, and is closed with what it holds however this ends.
        let mut connection = connect(&self.inner.path)?;
        connection.pragma_update(None, "query_only", true).map_err(unopened)?;
        // In the log's mode a reading transaction sees one moment and holds nobody up.
        let moment = connection.transaction().map_err(broken)?;
        same_format(&moment)?;
        let mut packer = Packer::new(sink, schema::newest())?;
        for table in schema::tables(schema::newest()) {
            let mut statement =
                moment.prepare(&format!("SELECT * FROM {}", table.name)).map_err(broken)?;
            let columns = statement.column_names().map(ToString::to_string).collect();
            packer.put(&Record::Table { name: table.name.to_owned(), columns })?;
            let mut rows = statement.query([]).map_err(broken)?;
            while let Some(row) = rows.next().map_err(broken)? {
                packer.row(owned(&BACKUP, row)?.values.collect())?;
            }
            if table.grows {
                packer.put(&Record::Last(last(&moment, table.name).map_err(broken)?))?;
            }
        }
        packer.finish()
    }
}

fn last(connection: &Connection, table: &str) -> rusqlite::Result<i64> {
    let text = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = ?1";
    connection.query_row(text, [table], |row| row.get(0))
}

pub(crate) fn fill(
    path: &Path,
    replace: bool,
    source: &mut Source<'_>,
    last: &[Step],
) -> Result<Restored, StoreError> {
    create_privately(path)?;
    let mut connection = connect(path)?;
    // Tables come in their order and are looked at all together at the end.
    connection.pragma_update(None, "foreign_keys", 0).map_err(unopened)?;
    let whole = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(|why| sort("backup", why))?;
    clear(&whole, replace)?;
    let mut seen = Inventory::default();
    let Some(Record::Format(format)) = next(source)? else {
        return Err(StoreError::BadBackup("its format is missing".into()));
    };
    seen.note(&Record::Format(format))?;
    for (number, text) in schema::after(0).take_while(|(number, _)| *number <= format) {
        bring(&whole, number, text)?;
    }
    rows(&whole, format, source, &mut seen)?;
    let restored = seen.finish()?;
    for (table, rows) in &restored.counts {
        let text = format!("SELECT count(*) FROM {table}");
        let found: i64 = whole.query_row(&text, [], |row| row.get(0)).map_err(broken)?;
        if u64::try_from(found) != Ok(*rows) {
            return Err(StoreError::broken(table, format!("{found} rows instead of {rows}")));
        }
    }
    if whole
        .prepare("PRAGMA foreign_key_check")
        .and_then(|mut all| all.exists([]))
        .map_err(broken)?
    {
        return Err(StoreError::BadBackup("a row refers to one that is not there".into()));
    }
    for (number, text) in schema::after(format) {
        bring(&whole, number, text)?;
    }
    for step in last {
        one_step(&whole, step, &mut Written::default())?;
    }
    whole.commit().map_err(|why| sort("COMMIT", why))?;
    let _: i64 = connection
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        .map_err(unopened)?;
    Ok(restored)
}

fn bring(whole: &Transaction<'_>, number: i64, text: &str) -> Result<(), StoreError> {
    whole
        .execute_batch(&schema::for_sqlite(text))
        .and_then(|()| whole.execute("UPDATE meta SET format = ?1", [number]))
        .map(drop)
        .map_err(|why| unmigrated(number, why))
}

/// Makes room: drops what is there, if it is empty or may go. The file is ours alone.
fn clear(whole: &Transaction<'_>, replace: bool) -> Result<(), StoreError> {
    let text = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    let names: Vec<String> = whole
        .prepare(text)
        .and_then(|mut all| all.query_map([], |row| row.get(0))?.collect())
        .map_err(broken)?;
    for name in &names {
        let text = format!("SELECT EXISTS (SELECT 1 FROM \"{name}\")");
        let full: bool = whole.query_row(&text, [], |row| row.get(0)).map_err(broken)?;
        if full && !replace && !["meta", "page"].contains(&name.as_str()) {
            return Err(StoreError::NotEmpty { table: name.clone() });
        }
    }
    for name in &names {
        whole.execute_batch(&format!("DROP TABLE \"{name}\"")).map_err(broken)?;
    }
    Ok(())
}

fn rows(
    whole: &Transaction<'_>,
    format: i64,
    source: &mut Source<'_>,
    seen: &mut Inventory,
) -> Result<(), StoreError> {
    let mut current: Option<(String, rusqlite::Statement<'_>)> = None;
    while let Some(record) = next(source)? {
        seen.note(&record)?;
        match (record, &mut current) {
            (Record::Table { name, columns }, _) => {
                is_table(format, &name)?;
                let all = whole.prepare(&format!("SELECT * FROM {name}")).map_err(broken)?;
                let there: Vec<_> = all.column_names().map(ToString::to_string).collect();
                same_columns(&name, &columns, &there)?;
                // Two tables begin with a row.
                whole.execute_batch(&format!("DELETE FROM {name}")).map_err(broken)?;
                let holes = (1..=columns.len()).map(|at| format!("?{at}")).collect::<Vec<_>>();
                let (columns, holes) = (columns.join(", "), holes.join(", "));
                let text = format!("INSERT INTO {name} ({columns}) VALUES ({holes})");
                current = Some((name, whole.prepare(&text).map_err(broken)?));
            }
            (Record::Rows(rows), Some((_, insert))) => {
                for row in rows {
                    insert.execute(params_from_iter(row)).map_err(broken)?;
                }
            }
            (Record::Last(id), Some((name, _))) => {
                whole
                    .execute("DELETE FROM sqlite_sequence WHERE name = ?1", [&*name])
                    .and_then(|_| {
                        let text = "INSERT INTO sqlite_sequence (name, seq) VALUES (?1, ?2)";
                        whole.execute(text, (&*name, id))
                    })
                    .map_err(broken)?;
            }
            _ => {}
        }
    }
    Ok(())
}
