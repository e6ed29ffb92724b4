//! Signed mails, checked by somebody else's program.

use std::path::Path;
use std::process::Stdio;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, RsaKeyPair};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use outside::channel::{Adapter, adapter};
use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;

use crate::relay::{Act, FakeRelay, Setup};
use crate::sample::{carried, channel, first_notice, subscriber};
use crate::webhook::wire;

/// Says 0 if the mail on its input is signed by the key in this record.
const VERIFY: &str = "
import sys, dkim
record = sys.argv[1].encode()
def dns(name, timeout=5):
    return record if name == b'nl._domainkey.lindenhof.example.' else None
sys.exit(0 if dkim.verify(sys.stdin.buffer.read(), dnsfunc=dns) else 3)
";

/// Whether the test can run; says so loudly if not, and fails where all tests must run.
fn can_run() -> bool {
    let found = Path::new("/usr/lib/python3/dist-packages/dkim").exists()
        && Path::new("/usr/lib/python3/dist-packages/nacl").exists();
    if !found {
        let missing = "python3-dkim and python3-nacl are not installed";
        eprintln!("NOT RUN: {missing}");
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "with CI=true: {missing}");
    }
    found
}

#[expect(clippy::disallowed_methods, reason = "what checks the signature is another program")]
async fn is_good(mail: &str, record: &str) -> bool {
    let mut check = Command::new("/usr/bin/python3")
        .args(["-c", VERIFY, record])
        .stdin(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .unwrap();
    let mut input = check.stdin.take().unwrap();
    input.write_all(mail.as_bytes()).await.unwrap();
    drop(input);
    match check.wait().await.unwrap().code() {
        Some(0) => true,
        Some(3) => false,
        other => panic!("the check does not run: {other:?}"),
    }
}

fn pem(der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    format!("-----BEGIN PRIVATE KEY-----\n{text}\n-----END PRIVATE KEY-----\n")
}

/// A private key and what the DNS says of it, each of both kinds.
fn keys() -> [(String, String); 2] {
    let rsa = RsaKeyPair::generate(KeySize::Rsa2048).unwrap();
    let private: Pkcs8V1Der<'_> = rsa.as_der().unwrap();
    let public: PublicKeyX509Der<'_> = rsa.public_key().as_der().unwrap();
    let of_rsa = format!("v=DKIM1; k=rsa; p={}", STANDARD.encode(public.as_ref()));
    let ed = Ed25519KeyPair::generate().unwrap();
    let of_ed = format!("v=DKIM1; k=ed25519; p={}", STANDARD.encode(ed.public_key()));
    let ed: Pkcs8V1Der<'_> = ed.as_der().unwrap();
    [(pem(private.as_ref()), of_rsa), (pem(ed.as_ref()), of_ed)]
}

#[tokio::test]
async fn a_receiver_can_check_that_a_mail_is_from_us_and_was_not_changed() {
    if !can_run() {
        return;
    }
    let email: &dyn Adapter = adapter("email").unwrap();
    for (private, record) in keys() {
        let fake = FakeRelay::start(Setup::new(|_| Act::Usual)).await;
        let port = fake.address.port().to_string();
        let channel = channel(
            "email",
            &[
                ("host", "127.0.0.1"),
                ("port", &port),
                ("security", "plain"),
                ("from", "lage@lindenhof.example"),
                ("dkim_key", "dkim"),
                ("dkim_selector", "nl"),
            ],
        );
        let mut line = email.open(&wire(&[("dkim", &private)]), &channel).unwrap();
        let parcel = email.compose(&channel, &first_notice(), &subscriber()).unwrap();
        for _ in 0..2 {
            carried(&mut *line, parcel.clone()).await;
        }
        let mails = fake.seen().mails;
        let [(_, mail), (_, again)] = &mails[..] else { panic!("two mails are there") };
        assert_eq!(mail, again, "a repeat is signed the same");
        assert!(is_good(mail, &record).await, "{record}\n{mail}");
        for (from, to) in [("nicht anmelden", "doch anmelden"), ("Subject: A", "Subject: B")] {
            assert!(mail.contains(from));
            assert!(!is_good(&mail.replacen(from, to, 1), &record).await, "{to}");
        }
        let added = format!("From: mallory@evil.example\r\n{mail}");
        assert!(!is_good(&added, &record).await, "no second sender can be added");
    }
}

#[test]
fn a_key_that_cannot_sign_is_said_with_its_channel() {
    let email = adapter("email").unwrap();
    let base = [("host", "x"), ("from", "a@b.example"), ("dkim_key", "dkim")];
    let all = [base[0], base[1], base[2], ("dkim_selector", "nl")];
    for (settings, key, told) in [
        (&base[..], "x", "the setting “dkim_selector” is missing"),
        (&all[..], "", "NOTLICHT_SECRET_DKIM"),
        (&all[..], "x", "no private key in PEM form"),
        (&all[..], &pem(b"x"), "no RSA key of 2048 bits or more and no Ed25519 key"),
    ] {
        let error = email.open(&wire(&[("dkim", key)]), &channel("email", settings)).err();
        let error = error.unwrap().to_string();
        assert!(error.contains(told), "{error}");
    }
}
