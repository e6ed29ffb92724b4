//! Reading subscriptions: to show one, to find all of an address, to send the letters.

use std::collections::BTreeSet;

use model::language::Language;
use model::recipient::RecipientKind;
use model::value::{Key, Timestamp};

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{Row, row};

statements! {
    GET = "subscription.get",
        "SELECT recipient.kind, recipient.language, contact.channel, contact.address,
         asked.mailed_at, contact.components
         FROM recipient JOIN contact ON contact.recipient = recipient.id
         LEFT JOIN asked ON asked.recipient = recipient.id
         WHERE recipient.id = $1 AND contact.sole IN (1, 2) AND recipient.left_at IS NULL
         ORDER BY contact.id LIMIT 1";
    OF_ADDRESS = "subscription.of-address",
        "SELECT recipient FROM contact WHERE address = $1 AND sole IN (1, 2) ORDER BY recipient";
    ADDRESSEES = "subscription.addressees",
        "SELECT recipient FROM asked WHERE dispatch = $1 ORDER BY recipient";
    LETTERS = "subscription.letters",
        "SELECT CAST(count(*) AS BIGINT) FROM asked WHERE mailed_at > $1";
    PROOFS = "subscription.proofs",
        "SELECT proof FROM consent WHERE recipient = $1 ORDER BY id";
}

/// A subscription, or one that still waits for its confirmation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// [`RecipientKind::Applicant`] until it is confirmed.
    pub kind: RecipientKind,
    /// The language to write in.
    pub language: Language,
    /// The channel.
    pub channel: Key,
    /// The address on it.
    pub address: String,
    /// When the last letter about it went.
    pub mailed_at: Option<Timestamp>,
    /// The components chosen; none where it is all of them.
    pub components: Option<BTreeSet<Key>>,
}

impl Store {
    /// The subscription of this recipient, unless it ended.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn subscription(&self, id: i64) -> Result<Option<Subscription>, StoreError> {
        self.row(&GET, row![id], |mut row| {
            Ok(Subscription {
                kind: row.take()?,
                language: row.take()?,
                channel: row.take()?,
                address: row.take()?,
                mailed_at: row.take()?,
                components: components(&mut row)?,
            })
        })
        .await
    }

    /// Whoever subscribed or asked to with this address, on any channel.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn subscriptions_of(&self, address: &str) -> Result<Vec<i64>, StoreError> {
        self.rows(&OF_ADDRESS, row![address], |mut row| row.take()).await
    }

    /// To whom the letter of this dispatch goes.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn addressees(&self, dispatch: i64) -> Result<Vec<i64>, StoreError> {
        self.rows(&ADDRESSEES, row![dispatch], |mut row| row.take()).await
    }

    /// To how many addresses a letter about a subscription went after `since`.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn letters(&self, since: Timestamp) -> Result<u64, StoreError> {
        let count = self.row(&LETTERS, row![since], |mut row| row.take::<i64>()).await?;
        Ok(count.and_then(|count| u64::try_from(count).ok()).unwrap_or(0))
    }

    /// The proofs of consent of this recipient, the oldest first; also after the end.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn proofs(&self, id: i64) -> Result<Vec<String>, StoreError> {
        self.rows(&PROOFS, row![id], |mut row| row.take()).await
    }
}

/// The next column: the chosen components as JSON, or NULL for all.
pub(crate) fn components(row: &mut Row) -> Result<Option<BTreeSet<Key>>, StoreError> {
    let Some(text) = row.take::<Option<String>>()? else { return Ok(None) };
    serde_json::from_str(&text).map(Some).map_err(|error| StoreError::Broken {
        what: row.of.into(),
        reason: "the chosen components are not a list of keys".into(),
        cause: Some(std::sync::Arc::new(error)),
    })
}
