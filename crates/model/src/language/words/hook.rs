/// Words of the form to subscribe a webhook.
pub struct Hook {
    /// Heading of the form, and the link to it.
    pub head: &'static str,
    /// What one gets, and what is needed.
    pub lede: &'static str,
    /// Label of the address.
    pub address: &'static str,
    /// Above the parts to choose from.
    pub parts: &'static str,
    /// The button.
    pub submit: &'static str,
    /// Heading: how the address is checked.
    pub how: &'static str,
    /// What we send.
    pub how_sent: &'static str,
    /// What must come back.
    pub how_answer: &'static str,
    /// What is stored, and for how long.
    pub privacy: &'static str,
    /// The address cannot be subscribed.
    pub bad_address: &'static str,
    /// The challenge was not answered as it must be.
    pub unproven: &'static str,
    /// A challenge went there within the hour.
    pub rest: &'static str,
    /// It is subscribed already: title.
    pub known: &'static str,
    /// What to do for a new secret.
    pub known_lede: &'static str,
    /// It is done: title.
    pub done: &'static str,
    /// What to keep.
    pub done_lede: &'static str,
    /// Label of the secret.
    pub secret: &'static str,
}
