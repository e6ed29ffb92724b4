//! All rows out, and in again.
//!
//! Statements over whatever tables and columns a format has cannot stand in the registry; names
//! come from the schema's own files.

use deadpool_postgres::Object;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{ToSql, Type};

use super::connect::{self, LOCK};
use super::transaction::{self, Lent};
use super::{Postgres, borrowed, fault, owned, within};
use crate::address::Server;
use crate::block::record::Record;
use crate::block::{Counts, Inventory, Packer, Restored, Sink, Source};
use crate::block::{is_table, next, same_columns};
use crate::error::StoreError;
use crate::schema;
use crate::value::Value;
use crate::write::Step;

/// How many rows are fetched at once; a shard has 64 KiB at most.
const FETCH: u32 = 250;

fn broken(why: tokio_postgres::Error) -> StoreError {
    fault("backup", why)
}

async fn run(client: &Object, text: &str) -> Result<(), StoreError> {
    within(async { client.batch_execute(text).await.map_err(broken) }).await
}

async fn number(client: &Object, text: &str) -> Result<i64, StoreError> {
    within(async {
        client.query_one(text, &[]).await.and_then(|row| row.try_get(0)).map_err(broken)
    })
    .await
}

impl Postgres {
    pub(crate) async fn dump(&self, sink: &mut Sink<'_>) -> Result<Counts, StoreError> {
        let lent = Lent::new(self.client().await?);
        let counts = dump(lent.client(), sink).await;
        lent.roll_back().await;
        counts
    }
}

