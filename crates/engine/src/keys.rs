//! Secret keys of the installation: they sign links and make Message-IDs. Each has an id, so that
//! keys can be rotated while old links still work.

use std::path::Path;

use outside::channel::email::verp::{self, Returned};
use outside::channel::webhook::own_secret;
use outside::secret::Secret;
use outside::sign::SigningKey;
use serde::{Deserialize, Serialize};

use crate::EngineError;

/// The keys, newest last.
#[derive(Debug)]
pub struct Keys(Vec<(String, SigningKey)>);

/// As they lie on disk.
#[derive(Serialize, Deserialize)]
struct Stored {
    keys: Vec<StoredKey>,
}

#[derive(Serialize, Deserialize)]
struct StoredKey {
    id: String,
    secret: String,
}

impl Keys {
    /// Reads the key file of the data folder, or makes one with a key from `chance`.
    ///
    /// # Errors
    ///
    /// [`EngineError::File`] when it cannot be read or written.
    pub fn open(folder: &Path, chance: impl Fn() -> u64) -> Result<Self, EngineError> {
        let path = folder.join("keys.json");
        let stored = match std::fs::read_to_string(&path) {
            Ok(text) => serde_json::from_str(&text).map_err(|why| EngineError::File {
                path: path.display().to_string(),
                reason: format!("{why}: restore it from a backup, or remove it (old links die)"),
            })?,
            Err(why) if why.kind() == std::io::ErrorKind::NotFound => {
                let secret = std::array::from_fn::<_, 4, _>(|_| format!("{:016x}", chance()));
                let stored =
                    Stored { keys: vec![StoredKey { id: "k1".into(), secret: secret.concat() }] };
                write_private(&path, &serde_json::to_string(&stored).expect("two texts"))?;
                stored
            }
            Err(why) => return Err(EngineError::file(&path)(why)),
        };
        let key = |key: StoredKey| (key.id, SigningKey::new(key.secret.as_bytes()));
        Ok(Self(stored.keys.into_iter().map(key).collect()))
    }

    /// The id of the newest key and a keyed hash by it.
    #[must_use]
    pub fn sign(&self, parts: &[&str]) -> (&str, String) {
        let (id, key) = self.0.last().expect("a key file has a key");
        (id, key.tag(parts))
    }

    /// Whether the hash was made by the key of this id from these parts.
    #[must_use]
    pub fn verify(&self, id: &str, parts: &[&str], tag: &str) -> bool {
        self.0.iter().any(|(known, key)| known == id && key.verify(parts, tag))
    }

    /// A seed for the secret of a webhook that somebody subscribes, from chance and the newest key.
    #[must_use]
    pub(crate) fn seed(&self, chance: impl Fn() -> u64) -> String {
        let (id, _) = self.0.last().expect("a key file has a key");
        format!("{id}.{:016x}{:016x}", chance(), chance())
    }

    /// The secret that belongs to a seed; none where its key was taken out.
    #[must_use]
    pub(crate) fn secret(&self, seed: &str) -> Option<Secret> {
        let (id, _) = seed.split_once('.')?;
        let (_, key) = self.0.iter().find(|(known, _)| known == id)?;
        Some(own_secret(key, seed))
    }

    /// What the return address of a mail carries, by the oldest key, so that a repeat has the same.
    #[must_use]
    pub fn bounce_token(&self, dispatch: i64, recipient: i64) -> String {
        let (_, key) = self.0.first().expect("a key file has a key");
        verp::encode(key, dispatch, recipient)
    }

    /// Whose mail came back to an address with this token; none where no key of ours made it.
    #[must_use]
    pub fn returned(&self, token: &str) -> Option<Returned> {
        self.0.iter().find_map(|(_, key)| verp::decode(key, token))
    }

    /// A name for a message that is the same at each repeat, by the oldest key, so that it
    /// outlives a rotation.
    #[must_use]
    pub fn message_id(&self, parts: &[&str]) -> String {
        let (_, key) = self.0.first().expect("a key file has a key");
        key.tag(parts)
    }
}

/// Writes a file that only its owner can read, whole or not at all.
fn write_private(path: &Path, text: &str) -> Result<(), EngineError> {
    use std::io::Write as _;
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true).mode(0o600);
    let mut file = options.open(path).map_err(EngineError::file(path))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(EngineError::file(path))
}
