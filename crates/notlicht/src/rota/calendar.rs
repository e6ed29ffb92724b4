//! Turns as iCalendar, RFC 5545. By hand: the crates for it bring a second library for time.

use model::handbook::rota::Shift;
use model::value::Timestamp;

/// A calendar that is being written.
pub(super) struct Calendar {
    text: String,
    /// What names the events as ours.
    host: String,
    written_at: Timestamp,
}

impl Calendar {
    pub(super) fn new(name: &str, host: String, written_at: Timestamp) -> Self {
        let mut calendar = Self { text: String::new(), host, written_at };
        calendar.line("BEGIN", "VCALENDAR");
        calendar.line("VERSION", "2.0");
        calendar.line("PRODID", "-//Notlicht//Notlicht//EN");
        calendar.line("X-WR-CALNAME", &escaped(name));
        calendar
    }

    /// Adds an event, in universal time, which every calendar shows in its own. The same turn has
    /// the same name in each calendar that is ever written, so that none shows it twice.
    pub(super) fn push(&mut self, rota: &str, turn: &Shift, summary: &str) {
        let name = format!("{rota}-{}@{}", turn.from.unix_seconds(), self.host);
        self.line("BEGIN", "VEVENT");
        self.line("UID", &escaped(&name));
        self.line("DTSTAMP", &basic(self.written_at));
        self.line("DTSTART", &basic(turn.from));
        self.line("DTEND", &basic(turn.until));
        self.line("SUMMARY", &escaped(summary));
        self.line("END", "VEVENT");
    }

    pub(super) fn end(mut self) -> String {
        self.line("END", "VCALENDAR");
        self.text
    }

    /// Writes a line, folded so that none is longer than 75 bytes (section 3.1).
    fn line(&mut self, name: &str, value: &str) {
        let mut length = 0;
        for letter in format!("{name}:{value}").chars() {
            if length + letter.len_utf8() > 75 {
                self.text.push_str("\r\n ");
                length = 1;
            }
            self.text.push(letter);
            length += letter.len_utf8();
        }
        self.text.push_str("\r\n");
    }
}

/// A text as a value (section 3.3.11).
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// “20261005T070000Z”.
fn basic(at: Timestamp) -> String {
    at.to_jiff().strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_with_commas_is_folded_and_stays_one_event() {
        let turn = Shift {
            person: "anna".parse().expect("a key"),
            from: "2026-10-05T07:00:00Z".parse().expect("a moment"),
            until: "2026-10-12T07:00:00Z".parse().expect("a moment"),
        };
        let mut calendar = Calendar::new("Lindenhof", "lage.example".into(), turn.from);
        let summary = format!("{}, am Fluß;\nSUMMARY:x", "ü".repeat(60));
        calendar.push("technik", &turn, &summary);
        let text = calendar.end();
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains("\\, am Fluß\\;\\nSUMMARY:x\r\nEND:VEVENT\r\n"), "{whole}");
        assert_eq!(whole.matches("\r\nSUMMARY:").count(), 1, "{whole}");
    }
}
