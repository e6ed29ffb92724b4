//! Keyed hashes: for Message-IDs that are the same at each repeat, for link tokens, for webhooks.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A key that hashes are made with (HMAC-SHA256).
#[derive(Clone)]
pub struct SigningKey(hmac::Key);

impl SigningKey {
    /// A key from secret bytes; 32 of chance are a good choice.
    #[must_use]
    pub fn new(bytes: &[u8]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }

    /// The hash of these parts as 43 characters that fit into addresses and Message-IDs. Equal
    /// parts give an equal hash; parts cut at other places give another one.
    #[must_use]
    pub fn tag(&self, parts: &[&str]) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.0, &joined(parts)))
    }

    /// Whether the hash belongs to these parts; takes equally long wherever they differ.
    #[must_use]
    pub fn verify(&self, parts: &[&str], tag: &str) -> bool {
        let Ok(tag) = URL_SAFE_NO_PAD.decode(tag) else { return false };
        hmac::verify(&self.0, &joined(parts), &tag).is_ok()
    }

    /// The hash of these parts as bytes, to be a secret itself.
    pub(crate) fn bytes(&self, parts: &[&str]) -> Vec<u8> {
        self.over(&joined(parts))
    }

    /// The bare hash of bytes, as other programs compute it.
    pub(crate) fn over(&self, bytes: &[u8]) -> Vec<u8> {
        hmac::sign(&self.0, bytes).as_ref().to_vec()
    }

    /// Whether the bare hash fits.
    pub(crate) fn fits(&self, bytes: &[u8], tag: &[u8]) -> bool {
        hmac::verify(&self.0, bytes, tag).is_ok()
    }
}

impl std::fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SigningKey(…)")
    }
}

/// Each part behind its length, so that no two lists look alike.
fn joined(parts: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in parts {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_fits_only_its_own_parts_and_key() {
        let key = SigningKey::new(b"one");
        let tag = key.tag(&["notice", "1", "mail"]);
        assert_eq!(tag, key.tag(&["notice", "1", "mail"]));
        assert!(key.verify(&["notice", "1", "mail"], &tag));
        assert!(!key.verify(&["notice", "1m", "ail"], &tag));
        assert!(!key.verify(&["notice", "1", "mail"], "AAAA"));
        assert!(!key.verify(&["notice", "1", "mail"], "no base64!"));
        assert!(!SigningKey::new(b"two").verify(&["notice", "1", "mail"], &tag));
    }
}
