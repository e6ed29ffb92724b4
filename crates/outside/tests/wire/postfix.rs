//! The mail client against a real Postfix: STARTTLS, signing in, pipelining, a refusal, many mails on one
//! line.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use model::dispatch::Outcome;
use outside::channel::email::smtp::{Connection, Limits, Mail, Mails, Relay, Security};
use outside::guard::Guard;
use outside::secret::Secret;
use outside::tls::Trust;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

mod server;

use server::{BINARY, Postfix, can_run};

const DOVECOT: &str = "/usr/sbin/dovecot";
/// How long the log may take to show something.
const PATIENCE: Duration = Duration::from_secs(20);

/// A Postfix that takes mail for `x.example` and throws it away.
struct Relaying {
    server: Postfix,
    port: u16,
    certificate: PathBuf,
}

impl Relaying {
    /// With a port of a Dovecot it takes mail only from who has signed in there.
    async fn start(dovecot: Option<u16>) -> Self {
        let folder = server::folder().await;
        let root = folder.path();
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let certificate = root.join("cert.pem");
        std::fs::write(&certificate, made.cert.pem()).unwrap();
        std::fs::write(root.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        std::fs::write(root.join("etc/main.cf"), main_cf(root, dovecot)).unwrap();
        let master = format!("127.0.0.1:{port} inet n - n - - smtpd\n{}", server::services());
        std::fs::write(root.join("etc/master.cf"), master).unwrap();
        std::fs::write(root.join("etc/access"), "gone@x.example 550 5.1.1 no such user here\n")
            .unwrap();
        Self { server: Postfix::start(folder, PATIENCE).await, port, certificate }
    }

    /// Waits until the log shows something, and gives the log.
    async fn until(&self, what: &str, shown: impl Fn(&str) -> bool) -> Arc<str> {
        self.server.until(what, PATIENCE, shown).await
    }

    fn trust(&self) -> Trust {
        let roots = CertificateDer::pem_file_iter(&self.certificate).unwrap();
        Trust::new(roots.collect::<Result<_, _>>().unwrap()).unwrap()
    }

    fn connection(&self, login: Option<(String, Secret)>) -> Connection {
        let limit = Duration::from_secs(10);
        let relay = Relay {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            security: Security::StartTls,
            login,
            greet_as: "lindenhof.example".to_owned(),
            limits: Limits { connect: limit, reply: limit, data: limit },
        };
        Connection::new(Guard::new(true, Vec::new()), self.trust(), relay)
    }
}

fn main_cf(root: &Path, dovecot: Option<u16>) -> String {
    let (sign_in, whom) = match dovecot {
        None => (String::new(), "permit_mynetworks"),
        Some(port) => {
            let sign_in = format!(
                "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\n\
                 smtpd_sasl_path = inet:127.0.0.1:{port}\nsmtpd_tls_auth_only = yes\n"
            );
            (sign_in, "permit_sasl_authenticated")
        }
    };
    let at = root.display();
    let base = server::main_cf(root);
    format!(
        "{base}\
         smtpd_tls_cert_file = {at}/cert.pem\nsmtpd_tls_key_file = {at}/key.pem\n\
         smtpd_tls_security_level = encrypt\nsmtpd_tls_loglevel = 1\n\
         smtpd_recipient_restrictions =\n  check_recipient_access texthash:{at}/etc/access,\n  \
         {whom}, reject\n{sign_in}\
         default_transport = discard:\nrelay_transport = discard:\nmessage_size_limit = 200000\n"
    )
}

/// A Dovecot that does nothing but know who may sign in.
struct Dovecot {
    _folder: tempfile::TempDir,
    port: u16,
    _process: Child,
}

impl Dovecot {
    #[expect(clippy::disallowed_methods, reason = "the real server is another program")]
    async fn start(way: &str) -> Self {
        let folder = tempfile::Builder::new().prefix("dovecot").tempdir().unwrap();
        let root = folder.path();
        std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o755)).unwrap();
        let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        let at = root.display();
        let settings = format!(
            "base_dir = {at}/run\nprotocols =\nlog_path = /dev/stderr\nssl = no\n\
             auth_mechanisms = {way}\ndisable_plaintext_auth = no\n\
             passdb {{\n driver = passwd-file\n args = username_format=%u {at}/users\n}}\n\
             userdb {{\n driver = static\n args = uid=65534 gid=65534 home={at}\n}}\n\
             service auth {{\n inet_listener {{\n  address = 127.0.0.1\n  port = {port}\n }}\n}}\n"
        );
        std::fs::write(root.join("dovecot.conf"), settings).unwrap();
        std::fs::write(root.join("users"), "erika:{PLAIN}geheim\n").unwrap();
        let mut process = Command::new(DOVECOT)
            .args(["-F", "-c"])
            .arg(root.join("dovecot.conf"))
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        // It listens before it says that it starts.
        loop {
            let line = lines.next_line().await.unwrap().expect("Dovecot says that it starts");
            if line.contains("starting up") {
                break;
            }
            assert!(!line.contains("Fatal"), "{line}");
        }
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Self { _folder: folder, port, _process: process }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_postfix_takes_our_mails_and_its_refusals_are_understood() {
    if !can_run(BINARY) {
        return;
    }
    let postfix = Relaying::start(None).await;
    let mut line = postfix.connection(None);
    let post = crate::sample::first_notice();
    for number in 0..50 {
        let to = outside::channel::post::Recipient {
            address: format!("r{number}@x.example"),
            id: format!("id-{number}"),
            ..crate::sample::subscriber()
        };
        let adapter = outside::channel::adapter("email").unwrap();
        let parcel = adapter.compose(&crate::sample::mail_channel(), &post, &to).unwrap();
        let outcome = line.send("lage@lindenhof.example", &parcel.to, &parcel.body).await;
        let Outcome::Accepted { receipt } = outcome else { panic!("{outcome:?}") };
        assert!(receipt.contains("queued as"), "{receipt}");
        if number == 25 {
            let gone = line.send("lage@lindenhof.example", "gone@x.example", &parcel.body).await;
            assert!(matches!(gone, Outcome::Gone { .. }), "{gone:?}");
            let large = vec![b'x'; 300_000];
            let refused = line.send("lage@lindenhof.example", &parcel.to, &large).await;
            assert!(matches!(refused, Outcome::Refused { .. }), "{refused:?}");
        }
    }
    line.quit().await;
    let log = postfix
        .until("all came and took leave", |log| {
            log.matches("message-id=<id-").count() == 50 && log.contains(": disconnect from")
        })
        .await;
    for number in 0..50 {
        let id = format!("message-id=<id-{number}@lindenhof.example>");
        assert_eq!(log.matches(&id).count(), 1, "{id}");
    }
    assert!(log.contains("TLSv1.3"), "{log}");
    // All went over one connection, and the one that is gone among them disturbed nothing.
    assert_eq!(log.matches(": connect from").count(), 1, "{log}");
    assert!(log.contains("mail=51 rcpt=50/51 data=50/51"), "{log}");
}

/// As many mails as are wanted, and what became of each.
struct Many {
    left: u16,
    body: Vec<u8>,
    outcomes: Vec<Outcome>,
}

impl Mails for Many {
    fn next(&mut self) -> Option<Mail> {
        self.left = self.left.checked_sub(1)?;
        let to = format!("r{}@x.example", self.left);
        let from = format!("bounces+{}@lindenhof.example", self.left);
        Some(Mail { number: self.left, from, to, body: self.body.clone() })
    }

