//! What other programs reported, as much of it as must be kept.

use std::collections::BTreeMap;

use model::intake::{Source, Subject};
use model::value::Timestamp;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::{json, row};
use crate::write::Step;

statements! {
    PUT = "intake.put",
        "INSERT INTO report (source, subject, labels, detail, down_at, up_at, up_heard_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (source, subject) DO UPDATE SET
         labels = excluded.labels, detail = excluded.detail,
         down_at = CASE WHEN excluded.down_at > report.down_at
             THEN excluded.down_at ELSE report.down_at END,
         up_at = CASE WHEN excluded.up_at > report.up_at
             THEN excluded.up_at ELSE report.up_at END,
         up_heard_at = CASE WHEN excluded.up_at > report.up_at
             THEN excluded.up_heard_at ELSE report.up_heard_at END";
    LIST = "intake.list",
        "SELECT subject, labels, detail, down_at, up_at, up_heard_at FROM report
         WHERE source = $1 ORDER BY subject";
    CLEAN = "intake.clean", "DELETE FROM report WHERE down_at <= up_at AND up_heard_at < $1";
}

/// Stores what is known of a subject. Neither of its moments ever goes back, whoever writes last.
#[must_use]
pub fn put_steps(source: &Source, name: &str, subject: &Subject) -> Vec<Step> {
    let Subject { labels, detail, down_at, up_at, up_heard_at } = subject;
    let (source, labels) = (source.to_string(), json(labels));
    vec![Step::any(
        &PUT,
        row![source, name, labels, detail.as_str(), *down_at, *up_at, *up_heard_at],
    )]
}

/// Forgets subjects of which we heard before this moment that they are up.
#[must_use]
pub fn clean_steps(before: Timestamp) -> Vec<Step> {
    vec![Step::any(&CLEAN, row![before])]
}

impl Store {
    /// Everything that this source reported and that is not forgotten.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn reported(&self, source: &Source) -> Result<BTreeMap<String, Subject>, StoreError> {
        let rows = self.rows(&LIST, row![source.to_string()], |mut row| {
            let name: String = row.take()?;
            let subject = Subject {
                labels: row.take_json()?,
                detail: row.take()?,
                down_at: row.take()?,
                up_at: row.take()?,
                up_heard_at: row.take()?,
            };
            Ok((name, subject))
        });
        Ok(rows.await?.into_iter().collect())
    }
}
