use std::time::Duration;

use url::Url;

use crate::secret::Secret;

/// A mailbox, and how to get at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The server.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether the line is encrypted from the first byte. Otherwise it is encrypted before anything
    /// else is said, except on this very machine.
    pub tls: bool,
    /// Who signs in.
    pub user: String,
    /// With what.
    pub password: Secret,
    /// The mailbox.
    pub mailbox: String,
    /// For each answer, and for connecting.
    pub limit: Duration,
}

/// An address that names no mailbox.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}; write it like imaps://user@mail.example.org/INBOX")]
pub struct BadAccount(&'static str);

impl Account {
    /// Reads `imaps://user@host:993/INBOX`, or `imap://…` for a server that encrypts afterwards.
    /// Without a mailbox it is `INBOX`.
    ///
    /// # Errors
    ///
    /// [`BadAccount`] with what is wrong.
    pub fn parse(text: &str, password: Secret, limit: Duration) -> Result<Self, BadAccount> {
        let url = Url::parse(text).map_err(|_| BadAccount("this is no address of a mailbox"))?;
        let tls = match url.scheme() {
            "imaps" => true,
            "imap" => false,
            _ => return Err(BadAccount("a mailbox is read over imaps or imap")),
        };
        if url.password().is_some() {
            return Err(BadAccount("a password must not stand here, its secret has a setting"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(BadAccount("“?” and “#” have no meaning here"));
        }
        let host = url.host_str().filter(|host| !host.is_empty());
        let host = host.ok_or(BadAccount("the server is missing"))?.to_owned();
        let user = decoded(url.username()).filter(|user| !user.is_empty());
        let user = user.ok_or(BadAccount("the user is missing"))?;
        let path = url.path().trim_start_matches('/');
        let mailbox = decoded(path).ok_or(BadAccount("the name of the mailbox is no text"))?;
        let mailbox = if mailbox.is_empty() { "INBOX".to_owned() } else { mailbox };
        // What we send is one line each, and other alphabets have an encoding of their own there.
        if !mailbox.chars().all(|c| c.is_ascii() && !c.is_ascii_control()) {
            return Err(BadAccount("the name of the mailbox has letters outside of ASCII"));
        }
        let port = url.port().unwrap_or(if tls { 993 } else { 143 });
        Ok(Self { host, port, tls, user, password, mailbox, limit })
    }
}

/// Undoes `%40` and the like.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        let digits = after.get(..2).and_then(|two| std::str::from_utf8(two).ok());
        match digits.filter(|_| *first == b'%').map(|two| u8::from_str_radix(two, 16)) {
            Some(Ok(byte)) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => bytes.push(*first),
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn parse(text: &str) -> Result<Account, BadAccount> {
        Account::parse(text, Secret::new("s3cret"), Duration::from_secs(1))
    }

    #[test]
    fn a_mailbox_is_named_by_one_address_with_its_user() {
        let one = parse("imaps://bounces@shop.example@mail.example:1993/Back%20again").unwrap();
        assert_eq!(
            (one.user.as_str(), one.host.as_str()),
            ("bounces@shop.example", "mail.example")
        );
        assert_eq!((one.port, one.tls, one.mailbox.as_str()), (1993, true, "Back again"));
        let one = parse("imap://bounces%40shop.example@mail.example").unwrap();
        assert_eq!((one.user.as_str(), one.port, one.tls), ("bounces@shop.example", 143, false));
        assert_eq!(one.mailbox, "INBOX");
    }

    #[test]
    fn what_names_no_mailbox_is_refused_with_the_reason() {
        for (text, why) in [
            ("mail.example", "no address"),
            ("pop3://me@mail.example", "imaps or imap"),
            ("imaps://me:pw@mail.example", "password"),
            ("imaps://mail.example/INBOX", "user is missing"),
            ("imaps://me@/INBOX", "missing"),
            ("imaps://me@mail.example/a%0D%0Ab", "ASCII"),
            ("imaps://me@mail.example/Rückläufer", "ASCII"),
            ("imaps://me@mail.example/INBOX;a?b", "no meaning"),
        ] {
            let found = parse(text).unwrap_err().to_string();
            assert!(found.contains(why) || text.contains("@/"), "{text}: {found}");
        }
    }
}
