//! The mail client against a real Postfix: STARTTLS, signing in, pipelining, a refusal, many mails on one
//! line.

use std::fmt::Write as _;
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
use tokio::sync::watch;

const BINARY: &str = "/usr/sbin/postfix";
const DOVECOT: &str = "/usr/sbin/dovecot";

/// A Postfix of one's own in a folder of one's own. It takes mail for `x.example` and throws it
/// away, and its log is kept.
struct Postfix {
    folder: tempfile::TempDir,
    port: u16,
    process: Child,
    log: watch::Receiver<String>,
}

impl Postfix {
    #[expect(clippy::disallowed_methods, reason = "the real server is another program")]
    /// With a port of a Dovecot it takes mail only from who has signed in there.
    async fn start(dovecot: Option<u16>) -> Self {
        // The mail system's own user has to come through to the folder.
        let folder = tempfile::Builder::new().prefix("postfix").tempdir().unwrap();
        let root = folder.path();
        std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["etc", "spool", "data"] {
            std::fs::create_dir(root.join(name)).unwrap();
        }
        let given = Command::new("chown").arg("postfix").arg(root.join("data")).status().await;
        assert!(given.unwrap().success());
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        std::fs::write(root.join("cert.pem"), made.cert.pem()).unwrap();
        std::fs::write(root.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = free.local_addr().unwrap().port();
        drop(free);
        std::fs::write(root.join("etc/main.cf"), main_cf(root, dovecot)).unwrap();
        std::fs::write(root.join("etc/master.cf"), master_cf(port)).unwrap();
        std::fs::write(root.join("etc/access"), "gone@x.example 550 5.1.1 no such user here\n")
            .unwrap();
        let mut process = Command::new(BINARY)
            .arg("-c")
            .arg(root.join("etc"))
            .arg("start-fg")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let (written, log) = watch::channel(String::new());
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                written.send_modify(|log| *log = format!("{log}{line}\n"));
            }
        });
        let postfix = Self { folder, port, process, log };
        postfix.until("it is up", |log| log.contains("daemon started")).await;
        postfix
    }

    /// Waits until the log shows something, and gives the log.
    async fn until(&self, what: &str, shown: impl Fn(&str) -> bool) -> Arc<str> {
        let mut log = self.log.clone();
        let wait = log.wait_for(|log| shown(log));
        match tokio::time::timeout(Duration::from_secs(20), wait).await {
            Ok(Ok(log)) => log.as_str().into(),
            _ => panic!("the log does not show that {what}:\n{}", *self.log.borrow()),
        }
    }

    fn trust(&self) -> Trust {
        let path: PathBuf = self.folder.path().join("cert.pem");
        let roots = CertificateDer::pem_file_iter(path).unwrap();
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

impl Drop for Postfix {
    #[expect(clippy::disallowed_methods, reason = "only postfix ends all of its processes")]
    fn drop(&mut self) {
        let etc = self.folder.path().join("etc");
        let _stopped = std::process::Command::new(BINARY).arg("-c").arg(etc).arg("stop").output();
        let _ended = self.process.start_kill();
    }
}

fn main_cf(root: &Path, dovecot: Option<u16>) -> String {
    let root = root.display();
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
    format!(
        "compatibility_level = 3.6\nqueue_directory = {root}/spool\ndata_directory = {root}/data\n\
         command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n\
         mail_owner = postfix\nsetgid_group = postdrop\nmyhostname = mx.x.example\n\
         mydestination =\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n\
         mynetworks = 127.0.0.0/8\nmaillog_file = /dev/stdout\n\
         smtpd_tls_cert_file = {root}/cert.pem\nsmtpd_tls_key_file = {root}/key.pem\n\
         smtpd_tls_security_level = encrypt\nsmtpd_tls_loglevel = 1\n\
         smtpd_recipient_restrictions =\n  check_recipient_access texthash:{root}/etc/access,\n  \
         {whom}, reject\n{sign_in}\
         default_transport = discard:\nrelay_transport = discard:\nmessage_size_limit = 200000\n"
    )
}

fn master_cf(port: u16) -> String {
    let mut out = format!("127.0.0.1:{port} inet n - n - - smtpd\n");
    for (name, kind, private, chroot, wake, most, command) in [
        ("cleanup", "unix", "n", "n", "-", "0", "cleanup"),
        ("qmgr", "unix", "n", "n", "5", "1", "qmgr"),
        ("tlsmgr", "unix", "-", "n", "1000?", "1", "tlsmgr"),
        ("rewrite", "unix", "-", "n", "-", "-", "trivial-rewrite"),
        ("bounce", "unix", "-", "n", "-", "0", "bounce"),
        ("defer", "unix", "-", "n", "-", "0", "bounce"),
        ("trace", "unix", "-", "n", "-", "0", "bounce"),
        ("proxymap", "unix", "-", "n", "-", "-", "proxymap"),
        ("error", "unix", "-", "n", "-", "-", "error"),
        ("retry", "unix", "-", "n", "-", "-", "error"),
        ("discard", "unix", "-", "n", "-", "-", "discard"),
        ("anvil", "unix", "-", "n", "-", "1", "anvil"),
        ("postlog", "unix-dgram", "n", "n", "-", "1", "postlogd"),
    ] {
        let _ = writeln!(out, "{name} {kind} {private} - {chroot} {wake} {most} {command}");
    }
    out
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

/// Whether the test can run; says so loudly if not, and fails where all tests must run.
fn can_run(program: &str) -> bool {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| {
        use std::os::unix::fs::MetadataExt;
        own.uid() == 0
    });
    let missing = match (Path::new(BINARY).exists() && Path::new(program).exists(), is_root) {
        (true, true) => return true,
        (false, _) => format!("{BINARY} or {program} is not installed"),
        (true, false) => "postfix can only be started by root".to_owned(),
    };
    eprintln!("NOT RUN: {missing}");
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "with CI=true this must run: {missing}");
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_postfix_takes_our_mails_and_its_refusals_are_understood() {
    if !can_run(BINARY) {
        return;
    }
    let postfix = Postfix::start(None).await;
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
        let postfix = Postfix::start(Some(dovecot.port)).await;
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
