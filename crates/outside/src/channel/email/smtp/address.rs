//! Mail addresses as they may stand in an SMTP command.

/// An address that holds nothing that could be taken for a command. Its domain is in ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mailbox {
    address: String,
    local_length: usize,
}

/// A text that is no mail address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{}” is no mail address; write name@domain", .0.escape_debug())]
pub struct BadAddress(String);

impl Mailbox {
    /// Takes an address in. A domain with umlauts is brought into its ASCII form, as mail servers
    /// know it. Quoted local parts and literal addresses are not taken: no subscriber has them.
    ///
    /// # Errors
    /// [`BadAddress`].
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let bad = || BadAddress(text.chars().take(100).collect());
        let (local, domain) = text.split_once('@').ok_or_else(bad)?;
        let fits = |c: char| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' => true,
            _ if c.is_ascii() => "!#$%&'*+-/=?^_`{|}~.".contains(c),
            _ => c.is_alphanumeric(),
        };
        let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        if local.is_empty() || local.len() > 64 || dots || !local.chars().all(fits) {
            return Err(bad());
        }
        let Ok(url::Host::Domain(ascii)) = url::Host::parse(domain) else { return Err(bad()) };
        let is_label = |label: &str| {
            !label.is_empty() && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        let address = format!("{local}@{ascii}");
        if !ascii.split('.').all(is_label) || address.len() > 254 {
            return Err(bad());
        }
        Ok(Self { local_length: local.len(), address })
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.address
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        &self.address[..self.local_length]
    }

    /// What stands behind the `@`, in ASCII.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.address[self.local_length + 1..]
    }

    /// Whether it can be sent only to relays that know SMTPUTF8 (RFC 6531).
    #[must_use]
    pub fn needs_utf8(&self) -> bool {
        !self.address.is_ascii()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn an_address_with_a_command_in_it_is_no_address() {
        for text in [
            "",
            "a",
            "@b.example",
            "a@",
            "a@b.example\r\nRCPT TO:<c@d.example>",
            "a\r\n@b.example",
            "a@b.example> SIZE=1",
            "<a@b.example>",
            "a b@c.example",
            "a@b@c.example",
            "a\0@b.example",
            "a@b\u{2028}.example",
            ".a@b.example",
            "a..b@c.example",
            "\"a b\"@c.example",
            "a@[127.0.0.1]",
            "a@127.0.0.1",
            "a@b..example",
            "a@b_c.example",
        ] {
            assert!(Mailbox::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn usual_addresses_are_taken_and_umlauts_in_a_domain_are_translated() {
        for text in ["a@b.example", "o'neil+x/y=z@mail.b-c.example", "Erika.M@localhost"] {
            assert_eq!(Mailbox::parse(text).unwrap().as_str().to_lowercase(), text.to_lowercase());
        }
        let translated = Mailbox::parse("erika@müller.example").unwrap();
        assert_eq!(translated.as_str(), "erika@xn--mller-kva.example");
        assert_eq!(translated.domain(), "xn--mller-kva.example");
        assert!(!translated.needs_utf8());
        assert!(Mailbox::parse("jürgen@b.example").unwrap().needs_utf8());
    }
}
