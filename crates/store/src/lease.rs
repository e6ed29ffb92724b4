//! Leases: which node carries out a recurring task. They are fenced: whoever lost a lease without
//! noticing has an older epoch, and writes under it are conflicts.

use model::value::Timestamp;

use crate::database::Store;
use crate::error::StoreError;
use crate::sql::statements;
use crate::value::row;
use crate::write::Step;

statements! {
    TAKE = "lease.take",
        "INSERT INTO lease (name, holder, epoch, until) VALUES ($1, $2, 1, $3)
         ON CONFLICT (name) DO UPDATE
         SET holder = excluded.holder, epoch = lease.epoch + 1, until = excluded.until
         WHERE lease.until <= $4 OR lease.holder = excluded.holder
         RETURNING epoch";
    RENEW = "lease.renew", "UPDATE lease SET until = $3 WHERE name = $1 AND epoch = $2";
    CHECK = "lease.check", "UPDATE lease SET until = until WHERE name = $1 AND epoch = $2";
}

/// The right to carry out a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lease {
    /// The task.
    pub name: String,
    /// Grows with every taking.
    pub epoch: i64,
}

impl Lease {
    /// Holds it for longer. A conflict means that it was lost.
    #[must_use]
    pub fn renew_steps(&self, until: Timestamp) -> Vec<Step> {
        vec![Step::one(&RENEW, row![self.name.as_str(), self.epoch, until])]
    }

    /// Put before other steps, lets them happen only while the lease is still held.
    #[must_use]
    pub fn check_steps(&self) -> Vec<Step> {
        vec![Step::one(&CHECK, row![self.name.as_str(), self.epoch])]
    }
}

impl Store {
    /// Takes a lease that is free or has run out, or takes one's own anew (after a restart).
    /// `None`: another node holds it.
    ///
    /// # Errors
    ///
    /// When the database cannot be written.
    pub async fn take_lease(
        &self,
        name: &str,
        holder: &str,
        now: Timestamp,
        until: Timestamp,
    ) -> Result<Option<Lease>, StoreError> {
        let steps = vec![Step::one(&TAKE, row![name, holder, until, now])];
        match self.write(steps).await {
            Ok(written) => Ok(written
                .given
                .first()
                .map(|epoch| Lease { name: name.to_owned(), epoch: *epoch })),
            Err(StoreError::Conflict { .. }) => Ok(None),
            Err(why) => Err(why),
        }
    }
}
