//! Secrets that we give out ourselves: of sessions and tokens. The database has only their hash.

use sha2::{Digest, Sha256};

use crate::Engine;

impl Engine {
    /// 256 bits of chance as 64 hexadecimal digits.
    pub(crate) fn fresh_secret(&self) -> String {
        (0..4).map(|_| format!("{:016x}", (self.rim.chance)())).collect()
    }
}

/// What is stored of a secret. It is long and random, so a plain hash keeps it.
pub(crate) fn hash(secret: &str) -> String {
    Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
