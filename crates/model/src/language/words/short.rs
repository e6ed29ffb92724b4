/// Words of short messages to telephones. Each character costs: the characters of GSM 03.38 only.
pub struct Short {
    /// When the next notice comes, from a clock.
    pub next: fn(&str) -> String,
    /// How it ends by an answer, from the number to write to.
    pub stop: fn(&str) -> String,
    /// How it ends by a link, from the address.
    pub leave: fn(&str) -> String,
    /// The one answer to a STOP, from the community's name.
    pub stopped: fn(&str) -> String,
}
