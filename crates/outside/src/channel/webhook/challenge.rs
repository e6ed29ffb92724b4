//! A stranger names an address: a signed challenge shows whether it is theirs to name.
//!
//! Whoever answers it controls what the address answers and knows what this message means. A
//! service that sends back whatever it gets does not: it sends back the `type` as well.

use std::time::Duration;

use model::value::Timestamp;
use serde_json::json;
use url::Url;

use super::sign::WebhookKey;
use crate::http::{Answer, Http, HttpError, Way};
use crate::secret::Secret;
use crate::sign::SigningKey;

/// The word for programs in the field `type`.
pub const CHALLENGE: &str = "subscription.challenge";
/// How long a receiver may take.
const LIMIT: Duration = Duration::from_secs(10);
/// No address that somebody subscribes is longer.
const LONGEST: usize = 500;

/// A challenge to one address.
#[derive(Debug)]
pub struct Challenge<'a> {
    /// The address, from [`subscribable`].
    pub url: &'a Url,
    /// Its `webhook-id`.
    pub id: &'a str,
    /// What must come back; hard to guess.
    pub word: &'a str,
    /// The community's name.
    pub community: &'a str,
    /// What it is signed with, as all that follows will be.
    pub secret: &'a Secret,
}

/// Why the address is not believed to be the asker's.
#[derive(Debug, thiserror::Error)]
pub enum Unproven {
    /// It cannot or must not be reached, or did not answer in time.
    #[error(transparent)]
    Http(#[from] HttpError),
    /// Another status than 200.
    #[error("answered {0} instead of 200")]
    Status(u16),
    /// The word did not come back.
    #[error("the challenge did not come back")]
    Word,
}

/// The address if a stranger may subscribe it: `https`, without a user's name in it, of a
/// reasonable length. Where it leads is judged by the guard when it is called.
#[must_use]
pub fn subscribable(text: &str) -> Option<Url> {
    let mut url: Url = text.trim().parse().ok()?;
    url.set_fragment(None);
    let bare = url.username().is_empty() && url.password().is_none();
    let fits = url.scheme() == "https" && url.has_host() && url.as_str().len() <= LONGEST;
    (bare && fits).then_some(url)
}

/// The secret that belongs to this seed, in the form of Standard Webhooks.
#[must_use]
pub fn own_secret(key: &SigningKey, seed: &str) -> Secret {
    use base64::Engine as _;
    let bytes = key.bytes(&["webhook", seed]);
    Secret::new(format!("whsec_{}", base64::engine::general_purpose::STANDARD.encode(bytes)))
}

/// Sends a challenge, once, to a public address only.
///
/// # Errors
/// [`Unproven`].
pub async fn challenge(http: &Http, it: &Challenge<'_>, now: Timestamp) -> Result<(), Unproven> {
    let body = json!({
        "type": CHALLENGE,
        "timestamp": now.iso_millis(),
        "community": it.community,
        "challenge": it.word,
    });
    let body = serde_json::to_vec(&body).expect("text becomes JSON");
    let key = WebhookKey::new(it.secret);
    let call = super::call(it.url.clone(), it.id, body, Some(&key), now)
        .map_err(|_| HttpError::Address(it.url.to_string()))?;
    let answer = http.call(crate::http::Call { way: Way::Strange, limit: LIMIT, ..call }).await?;
    if answer.status != 200 {
        return Err(Unproven::Status(answer.status));
    }
    if is_proof(&answer, it.word) { Ok(()) } else { Err(Unproven::Word) }
}

/// The bare word, or an object that has it under `challenge` and is not what we sent.
fn is_proof(answer: &Answer, word: &str) -> bool {
    if answer.body.trim_ascii() == word.as_bytes() {
        return true;
    }
    let Ok(serde_json::Value::Object(said)) = serde_json::from_slice(&answer.body) else {
        return false;
    };
    let came = said.get("challenge").and_then(serde_json::Value::as_str);
    !answer.cut && !said.contains_key("type") && came == Some(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proof_is_the_word_and_not_an_echo() {
        let answer = |body: &str| Answer {
            status: 200,
            headers: reqwest::header::HeaderMap::default(),
            body: body.as_bytes().to_vec(),
            cut: false,
        };
        for (body, good) in [
            ("w1", true),
            (" w1\n", true),
            (r#"{"challenge": "w1"}"#, true),
            (r#"{"challenge": "w1", "ok": true}"#, true),
            (r#"{"type": "subscription.challenge", "challenge": "w1"}"#, false),
            (r#"{"challenge": "w2"}"#, false),
            (r#"["w1"]"#, false),
            ("w1 w1", false),
            ("You sent: w1", false),
            ("", false),
        ] {
            assert_eq!(is_proof(&answer(body), "w1"), good, "{body}");
        }
    }

    #[test]
    fn an_address_that_a_stranger_may_name_is_https_and_bare() {
        for (text, good) in [
            ("https://x.example/hook?a=b", true),
            (" https://x.example:8443 ", true),
            ("http://x.example/hook", false),
            ("https://me:secret@x.example/", false),
            ("https://me@x.example/", false),
            ("ftp://x.example/", false),
            ("file:///etc/passwd", false),
            ("https://", false),
            ("x.example", false),
            ("", false),
        ] {
            assert_eq!(subscribable(text).is_some(), good, "{text}");
        }
        assert!(subscribable(&format!("https://x.example/{}", "a".repeat(500))).is_none());
        let url = subscribable("HTTPS://X.example/Hook#top").map(String::from);
        assert_eq!(url.as_deref(), Some("https://x.example/Hook"));
    }
}
