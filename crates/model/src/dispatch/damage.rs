/// Bytes that are no record of recipients.
#[derive(Debug, thiserror::Error)]
#[error("a stored record of recipients cannot be read ({0}): restore this table from a backup")]
pub struct BadShard(String);

impl BadShard {
    pub(super) fn new(what: &str) -> Self {
        Self(what.to_owned())
    }
}
