//! What a form sent, as it came.

/// No form of ours has so many fields.
const FIELDS: usize = 500;

/// What was sent; of a field that is there twice, the last counts.
#[derive(Default)]
pub(super) struct Sent {
    pub(super) address: String,
    pub(super) language: String,
    pub(super) stamp: String,
    pub(super) trap: String,
    pub(super) components: Vec<String>,
}

impl Sent {
    pub(super) fn read(body: &[u8]) -> Self {
        let mut sent = Self::default();
        for (name, value) in url::form_urlencoded::parse(body).take(FIELDS) {
            // No field of ours holds one, and no database does.
            let value = value.replace('\0', "");
            match &*name {
                "address" => sent.address = value,
                "language" => sent.language = value,
                "stamp" => sent.stamp = value,
                "website" => sent.trap = value,
                "component" => sent.components.push(value),
                _ => {}
            }
        }
        sent
    }
}
