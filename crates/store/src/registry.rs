//! All statements, so that each is compiled on both databases before anything is shipped.

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::Sql;
use crate::{
    account, alarm, audit, backup, bounce, channel, contact, dispatch, draft, handbook, hook,
    incident, intake, journal, latecomer, lease, monitor, page, person, recipient, session, shard,
    subscription, token, wave,
};

/// Every statement that the nouns declare.
fn all() -> impl Iterator<Item = &'static Sql> {
    [
        account::ALL,
        alarm::ALL,
        audit::ALL,
        backup::ALL,
        bounce::ALL,
        channel::ALL,
        contact::ALL,
        dispatch::ALL,
        draft::ALL,
        handbook::ALL,
        handbook::draft::ALL,
        hook::ALL,
        incident::ALL,
        intake::ALL,
        journal::ALL,
        latecomer::ALL,
        lease::ALL,
        monitor::ALL,
        page::ALL,
        person::ALL,
        recipient::ALL,
        recipient::READS,
        session::ALL,
        shard::ALL,
        subscription::ALL,
        subscription::READS,
        token::ALL,
        wave::ALL,
    ]
    .into_iter()
    .flatten()
    .copied()
}

impl Store {
    /// Compiles every statement of this program on the database, without running any, and tells
    /// how many there are. `doctor` calls it: it finds a database that was changed by hand.
    ///
    /// # Errors
    ///
    /// The first statement that the database does not accept.
    pub async fn check(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        for sql in all() {
            self.prepare(sql).await?;
            count += 1;
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    #[test]
    fn no_statement_is_forgotten_by_the_registry() {
        let mut todo = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
        let known: BTreeSet<_> = all().map(Sql::label).collect();
        assert_eq!(known.len(), all().count(), "two statements have one label");
        let mut lists = 0;
        while let Some(path) = todo.pop() {
            if path.is_dir() {
                todo.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            } else {
                let text = std::fs::read_to_string(&path).unwrap();
                let Some((_, list)) = text.split_once("\nstatements! {\n") else { continue };
                let list = list.split_once("\n}\n").unwrap().0;
                for line in list.lines().filter(|line| line.contains(" = \"")) {
                    let label = line.split('"').nth(1).unwrap();
                    assert!(known.contains(label), "{label} is not in the registry");
                }
                lists += 1;
            }
        }
        assert_eq!(lists, 28);
    }
}
