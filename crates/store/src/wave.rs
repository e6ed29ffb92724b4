//! Waves: what a save newly found accepted, and when. From them comes the curve of reach.

use model::dispatch::{BadShard, Ids};
use model::reach::Wave;
use model::value::Timestamp;

use crate::database::Store;
use crate::error::StoreError;
use crate::shard::Lease;
use crate::sql::statements;
use crate::value::{Row, row};
use crate::write::Step;

statements! {
    ADD = "wave.add",
        "INSERT INTO wave (dispatch, base, at, accepted) VALUES ($1, $2, $3, $4)";
    OF_DISPATCH = "wave.of-dispatch",
        "SELECT base, at, accepted FROM wave WHERE dispatch = $1 ORDER BY at, base";
    CLEAR = "wave.clear", "DELETE FROM wave WHERE dispatch = $1";
}

/// Notes who was newly found accepted, in the write that saves the shard: whoever lost the lease
/// notes nobody. Nothing where nobody is new.
#[must_use]
pub fn wave_steps(lease: &Lease, new: &Ids, at: Timestamp) -> Vec<Step> {
    if new.is_empty() {
        return vec![];
    }
    vec![Step::one(&ADD, row![lease.dispatch, lease.base, at, new.to_bytes()])]
}

/// Puts these waves in the place of all that a dispatch has.
#[must_use]
pub fn replace_steps(dispatch: i64, waves: &[Wave]) -> Vec<Step> {
    let rows =
        waves.iter().map(|wave| row![dispatch, wave.base, wave.at, wave.accepted.to_bytes()]);
    vec![Step::any(&CLEAR, row![dispatch]), Step::each(&ADD, rows.collect())]
}

impl Store {
    /// All waves of a dispatch, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database cannot be read.
    pub async fn waves_of(&self, dispatch: i64) -> Result<Vec<Wave>, StoreError> {
        self.many_rows(&OF_DISPATCH, row![dispatch], wave).await
    }
}

fn wave(mut row: Row) -> Result<Wave, StoreError> {
    let (base, at) = (row.take()?, row.take()?);
    let bytes: Vec<u8> = row.take()?;
    let broken = |why: BadShard| StoreError::broken("wave", why.to_string());
    Ok(Wave { base, at, accepted: Ids::from_bytes(&bytes).map_err(broken)? })
}