    fn settle(&mut self, _number: u16, outcome: Outcome) {
        self.outcomes.push(outcome);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_relay_that_asks_for_a_password_takes_hundreds_of_mails_in_a_pipeline() {
    if !can_run(DOVECOT) {
        return;
    }
    for way in ["plain", "login"] {
        let dovecot = Dovecot::start(way).await;
        let postfix = Relaying::start(Some(dovecot.port)).await;
        let login = |password| Some(("erika".to_owned(), Secret::new(password)));
        let body = b"Subject: x\r\n\r\nHallo\r\n.\r\nWelt\r\n".to_vec();
        let mut many = Many { left: 300, body, outcomes: Vec::new() };
        let mut line = postfix.connection(login("geheim"));
        line.carry(&mut many).await;
        let taken = |outcome: &&Outcome| matches!(outcome, Outcome::Accepted { .. });
        assert_eq!(many.outcomes.iter().filter(taken).count(), 300, "{:?}", many.outcomes);
        line.quit().await;
        let log = postfix.until("it ended", |log| log.contains(": disconnect from")).await;
        assert!(log.contains("auth=1 mail=300 rcpt=300 data=300"), "{log}");

        let mut wrong = postfix.connection(login("falsch"));
        let outcome = wrong.send("a@x.example", "b@x.example", b"x").await;
        let Outcome::ChannelDown { reason, .. } = outcome else { panic!("{outcome:?}") };
        assert!(reason.contains("user and password; check both: 535 5.7.8"), "{reason}");
    }
}
