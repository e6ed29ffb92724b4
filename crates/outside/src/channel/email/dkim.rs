//! Signs mails so that receivers can see that they come from this domain and were not changed on the
//! way (DKIM: RFC 6376, RFC 8463). Most relays do this themselves; then nothing is set here.
//!
//! A repeat is signed the same: no time and no chance is in a signature.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{Ed25519KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::pem::PemObject;

/// What is signed, where it is there. The sender is named twice: so none can be added.
const HEADERS: [&str; 13] = [
    "From",
    "From",
    "To",
    "Subject",
    "Date",
    "Message-ID",
    "In-Reply-To",
    "References",
    "List-Id",
    "List-Unsubscribe",
    "List-Unsubscribe-Post",
    "MIME-Version",
    "Content-Type",
];

/// Signs for one domain.
pub(super) struct Signer {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

impl Signer {
    /// A signer with a private key in PEM form, RSA or Ed25519.
    ///
    /// # Errors
    /// What is wrong, in words for the person who has to mend it.
    pub(super) fn new(domain: &str, selector: &str, pem: &str) -> Result<Self, String> {
        for name in [domain, selector] {
            let fits = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
            if name.is_empty() || !name.bytes().all(fits) {
                return Err(format!("“{name}” cannot be a name in the DNS"));
            }
        }
        let (domain, selector) = (domain.to_ascii_lowercase(), selector.to_owned());
        Ok(Self { domain, selector, key: Key::read(pem)? })
    }

    /// The mail with its signature before it.
    pub(super) fn sign(&self, mail: &[u8]) -> Vec<u8> {
        let split = mail.windows(4).position(|four| four == b"\r\n\r\n").unwrap_or(mail.len());
        let head = mail.get(..split).unwrap_or_default();
        let body = mail.get(split + 4..).unwrap_or_default();
        let head = String::from_utf8_lossy(head);
        let fields = fields(&head);
        let there = |name: &str| fields.iter().any(|(found, _)| found.eq_ignore_ascii_case(name));
        let names: Vec<&str> = HEADERS.into_iter().filter(|name| there(name)).collect();
        let hash = STANDARD.encode(digest(&SHA256, &relaxed_body(body)));
        let way = match &self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let mut header = format!(
            "v=1; a={way}; c=relaxed/relaxed; d={}; s={};\r\n h={};\r\n bh={hash};\r\n b=",
            self.domain,
            self.selector,
            names.join(":\r\n  "),
        );
        let mut signed = String::new();
        let mut taken: Vec<&str> = Vec::new();
        for name in names {
            let before = taken.iter().filter(|other| **other == name).count();
            taken.push(name);
            // Of several fields of a name the last one is signed first; one that is not there
            // counts as empty.
            let mut found = fields.iter().rev().filter(|(of, _)| of.eq_ignore_ascii_case(name));
            if let Some((_, value)) = found.nth(before) {
                signed.push_str(&relaxed_field(name, value));
                signed.push_str("\r\n");
            }
        }
        signed.push_str(&relaxed_field("DKIM-Signature", &header));
        let signature = STANDARD.encode(self.key.sign(signed.as_bytes()));
        for (number, line) in signature.as_bytes().chunks(72).enumerate() {
            header.push_str(if number == 0 { "" } else { "\r\n  " });
            header.push_str(&String::from_utf8_lossy(line));
        }
        [b"DKIM-Signature: ", header.as_bytes(), b"\r\n", mail].concat()
    }
}

impl Key {
    fn read(pem: &str) -> Result<Self, String> {
        let wrong = "it is no private key in PEM form; make one with “openssl genrsa 2048”";
        let der = PrivateKeyDer::from_pem_slice(pem.as_bytes()).map_err(|_| wrong.to_owned())?;
        let der = der.secret_der();
        if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(der) {
            return Ok(Self::Ed25519(key));
        }
        RsaKeyPair::from_pkcs8(der).or_else(|_| RsaKeyPair::from_der(der)).map(Self::Rsa).map_err(
            |error| format!("it is no RSA key of 2048 bits or more and no Ed25519 key ({error})"),
        )
    }

    fn sign(&self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), bytes, &mut signature)
                    .expect("the signature has the length of the key");
                signature
            }
            // What is signed is the hash of what is to be signed (RFC 8463).
            Self::Ed25519(key) => key.sign(digest(&SHA256, bytes).as_ref()).as_ref().to_vec(),
        }
    }
}

/// Name and value of each header field, in their order, the values as they stand.
fn fields(head: &str) -> Vec<(&str, &str)> {
    let mut out = Vec::new();
    let mut rest = head;
    while !rest.is_empty() {
        let folded = |at: &usize| !rest[at + 2..].starts_with([' ', '\t']);
        let end = rest.match_indices("\r\n").map(|(at, _)| at).find(folded).unwrap_or(rest.len());
        if let Some((name, value)) = rest[..end].split_once(':') {
            out.push((name.trim_end(), value));
        }
        rest = rest.get(end + 2..).unwrap_or_default();
    }
    out
}

/// The field on one line, its name small, each run of blanks as one (RFC 6376, 3.4.2).
fn relaxed_field(name: &str, value: &str) -> String {
    let words: Vec<&str> = value.split([' ', '\t', '\r', '\n']).filter(|w| !w.is_empty()).collect();
    format!("{}:{}", name.to_ascii_lowercase(), words.join(" "))
}

/// The body with each run of blanks as one, none at a line's end, no empty lines at its end
/// (RFC 6376, 3.4.4).
fn relaxed_body(body: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let mut end = 0;
    for line in body.split(|byte| *byte == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut blank = false;
        for byte in line {
            if matches!(byte, b' ' | b'\t') {
                blank = true;
                continue;
            }
            if blank {
                out.push(b' ');
                blank = false;
            }
            out.push(*byte);
            end = out.len() + 2;
        }
        out.extend_from_slice(b"\r\n");
    }
    out.truncate(end);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_servers_may_change_on_the_way_does_not_count() {
        // The example of RFC 6376, 3.4.5, and the empty body of 3.4.4.
        assert_eq!(relaxed_body(b" C \r\nD \t E\r\n\r\n\r\n"), b" C\r\nD E\r\n");
        assert_eq!(relaxed_body(b""), b"");
        assert_eq!(relaxed_body(b"\r\n\r\n"), b"");
        assert_eq!(relaxed_body(b"a"), b"a\r\n");
        let head = "A: X\r\nB : Y\t\r\n\tZ  ";
        let all: Vec<String> = fields(head).iter().map(|(n, v)| relaxed_field(n, v)).collect();
        assert_eq!(all, ["a:X", "b:Y Z"]);
    }
}
