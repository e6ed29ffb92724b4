//! Many subscribers at once, on a connection of their own.
//!
//! The statements here are this database's alone, not written once for both: measured, a row at a
//! time costs twice as much, because each statement reads and writes the counter of growing
//! ids and each contact looks up the recipient that was just made. So rows go in 64 at a time,
//! contacts first: whether an address is new shows in how many of them went in, which needs no
//! look beforehand. References are not checked on this connection, as both ends are written here.

use rusqlite::Connection;

use super::writer::{one_step, same_format, sort, uncommitted};
use super::{Sqlite, connect, fault, unopened};
use crate::error::StoreError;
use crate::newcomer::{Imported, Newcomers, Person, Stage};
use crate::sql::Sql;
use crate::write::{Step, Written};

/// How many rows a statement takes.
const BLOCK: usize = 64;
/// How often it is said how far it is: blocks.
const SAY: usize = 256;
/// Memory for pages, in KiB; full ones go to the log early.
const CACHE: i64 = -32 * 1024;

/// Names the import in errors.
static IMPORT: Sql = Sql::new("import", "");

impl Sqlite {
    pub(crate) fn import(
        &self,
        newcomers: &Newcomers,
        note: &[Step],
        trial: bool,
        progress: &dyn Fn(Stage),
    ) -> Result<Imported, StoreError> {
        let connection = connect(&self.inner.path)?;
        for (name, value) in [("foreign_keys", 0), ("wal_autocheckpoint", 0), ("cache_size", CACHE)]
        {
            connection.pragma_update(None, name, value).map_err(unopened)?;
        }
        connection.execute_batch("BEGIN IMMEDIATE").map_err(|why| sort("import", why))?;
        // Dropped before the commit, the connection takes all back.
        same_format(&connection)?;
        let mut written = Written::default();
        for step in note {
            step.met_by(one_step(&connection, step, &mut written)?)?;
        }
        let imported = all(&connection, newcomers, progress)?;
        if trial {
            connection.execute_batch("ROLLBACK").map_err(|why| sort("import", why))?;
            return Ok(imported);
        }
        progress(Stage::Saving);
        connection.execute_batch("COMMIT").map_err(uncommitted)?;
        self.inner.writer.count_one();
        progress(Stage::Saved);
        // The log has grown to the size of the import. If somebody reads just now, the next
        // tidying does it.
        if let Err(why) = self.empty_log() {
            tracing::debug!(%why, "the log was not emptied after an import");
        }
        Ok(imported)
    }
}

fn all(
    connection: &Connection,
    newcomers: &Newcomers,
    progress: &dyn Fn(Stage),
) -> Result<Imported, StoreError> {
    let broken = |why| fault(&IMPORT, why);
    let last: i64 = connection
        .query_row(
            "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'recipient'",
            [],
            |row| row.get(0),
        )
        .map_err(broken)?;
    let (mut people, mut through, mut blocks) = (newcomers.people(), 0, 0);
    let (mut next, mut new) = (last + 1, 0);
    let (mut block, mut full) = (Vec::with_capacity(BLOCK), Texts::new(BLOCK));
    loop {
        block.clear();
        block.extend(people.by_ref().take(BLOCK));
        if block.is_empty() {
            return Ok(Imported { new, known: through - new });
        }
        let ids = add(connection, newcomers, &block, next, &mut full).map_err(broken)?;
        next = ids.last().map_or(next, |last| last + 1);
        new += ids.len() as u64;
        through += block.len() as u64;
        blocks += 1;
        if blocks % SAY == 0 {
            progress(Stage::Through(through));
        }
    }
}

/// Adds some of the list; gives the ids of those who are new, the first of which is `next`.
fn add(
    connection: &Connection,
    newcomers: &Newcomers,
    block: &[Person<'_>],
    next: i64,
    texts: &mut Texts,
) -> rusqlite::Result<Vec<i64>> {
    texts.fit(block.len());
    let mut contacts = connection.prepare_cached(&texts.contacts)?;
    contacts.raw_bind_parameter(1, next)?;
    contacts.raw_bind_parameter(2, newcomers.channel.as_str())?;
    contacts.raw_bind_parameter(3, newcomers.consent_at.0)?;
    for (at, person) in block.iter().enumerate() {
        contacts.raw_bind_parameter(4 + 2 * at, person.address)?;
        contacts.raw_bind_parameter(5 + 2 * at, person.components)?;
    }
    let new = contacts.raw_execute()?;
    let ids: Vec<i64> = if new == block.len() {
        (next..).take(new).collect()
    } else {
        let text = "SELECT recipient FROM contact WHERE recipient >= ?1 ORDER BY recipient";
        let mut statement = connection.prepare_cached(text)?;
        let found = statement.query_map([next], |row| row.get(0))?;
        found.collect::<rusqlite::Result<_>>()?
    };
    if ids.is_empty() {
        return Ok(ids);
    }
    texts.fit(ids.len());
    let mut recipients = connection.prepare_cached(&texts.recipients)?;
    recipients.raw_bind_parameter(1, newcomers.consent_at.0)?;
    for (at, id) in ids.iter().enumerate() {
        let person = usize::try_from(id - next).ok().and_then(|at| block.get(at));
        recipients.raw_bind_parameter(2 + 2 * at, id)?;
        recipients.raw_bind_parameter(3 + 2 * at, person.map(|one| one.language))?;
    }
    recipients.raw_execute()?;
    Ok(ids)
}

/// The statements for so many rows.
struct Texts {
    rows: usize,
    contacts: String,
    recipients: String,
}

impl Texts {
    fn new(rows: usize) -> Self {
        let list =
            |row: &dyn Fn(usize) -> String| (0..rows).map(row).collect::<Vec<_>>().join(", ");
        let contact = |at| format!("(?1 + {at}, ?2, 1, ?3, ?{}, ?{})", 4 + 2 * at, 5 + 2 * at);
        let recipient = |at| format!("('subscriber', ?1, ?{}, ?{})", 2 + 2 * at, 3 + 2 * at);
        let contacts = format!(
            "INSERT INTO contact (recipient, channel, sole, consent_at, address, components) \
             VALUES {} ON CONFLICT (channel, address, sole) DO NOTHING",
            list(&contact)
        );
        let recipients = format!(
            "INSERT INTO recipient (kind, created_at, id, language) VALUES {}",
            list(&recipient)
        );
        Self { rows, contacts, recipients }
    }

    fn fit(&mut self, rows: usize) {
        if self.rows != rows {
            *self = Self::new(rows);
        }
    }
}
