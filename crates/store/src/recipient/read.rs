//! Reading recipients: to freeze an audience, and to send to it.

use std::collections::BTreeSet;

use model::recipient::{Contact, RecipientKind};
use model::value::Key;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::subscription::chosen_components;
use crate::value::row;

statements! {
    // Both go along the ids, from one to the next. SQLite takes a cross join in the order in which
    // it is written, and a kind that is computed has no index: else it would read all contacts of
    // the channel and sort them, for each page anew.
    CANDIDATES = "recipient.candidates",
        "SELECT recipient.id, recipient.key, contact.components
         FROM recipient CROSS JOIN contact
         WHERE contact.recipient = recipient.id
         AND recipient.kind || '' = $1 AND contact.channel = $2 AND recipient.id > $3
         AND recipient.left_at IS NULL AND contact.gone_at IS NULL
         ORDER BY recipient.id LIMIT $4";
    COUNT = "recipient.count",
        "SELECT CAST(count(*) AS BIGINT)
         FROM recipient JOIN contact ON contact.recipient = recipient.id
         WHERE recipient.kind = $1 AND contact.channel = $2
         AND recipient.left_at IS NULL AND contact.gone_at IS NULL";
    CONTACTS = "recipient.contacts",
        "SELECT recipient.id, recipient.kind, recipient.key, contact.address, recipient.language,
         contact.seed
         FROM recipient CROSS JOIN contact
         WHERE contact.recipient = recipient.id
         AND contact.channel = $1 AND recipient.id >= $2 AND recipient.id < $3
         AND recipient.left_at IS NULL AND contact.gone_at IS NULL
         ORDER BY recipient.id";
    NAMED = "recipient.named",
        "SELECT key, id FROM recipient WHERE kind = $1 AND key IS NOT NULL AND left_at IS NULL
         ORDER BY key";
    SOLE = "recipient.sole",
        "SELECT recipient FROM contact WHERE channel = $1 AND address = $2 AND sole = 1";
}

/// Somebody who can be told over the channel that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The recipient.
    pub id: i64,
    /// The name in the handbook, if it has one.
    pub key: Option<Key>,
    /// The components it wants to be told about; none where it is all of them.
    pub components: Option<BTreeSet<Key>>,
}

impl Store {
    /// At most `limit` recipients of a kind that this channel reaches, with ids above `after`, in
    /// the order of their ids. To go through all, ask again with the last id.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn candidates(
        &self,
        kind: RecipientKind,
        channel: &Key,
        after: i64,
        limit: u32,
    ) -> Result<Vec<Candidate>, StoreError> {
        self.many_rows(&CANDIDATES, row![kind, channel, after, limit], |mut row| {
            Ok(Candidate {
                id: row.take()?,
                key: row.take()?,
                components: chosen_components(&mut row)?,
            })
        })
        .await
    }

    /// How many recipients of a kind this channel reaches.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn count_recipients(
        &self,
        kind: RecipientKind,
        channel: &Key,
    ) -> Result<i64, StoreError> {
        let count = self.row(&COUNT, row![kind, channel], |mut row| row.take()).await?;
        Ok(count.unwrap_or(0))
    }

    /// The contacts on a channel of the recipients from id `from` up to before `to`. Whoever has
    /// left or whose address is gone is missing.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn contacts(
        &self,
        channel: &Key,
        from: i64,
        to: i64,
    ) -> Result<Vec<Contact>, StoreError> {
        let asked = channel.as_str().to_owned();
        self.many_rows(&CONTACTS, row![channel, from, to], move |mut row| {
            Ok(Contact {
                channel: asked.clone(),
                recipient: row.take()?,
                kind: row.take()?,
                key: row.take()?,
                address: row.take()?,
                language: row.take()?,
                seed: row.take()?,
            })
        })
        .await
    }

    /// The recipients of a kind that the handbook named: key and id.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn named_recipients(
        &self,
        kind: RecipientKind,
    ) -> Result<Vec<(Key, i64)>, StoreError> {
        self.rows(&NAMED, row![kind], |mut row| Ok((row.take()?, row.take()?))).await
    }

    /// The subscriber who has registered this address.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn subscriber_at(
        &self,
        channel: &Key,
        address: &str,
    ) -> Result<Option<i64>, StoreError> {
        self.row(&SOLE, row![channel, address], |mut row| row.take()).await
    }
}
