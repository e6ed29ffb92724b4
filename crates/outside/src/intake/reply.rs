//! What somebody answered, as the gateways of telephone networks bring it: by the query, as a form
//! or as JSON.

use model::value::Phone;
use serde_json::Value;
use url::form_urlencoded;

use super::{Unreadable, tidy};

/// What the field of the sender may be called, in lower case.
const FROM: [&str; 6] = ["from", "sender", "msisdn", "phone", "number", "source"];
/// What the field of the text may be called, in lower case.
const TEXT: [&str; 5] = ["text", "body", "message", "content", "msg"];
/// Fewer digits without a `+` are a short number or one without its country.
const INTERNATIONAL: usize = 10;

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Who sent it.
    pub from: Phone,
    /// What it says, on one line.
    pub text: String,
}

/// Reads an answer from the query of the address, or from the body.
///
/// # Errors
/// [`Unreadable`] where the sender or the text is missing.
pub fn read(query: &str, kind: &str, body: &[u8]) -> Result<Reply, Unreadable> {
    let mut fields: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes())
        .map(|(name, value)| (name.to_lowercase(), value.into_owned()))
        .collect();
    if kind.starts_with("application/json") {
        fields.extend(json(body)?);
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        let pairs = form_urlencoded::parse(body);
        fields.extend(pairs.map(|(name, value)| (name.to_lowercase(), value.into_owned())));
    }
    let find = |names: &[&str]| {
        let is_it = |name: &str| fields.iter().find(|(field, _)| field == name);
        names.iter().find_map(|name| is_it(name)).map(|(_, value)| value.trim())
    };
    let from = find(&FROM).filter(|from| !from.is_empty()).ok_or_else(|| {
        Unreadable::new("from", "there is no sender", "send its number as the field “from”")
    })?;
    let text = find(&TEXT).ok_or_else(|| {
        Unreadable::new("text", "there is no text", "send what was written as the field “text”")
    })?;
    let from = number(from).ok_or_else(|| {
        let help = "send the sender's number with its country, like +4930123456";
        Unreadable::new("from", "the sender is no telephone number", help)
    })?;
    Ok(Reply { from, text: tidy(text) })
}

/// Gateways often leave out the `+`; in a query it may have become a space.
fn number(text: &str) -> Option<Phone> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let is_whole = text.len() >= INTERNATIONAL && !text.starts_with('0');
    is_whole.then(|| format!("+{text}").parse().ok()).flatten()
}

fn json(body: &[u8]) -> Result<Vec<(String, String)>, Unreadable> {
    let help = "send a JSON object with the fields “from” and “text”";
    let document: Value = serde_json::from_slice(body)
        .map_err(|why| Unreadable::new(why.line(), "this is no JSON", help))?;
    let Value::Object(fields) = document else {
        return Err(Unreadable::new("/", "this is no object", help));
    };
    let text = |(name, value): (String, Value)| match value {
        Value::String(text) => Some((name.to_lowercase(), text)),
        Value::Number(number) => Some((name.to_lowercase(), number.to_string())),
        _ => None,
    };
    Ok(fields.into_iter().filter_map(text).collect())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn an_answer_is_read_however_a_gateway_brings_it() {
        let form = "application/x-www-form-urlencoded";
        for (query, kind, body) in [
            ("from=%2B4915112345678&text=STOP", "text/plain", "STOP"),
            ("from=4915112345678&text=STOP", "", ""),
            ("from=+4915112345678&text=STOP", "", ""),
            ("", form, "From=%2B4915112345678&To=123&Body=STOP"),
            ("", "application/json", r#"{"sender": "+4915112345678", "text": "STOP"}"#),
            (
                "",
                "application/json; charset=utf-8",
                r#"{"from": 4915112345678, "message": "STOP"}"#,
            ),
        ] {
            let reply = read(query, kind, body.as_bytes()).unwrap();
            assert_eq!(reply.from.as_str(), "+4915112345678", "{query} {body}");
            assert_eq!(reply.text, "STOP", "{query} {body}");
        }
    }

    #[test]
    fn what_cannot_be_read_says_which_field_and_nothing_of_what_was_sent() {
        for (query, kind, body, word) in [
            ("text=STOP", "", "", "sender"),
            ("from=&text=STOP", "", "", "sender"),
            ("from=%2B4915112345678", "", "", "text"),
            ("from=2323&text=STOP", "", "", "country"),
            ("from=erika&text=STOP", "", "", "country"),
            ("", "application/json", "[1]", "object"),
            ("", "application/json", "{secret", "JSON"),
        ] {
            let why = read(query, kind, body.as_bytes()).unwrap_err().to_string();
            assert!(why.contains(word) && !why.contains("secret"), "{query}{body}: {why}");
        }
    }
}
