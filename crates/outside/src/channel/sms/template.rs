//! Texts with slots, as a gateway wants them filled: an address, a form, a JSON document, a header.
//!
//! Each is escaped where it is filled, so that no message can break out of its place.

use serde_json::Value;
use url::form_urlencoded;

/// What a request is filled with.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Slots<'a> {
    /// The number: `+4930123456`.
    pub(super) to: &'a str,
    /// The same without the `+`.
    pub(super) digits: &'a str,
    /// The message.
    pub(super) text: &'a str,
    /// The sender.
    pub(super) from: &'a str,
    /// The same at each repeat.
    pub(super) id: &'a str,
    /// 0 where the telephone networks' own alphabet is enough, else 2: GSM 03.38, section 4.
    pub(super) coding: &'a str,
    /// The user at the gateway.
    pub(super) user: &'a str,
    /// The secret.
    pub(super) password: &'a str,
}

/// The names of the slots.
pub(super) const SLOTS: &str = "{to}, {digits}, {text}, {from}, {id}, {coding}, {user}, {password}";

impl<'a> Slots<'a> {
    fn get(&self, name: &str) -> Option<&'a str> {
        Some(match name {
            "to" => self.to,
            "digits" => self.digits,
            "text" => self.text,
            "from" => self.from,
            "id" => self.id,
            "coding" => self.coding,
            "user" => self.user,
            "password" => self.password,
            _ => return None,
        })
    }

    /// The text with its slots filled, each escaped; what is in braces and no slot stays.
    pub(super) fn fill(&self, text: &str, escape: impl Fn(&str) -> String) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            out.push_str(before);
            let found = after.split_once('}').and_then(|(name, end)| Some((self.get(name)?, end)));
            if let Some((value, end)) = found {
                out.push_str(&escape(value));
                rest = end;
            } else {
                out.push('{');
                rest = after;
            }
        }
        out.push_str(rest);
        out
    }

    fn plain(&self, text: &str) -> String {
        self.fill(text, str::to_owned)
    }

    /// An address: what is filled in can end neither the path nor a field of the query.
    pub(super) fn address(&self, text: &str) -> String {
        match text.split_once('?') {
            None => self.fill(text, escaped),
            Some((path, query)) => {
                let pairs = query.split('&').filter(|pair| !self.is_left_out(pair));
                let pairs: Vec<String> = pairs.map(|pair| self.fill(pair, escaped)).collect();
                format!("{}?{}", self.fill(path, escaped), pairs.join("&"))
            }
        }
    }

    /// A form: names and values as they are, parted by `=` and `&`; all of it is escaped here.
    pub(super) fn form(&self, text: &str) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        for pair in text.split('&').filter(|pair| !self.is_left_out(pair)) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            form.append_pair(name.trim(), &self.plain(value));
        }
        form.finish()
    }

    /// A JSON document: slots are filled inside of its texts.
    pub(super) fn json(&self, document: &Value) -> Value {
        match document {
            Value::String(text) => Value::String(self.plain(text)),
            Value::Array(items) => items.iter().map(|item| self.json(item)).collect(),
            Value::Object(fields) => fields
                .iter()
                .filter(|(_, value)| !value.as_str().is_some_and(|text| self.is_empty_slot(text)))
                .map(|(name, value)| (name.clone(), self.json(value)))
                .collect(),
            other => other.clone(),
        }
    }

    /// A header's value.
    pub(super) fn header(&self, text: &str) -> String {
        self.plain(text)
    }

    /// Whether a field is left out because there is nothing to fill in: no sender was named.
    fn is_left_out(&self, pair: &str) -> bool {
        pair.split_once('=').is_some_and(|(_, value)| self.is_empty_slot(value))
    }

    fn is_empty_slot(&self, text: &str) -> bool {
        let name = text.trim().strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
        name.and_then(|name| self.get(name)) == Some("")
    }
}

/// Everything but letters, digits, `-`, `.`, `_` and `~` as `%XX` (RFC 3986, section 2.3).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const SLOTS: Slots<'_> = Slots {
        to: "+4930123456",
        digits: "4930123456",
        text: "Zu & \"wahr\"={text}?\nä",
        from: "",
        id: "u-1",
        coding: "0",
        user: "",
        password: "p#w",
    };

    #[test]
    fn nothing_that_is_filled_in_breaks_out_of_its_place() {
        let address = SLOTS.address("https://g.example/{id}/x?to={to}&text={text}&p={password}");
        let url: url::Url = address.parse().expect("an address");
        assert_eq!(url.path(), "/u-1/x");
        let query: Vec<_> = url.query_pairs().collect();
        assert_eq!(query.len(), 3);
        assert_eq!(query[0].1, "+4930123456");
        assert_eq!(query[1].1, SLOTS.text);
        assert_eq!(query[2].1, "p#w");
        let form = SLOTS.form("to={digits}&text={text}&charset=UTF-8");
        let pairs: Vec<_> = form_urlencoded::parse(form.as_bytes()).collect();
        assert_eq!(pairs[0], ("to".into(), "4930123456".into()));
        assert_eq!(pairs[1], ("text".into(), SLOTS.text.into()));
        assert_eq!(pairs[2], ("charset".into(), "UTF-8".into()));
        let filled = SLOTS.json(&json!({"messages": [{"to": "{to}", "text": "{text}", "n": 1}]}));
        assert_eq!(filled, json!({"messages": [{"to": SLOTS.to, "text": SLOTS.text, "n": 1}]}));
    }

    #[test]
    fn a_field_without_anything_to_fill_in_is_left_out_and_other_braces_stay() {
        assert_eq!(SLOTS.address("http://g/?from={from}&to={digits}"), "http://g/?to=4930123456");
        assert_eq!(SLOTS.form("from={from}&a={b}"), "a=%7Bb%7D");
        let filled = SLOTS.json(&json!({"from": "{from}", "a": "{b} {"}));
        assert_eq!(filled, json!({"a": "{b} {"}));
    }
}
