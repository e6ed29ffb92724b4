//! The mail client against a real Postfix: STARTTLS, pipelining, a refusal, many mails on one line.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use model::dispatch::Outcome;
use outside::channel::email::smtp::{Connection, Limits, Relay, Security};
use outside::guard::Guard;
use outside::tls::Trust;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

const BINARY: &str = "/usr/sbin/postfix";

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
    async fn start() -> Self {
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
        std::fs::write(root.join("etc/main.cf"), main_cf(root)).unwrap();
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

    fn connection(&self) -> Connection {
        let limit = Duration::from_secs(10);
        let relay = Relay {
            host: "127.0.0.1".to_owned(),
            port: self.port,
            security: Security::StartTls,
            login: None,
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

fn main_cf(root: &Path) -> String {
    let root = root.display();
    format!(
        "compatibility_level = 3.6\nqueue_directory = {root}/spool\ndata_directory = {root}/data\n\
         command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n\
         mail_owner = postfix\nsetgid_group = postdrop\nmyhostname = mx.x.example\n\
         mydestination =\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n\
         mynetworks = 127.0.0.0/8\nmaillog_file = /dev/stdout\n\
         smtpd_tls_cert_file = {root}/cert.pem\nsmtpd_tls_key_file = {root}/key.pem\n\
         smtpd_tls_security_level = encrypt\nsmtpd_tls_loglevel = 1\n\
         smtpd_recipient_restrictions =\n  check_recipient_access texthash:{root}/etc/access,\n  \
         permit_mynetworks, reject\n\
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

/// Whether the test can run; says so loudly if not, and fails where all tests must run.
fn can_run() -> bool {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| {
        use std::os::unix::fs::MetadataExt;
        own.uid() == 0
    });
    let missing = match (Path::new(BINARY).exists(), is_root) {
        (true, true) => return true,
        (false, _) => "postfix is not installed",
        (true, false) => "postfix can only be started by root",
    };
    eprintln!("NOT RUN: {missing}");
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "with CI=true this must run: {missing}");
    false
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_postfix_takes_our_mails_and_its_refusals_are_understood() {
    if !can_run() {
        return;
    }
    let postfix = Postfix::start().await;
    let mut line = postfix.connection();
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