async fn dump(client: &Object, sink: &mut Sink<'_>) -> Result<Counts, StoreError> {
    run(client, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?;
    schema::writable(number(client, "SELECT format FROM meta").await?)?;
    let mut packer = Packer::new(sink, schema::newest())?;
    for table in schema::tables(schema::newest()) {
        let name = table.name;
        let (columns, _) = columns(client, name).await?;
        packer.put(&Record::Table { name: name.to_owned(), columns })?;
        run(client, &format!("DECLARE rows NO SCROLL CURSOR FOR SELECT * FROM {name}")).await?;
        let fetch = format!("FETCH {FETCH} FROM rows");
        loop {
            let rows = within(async { client.query(&fetch, &[]).await.map_err(broken) }).await?;
            if rows.is_empty() {
                break;
            }
            for row in &rows {
                packer.row(owned("backup", row)?.values.collect())?;
            }
        }
        run(client, "CLOSE rows").await?;
        if table.grows {
            packer.put(&Record::Last(last(client, name).await?))?;
        }
    }
    packer.finish()
}

/// The columns of a table and their kinds.
async fn columns(client: &Object, table: &str) -> Result<(Vec<String>, Vec<Type>), StoreError> {
    let text = format!("SELECT * FROM {table}");
    let all = within(async { client.prepare(&text).await.map_err(broken) }).await?;
    Ok(all.columns().iter().map(|one| (one.name().to_owned(), one.type_().clone())).unzip())
}

/// The last id that a table has given. A sequence knows no moments: it may be newer than the rows,
/// which harms nobody.
async fn last(client: &Object, table: &str) -> Result<i64, StoreError> {
    let asked = format!("SELECT pg_get_serial_sequence('{table}', 'id')");
    let sequence: String = within(async {
        client.query_one(&asked, &[]).await.and_then(|row| row.try_get(0)).map_err(broken)
    })
    .await?;
    let text = format!("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}");
    number(client, &text).await
}

pub(crate) async fn fill(
    server: &Server,
    replace: bool,
    source: &mut Source<'_>,
    last: &[Step],
) -> Result<Restored, StoreError> {
    let pool = connect::pool(server)?;
    let client = super::client(&pool).await?;
    let lent = Lent::new(client);
    let filled = whole(lent.client(), replace, source, last).await;
    match filled {
        Ok(restored) => {
            let done = transaction::commit(lent.client()).await;
            done.map_err(transaction::Failed::into_inner)?;
            lent.give_back();
            Ok(restored)
        }
        Err(why) => {
            lent.roll_back().await;
            Err(why)
        }
    }
}

async fn whole(
    client: &Object,
    replace: bool,
    source: &mut Source<'_>,
    last: &[Step],
) -> Result<Restored, StoreError> {
    run(client, &format!("BEGIN; SELECT pg_advisory_xact_lock({LOCK})")).await?;
    clear(client, replace).await?;
    let mut seen = Inventory::default();
    let Some(Record::Format(format)) = next(source)? else {
        return Err(StoreError::BadBackup("its format is missing".into()));
    };
    seen.note(&Record::Format(format))?;
    for (number, text) in schema::after(0).take_while(|(number, _)| *number <= format) {
        bring(client, number, text).await?;
    }
    rows(client, format, source, &mut seen).await?;
    let restored = seen.finish()?;
    for (table, rows) in &restored.counts {
        let found = number(client, &format!("SELECT count(*) FROM {table}")).await?;
        if u64::try_from(found) != Ok(*rows) {
            return Err(StoreError::broken(table, format!("{found} rows instead of {rows}")));
        }
    }
    for (number, text) in schema::after(format) {
        bring(client, number, text).await?;
    }
    for step in last {
        let text = step.sql.for_postgres();
        for row in &step.rows {
            within(async { client.execute(text, &borrowed(row)).await.map_err(broken) }).await?;
        }
    }
    Ok(restored)
}

async fn bring(client: &Object, number: i64, text: &str) -> Result<(), StoreError> {
    let text = schema::for_postgres(text);
    run(client, &format!("{text}\nUPDATE meta SET format = {number};")).await
}

/// Makes room: drops our tables, if they are empty or may go. Others' tables stay.
async fn clear(client: &Object, replace: bool) -> Result<(), StoreError> {
    let there = |table: &str| format!("SELECT (to_regclass('{table}') IS NOT NULL)::int::bigint");
    if number(client, &there("meta")).await? == 0 {
        return Ok(());
    }
    let found = number(client, "SELECT format FROM meta").await?;
    if found > schema::newest() {
        return Err(StoreError::TooNew { found, known: schema::newest() });
    }
    let tables = schema::tables(found);
    for table in &tables {
        let text = format!("SELECT (EXISTS (SELECT 1 FROM {}))::int::bigint", table.name);
        if !replace && table.name != "page" && number(client, &text).await? == 1 {
            return Err(StoreError::NotEmpty { table: table.name.to_owned() });
        }
    }
    for table in tables.iter().rev() {
        run(client, &format!("DROP TABLE {}", table.name)).await?;
    }
    run(client, "DROP TABLE meta").await
}

async fn rows(
    client: &Object,
    format: i64,
    source: &mut Source<'_>,
    seen: &mut Inventory,
) -> Result<(), StoreError> {
    let mut current: Option<(String, String, Vec<Type>)> = None;
    while let Some(record) = next(source)? {
        seen.note(&record)?;
        match (record, &current) {
            (Record::Table { name, columns: named }, _) => {
                is_table(format, &name)?;
                let (there, kinds) = columns(client, &name).await?;
                same_columns(&name, &named, &there)?;
                let place = |column| there.iter().position(|one| one == column);
                let kinds = named.iter().filter_map(place).map(|at| kinds[at].clone()).collect();
                // Two tables begin with a row.
                run(client, &format!("DELETE FROM {name}")).await?;
                let copy = format!("COPY {name} ({}) FROM STDIN BINARY", named.join(", "));
                current = Some((name, copy, kinds));
            }
            (Record::Rows(rows), Some((_, copy, kinds))) => {
                within(put(client, copy, kinds, &rows)).await?;
            }
            (Record::Last(id), Some((name, ..))) if id > 0 => {
                let text = format!("SELECT setval(pg_get_serial_sequence('{name}', 'id'), {id})");
                run(client, &text).await?;
            }
            _ => {}
        }
    }
    Ok(())
}

async fn put(
    client: &Object,
    copy: &str,
    kinds: &[Type],
    rows: &[Vec<Value>],
) -> Result<(), StoreError> {
    if rows.iter().any(|row| row.len() != kinds.len()) {
        return Err(StoreError::BadBackup("a row is shorter than its table".into()));
    }
    let sink = client.copy_in(copy).await.map_err(broken)?;
    let writer = BinaryCopyInWriter::new(sink, kinds);
    let mut writer = std::pin::pin!(writer);
    for row in rows {
        let values: Vec<&(dyn ToSql + Sync)> = borrowed(row);
        writer.as_mut().write(&values).await.map_err(broken)?;
    }
    writer.finish().await.map(drop).map_err(broken)
}
