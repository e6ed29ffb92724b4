//! Many subscribers at once.
//!
//! The statements here are this database's alone, not written once for both: the list is copied
//! into a table of this connection, and from there the new ones go over by two statements.
//!
//! Measured on two cores, a million rows into empty tables take some 16 s: half of it are the heaps
//! and five indexes, a third the check of a million references, which cannot be left out without
//! either a superuser's rights or a lock that would keep everybody from the table.

use deadpool_postgres::Object;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::Type;

use super::transaction::{self, Failed, Lent};
use super::{Postgres, TRIES, fault, within};
use crate::error::StoreError;
use crate::newcomer::{Imported, Newcomers, Stage};
use crate::write::{Step, Write};

/// How many rows are copied at once.
const BLOCK: usize = 50_000;
/// How many go over at once: each time the whole list is looked through, and four seconds of work
/// are far from the end of patience.
const OVER: i64 = 250_000;

impl Postgres {
    pub(crate) async fn import(
        &self,
        newcomers: &Newcomers,
        note: Vec<Step>,
        trial: bool,
        progress: &(dyn Fn(Stage) + Send),
    ) -> Result<Imported, StoreError> {
        let note = Write::from(note);
        let mut tries = 0;
        loop {
            tries += 1;
            let lent = Lent::new(self.client().await?);
            match attempt(lent, newcomers, &note, trial, progress).await {
                Ok(imported) => {
                    self.count_one();
                    return Ok(imported);
                }
                // Somebody registered one of the addresses just now, on another node.
                Err(Failed::Again(_) | Failed::For(StoreError::Conflict { .. }))
                    if tries < TRIES => {}
                Err(Failed::Again(why) | Failed::For(why)) => return Err(why),
            }
        }
    }
}

async fn attempt(
    lent: Lent,
    newcomers: &Newcomers,
    note: &Write,
    trial: bool,
    progress: &(dyn Fn(Stage) + Send),
) -> Result<Imported, Failed> {
    let imported = async {
        transaction::begin_with(lent.client(), note).await?;
        copy(lent.client(), newcomers, progress).await?;
        go_over(lent.client(), newcomers, trial, progress).await
    }
    .await;
    match imported {
        Ok(imported) if trial => {
            lent.roll_back().await;
            Ok(imported)
        }
        Ok(imported) => {
            progress(Stage::Saving);
            transaction::commit(lent.client()).await?;
            lent.give_back();
            progress(Stage::Saved);
            Ok(imported)
        }
        Err(why) => {
            let again = transaction::may_be_repeated(lent.client(), &why);
            lent.roll_back().await;
            Err(if again { Failed::Again(why) } else { Failed::For(why) })
        }
    }
}

/// Brings the list into a table that only this connection sees, and that goes with the transaction.
async fn copy(
    client: &Object,
    newcomers: &Newcomers,
    progress: &(dyn Fn(Stage) + Send),
) -> Result<(), StoreError> {
    let broken = |why| fault("import", why);
    let table = "CREATE TEMPORARY TABLE arriving (place BIGINT NOT NULL, address TEXT NOT NULL, \
                 language TEXT NOT NULL, components TEXT) ON COMMIT DROP";
    within(async { client.batch_execute(table).await.map_err(broken) }).await?;
    let mut people = newcomers.people().zip(1_i64..).peekable();
    while people.peek().is_some() {
        within(async {
            let sink = client.copy_in("COPY arriving FROM STDIN BINARY").await.map_err(broken)?;
            let kinds = [Type::INT8, Type::TEXT, Type::TEXT, Type::TEXT];
            let writer = BinaryCopyInWriter::new(sink, &kinds);
            let mut writer = std::pin::pin!(writer);
            for (person, place) in people.by_ref().take(BLOCK) {
                writer
                    .as_mut()
                    .write(&[&place, &person.address, &person.language, &person.components])
                    .await
                    .map_err(broken)?;
            }
            writer.finish().await.map_err(broken)
        })
        .await?;
    }
    progress(Stage::Through(0));
    within(async { client.batch_execute("ANALYZE arriving").await.map_err(broken) }).await
}

/// The new ones get ids, and become recipients with a contact.
async fn go_over(
    client: &Object,
    newcomers: &Newcomers,
    trial: bool,
    progress: &(dyn Fn(Stage) + Send),
) -> Result<Imported, StoreError> {
    let broken = |why| fault("import", why);
    let (channel, at) = (newcomers.channel.as_str(), newcomers.consent_at.0);
    let known = "DELETE FROM arriving USING contact WHERE contact.channel = $1 \
                 AND contact.sole = 1 AND contact.address = arriving.address";
    let known = within(async { client.execute(known, &[&channel]).await.map_err(broken) }).await?;
    let new = newcomers.len() - known;
    if trial || new == 0 {
        return Ok(Imported { new, known });
    }
    let numbered = "CREATE TEMPORARY TABLE numbered ON COMMIT DROP AS \
        SELECT nextval(pg_get_serial_sequence('recipient', 'id')) AS id, place, address, \
        language, components FROM (SELECT * FROM arriving ORDER BY place) AS arriving";
    within(async { client.batch_execute(numbered).await.map_err(broken) }).await?;
    let recipients = "INSERT INTO recipient (id, kind, language, created_at) \
        SELECT id, 'subscriber', language, $3 FROM numbered WHERE place > $1 AND place <= $2";
    let contacts = "INSERT INTO contact \
        (recipient, channel, address, sole, consent_at, components) \
        SELECT id, $4, address, 1, $3, components FROM numbered WHERE place > $1 AND place <= $2";
    let recipients = client.prepare(recipients).await.map_err(broken)?;
    let contacts = client.prepare(contacts).await.map_err(broken)?;
    let all = i64::try_from(newcomers.len()).unwrap_or(i64::MAX);
    let mut from = 0;
    while from < all {
        let to = from + OVER;
        within(async {
            client.execute(&recipients, &[&from, &to, &at]).await.map_err(broken)?;
            client.execute(&contacts, &[&from, &to, &at, &channel]).await.map_err(broken)
        })
        .await?;
        from = to;
        progress(Stage::Through(to.min(all).unsigned_abs()));
    }
    Ok(Imported { new, known })
}
