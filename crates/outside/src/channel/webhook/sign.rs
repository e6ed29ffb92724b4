//! Signatures of Standard Webhooks: HMAC-SHA256 over `id.timestamp.body`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::secret::Secret;
use crate::sign::SigningKey;

/// How old or new a message may be when it is checked, in seconds.
const TOLERANCE: u64 = 300;

/// What an endpoint and we share.
#[derive(Debug, Clone)]
pub struct WebhookKey(SigningKey);

/// Why a message is not taken for ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadSignature {
    /// It is too old, or from the future: perhaps a copy.
    #[error("the message is not of this time; check the clocks")]
    Time,
    /// No signature fits.
    #[error("no signature fits; check the secret, and sign the bytes as they came")]
    Unfit,
}

impl WebhookKey {
    /// From `whsec_` and base64, as the standard writes it, or from any other text as it is.
    #[must_use]
    pub fn new(secret: &Secret) -> Self {
        let text = secret.expose();
        let decoded = text.strip_prefix("whsec_").and_then(|coded| STANDARD.decode(coded).ok());
        Self(SigningKey::new(&decoded.unwrap_or_else(|| text.as_bytes().to_vec())))
    }

    /// The value of `webhook-signature`.
    #[must_use]
    pub fn sign(&self, id: &str, unix_seconds: i64, body: &[u8]) -> String {
        format!("v1,{}", STANDARD.encode(self.0.over(&signed(id, unix_seconds, body))))
    }

    /// Checks a message as a receiver does; `signatures` may hold several, parted by spaces.
    ///
    /// # Errors
    /// [`BadSignature`].
    pub fn verify(
        &self,
        id: &str,
        unix_seconds: i64,
        body: &[u8],
        signatures: &str,
        now: i64,
    ) -> Result<(), BadSignature> {
        if now.abs_diff(unix_seconds) > TOLERANCE {
            return Err(BadSignature::Time);
        }
        let bytes = signed(id, unix_seconds, body);
        let fits = signatures
            .split(' ')
            .filter_map(|one| one.strip_prefix("v1,"))
            .filter_map(|coded| STANDARD.decode(coded).ok())
            .any(|tag| self.0.fits(&bytes, &tag));
        if fits { Ok(()) } else { Err(BadSignature::Unfit) }
    }
}

fn signed(id: &str, unix_seconds: i64, body: &[u8]) -> Vec<u8> {
    let mut bytes = format!("{id}.{unix_seconds}.").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example that the reference libraries of Standard Webhooks are tested with.
    #[test]
    fn a_signature_is_the_one_that_other_programs_expect() {
        let key = WebhookKey::new(&Secret::new("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        let (id, at, body) =
            ("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, br#"{"test": 2432232314}"#);
        let expected = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
        assert_eq!(key.sign(id, at, body), expected);
        assert_eq!(key.verify(id, at, body, expected, at), Ok(()));
        let several = format!("v1a,AAAA v1,AAAA {expected}");
        assert_eq!(key.verify(id, at, body, &several, at + 300), Ok(()));
        assert_eq!(key.verify(id, at, body, expected, at + 301), Err(BadSignature::Time));
        assert_eq!(key.verify(id, at, b"{}", expected, at), Err(BadSignature::Unfit));
        assert_eq!(key.verify("other", at, body, expected, at), Err(BadSignature::Unfit));
        let raw = WebhookKey::new(&Secret::new("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        assert_ne!(raw.sign(id, at, body), expected);
    }
}
