//! The whole way: a real Postfix takes a mail, the other side refuses it, the bounce goes into a
//! real mailbox, is read encrypted, and counts.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;

use model::incident::Command as Act;
use outside::tls::Trust;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

use super::*;

const BINARY: &str = "/usr/sbin/postfix";

/// A Postfix of one's own, and one of the people's whose server knows only `en-1`.
struct Postfix {
    folder: tempfile::TempDir,
    port: u16,
    process: Child,
    log: watch::Receiver<String>,
}

impl Postfix {
    /// A server that puts what comes back into this mailbox; none where there is none, which is
    /// said loudly.
    #[expect(clippy::disallowed_methods, reason = "the real server is another program")]
    async fn start(mailbox: &Path) -> Option<Self> {
        if !Path::new(BINARY).exists() {
            eprintln!("NOT RUN: postfix is not installed");
            assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "with CI=true this must run");
            return None;
        }
        let folder = tempfile::Builder::new().prefix("postfix").tempdir().unwrap();
        let root = folder.path();
        std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["etc", "spool", "data"] {
            std::fs::create_dir(root.join(name)).unwrap();
        }
        let given = Command::new("chown").arg("postfix").arg(root.join("data")).status().await;
        assert!(given.unwrap().success());
        let mut ports = [0; 2];
        for port in &mut ports {
            let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            *port = free.local_addr().unwrap().port();
        }
        let [port, theirs] = ports;
        for (name, text) in [
            ("main.cf", main_cf(root, mailbox)),
            ("master.cf", master_cf(root, port, theirs)),
            ("transport", format!("people.example smtp:[127.0.0.1]:{theirs}\n")),
            ("access", "en-1@people.example OK\npeople.example 550 5.1.1 no such user\n".into()),
            ("boxes", "/^bounces\\+.*@x\\.example$/ bounces/\n".into()),
        ] {
            std::fs::write(root.join("etc").join(name), text).unwrap();
        }
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
        Some(postfix)
    }

    async fn until(&self, what: &str, shown: impl Fn(&str) -> bool) {
        let mut log = self.log.clone();
        let wait = log.wait_for(|log| shown(log));
        if tokio::time::timeout(Duration::from_secs(60), wait).await.is_err() {
            panic!("the log does not show that {what}:\n{}", *self.log.borrow());
        }
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

fn main_cf(root: &Path, mailbox: &Path) -> String {
    let (root, boxes) = (root.display(), mailbox.parent().unwrap().display());
    format!(
        "compatibility_level = 3.6\nqueue_directory = {root}/spool\ndata_directory = {root}/data\n\
         command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n\
         mail_owner = postfix\nsetgid_group = postdrop\nmyhostname = mx.x.example\n\
         mydestination =\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n\
         mynetworks = 127.0.0.0/8\nmaillog_file = /dev/stdout\nnotify_classes =\nalias_maps =\n\
         smtpd_recipient_restrictions = permit_mynetworks, reject\n\
         transport_maps = texthash:{root}/etc/transport\ndefault_transport = discard:\n\
         virtual_mailbox_domains = x.example\nvirtual_mailbox_base = {boxes}\n\
         virtual_mailbox_maps = regexp:{root}/etc/boxes\nvirtual_uid_maps = static:65534\n\
         virtual_gid_maps = static:65534\n"
    )
}

fn master_cf(root: &Path, port: u16, theirs: u16) -> String {
    let root = root.display();
    let mut out = format!(
        "127.0.0.1:{port} inet n - n - - smtpd\n127.0.0.1:{theirs} inet n - n - - smtpd\n  \
         -o myhostname=mail.people.example\n  -o content_filter=discard:\n  \
         -o {{ smtpd_recipient_restrictions = check_recipient_access texthash:{root}/etc/access, \
         permit }}\nvirtual unix - n n - - virtual\n"
    );
    for (name, kind, private, wake, most, command) in [
        ("cleanup", "unix", "n", "-", "0", "cleanup"),
        ("qmgr", "unix", "n", "5", "1", "qmgr"),
        ("tlsmgr", "unix", "-", "1000?", "1", "tlsmgr"),
        ("rewrite", "unix", "-", "-", "-", "trivial-rewrite"),
        ("bounce", "unix", "-", "-", "0", "bounce"),
        ("defer", "unix", "-", "-", "0", "bounce"),
        ("trace", "unix", "-", "-", "0", "bounce"),
        ("proxymap", "unix", "-", "-", "-", "proxymap"),
        ("smtp", "unix", "-", "-", "-", "smtp"),
        ("error", "unix", "-", "-", "-", "error"),
        ("retry", "unix", "-", "-", "-", "error"),
        ("discard", "unix", "-", "-", "-", "discard"),
        ("scache", "unix", "-", "-", "1", "scache"),
        ("anvil", "unix", "-", "-", "1", "anvil"),
        ("postlog", "unix-dgram", "n", "-", "1", "postlogd"),
    ] {
        let _ = writeln!(out, "{name} {kind} {private} - n {wake} {most} {command}");
    }
    out
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_a_real_server_sends_back_is_read_encrypted_and_counts_as_gone() {
    let Some(dovecot) = Dovecot::start().await else { return };
    let Some(postfix) = Postfix::start(&dovecot.mailbox()).await else { return };
    let mut house = House::build(crate::both::Kind::Sqlite).await.unwrap();
    house.bounces_to(&format!("imaps://{USER}@127.0.0.1:{}/INBOX", dovecot.tls)).await;
    let (sink, real) = (house.sink.address().port(), postfix.port);
    house.change("channels.toml", &format!("port = {sink}"), &format!("port = {real}")).await;
    house.engine.wire.trust = Trust::with_file(&dovecot.certificate()).unwrap();
    house.subscribe(3).await;
    let opened = house.outage().await;
    house.act(&opened.id, Act::Release { number: 1 }).await;
    house.deliver_all().await;
    let before = house.tallies(&opened.id, "mail").await[0];
    assert_eq!((before.planned, before.accepted), (3, 3), "the relay took them all");
    postfix.until("two came back", |log| log.matches("delivered to maildir").count() == 2).await;
    house.engine.bounce_step().await.unwrap();
    let after = house.tallies(&opened.id, "mail").await[0];
    assert_eq!((after.accepted, after.gone, after.refused), (1, 2, 0));
    // Who has it is known by name: the others get nothing more.
    house.act(&opened.id, update("Neues.")).await;
    house.deliver_all().await;
    let newest = house.tallies(&opened.id, "mail").await[1];
    assert_eq!((newest.planned, newest.accepted), (1, 1));
}
