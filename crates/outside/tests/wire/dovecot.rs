//! A Dovecot of one's own, with the one mailbox that bounces come back to. Its mails lie in a
//! folder, so that a test or a Postfix can put some there.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

const BINARY: &str = "/usr/sbin/dovecot";
const IMAP: &str = "/usr/lib/dovecot/imap";

/// Who reads the mailbox.
pub(crate) const USER: &str = "bounces";
/// With what.
pub(crate) const PASSWORD: &str = "a \"quoted\\ password";

/// The server, in a folder of its own.
pub(crate) struct Dovecot {
    folder: tempfile::TempDir,
    /// Where it speaks plainly.
    pub(crate) plain: u16,
    /// Where it speaks encrypted.
    pub(crate) tls: u16,
    process: Child,
    put: u32,
}

impl Dovecot {
    /// A server that runs; none where there is none, which is said loudly.
    #[expect(clippy::disallowed_methods, reason = "the real server is another program")]
    pub(crate) async fn start() -> Option<Self> {
        if !can_run() {
            return None;
        }
        let folder = tempfile::Builder::new().prefix("dovecot").tempdir().unwrap();
        let root = folder.path();
        // The server's own users have to come through to the folder.
        std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o755)).unwrap();
        for name in ["run", "mail"] {
            std::fs::create_dir(root.join(name)).unwrap();
        }
        given_away(&root.join("mail")).await;
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        std::fs::write(root.join("cert.pem"), made.cert.pem()).unwrap();
        std::fs::write(root.join("key.pem"), made.signing_key.serialize_pem()).unwrap();
        let [plain, tls] = [free_port().await, free_port().await];
        std::fs::write(root.join("users"), format!("{USER}:{{PLAIN}}{PASSWORD}\n")).unwrap();
        std::fs::write(root.join("dovecot.conf"), config(root, plain, tls)).unwrap();
        let mut process = Command::new(BINARY)
            .args(["-F", "-c"])
            .arg(root.join("dovecot.conf"))
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let started = async {
            let mut log = String::new();
            while let Ok(Some(line)) = lines.next_line().await {
                if line.contains("starting up") {
                    return;
                }
                log.push_str(&line);
            }
            panic!("dovecot ended: {log}");
        };
        tokio::time::timeout(Duration::from_secs(20), started).await.unwrap();
        // Else it would wait for somebody to read what it writes.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Some(Self { folder, plain, tls, process, put: 0 })
    }

    /// The certificate to trust.
    pub(crate) fn certificate(&self) -> PathBuf {
        self.folder.path().join("cert.pem")
    }

    /// The folder of the mailbox, a maildir.
    pub(crate) fn mailbox(&self) -> PathBuf {
        self.folder.path().join("mail").join(USER)
    }

    /// Puts a mail into the mailbox, as a mail server would.
    pub(crate) async fn put(&mut self, mail: &str) {
        let new = self.mailbox().join("new");
        if !new.exists() {
            for name in ["cur", "new", "tmp"] {
                std::fs::create_dir_all(self.mailbox().join(name)).unwrap();
            }
            given_away(&self.mailbox()).await;
        }
        self.put += 1;
        let name = format!("{}.{}.test", 1_795_524_000 + self.put, self.put);
        let hidden = self.mailbox().join("tmp").join(&name);
        std::fs::write(&hidden, mail).unwrap();
        given_away(&hidden).await;
        std::fs::rename(&hidden, new.join(&name)).unwrap();
    }
}

impl Drop for Dovecot {
    #[expect(clippy::disallowed_methods, reason = "only dovecot ends all of its processes")]
    fn drop(&mut self) {
        let config = self.folder.path().join("dovecot.conf");
        let _stopped =
            std::process::Command::new(BINARY).arg("-c").arg(config).arg("stop").output();
        let _ended = self.process.start_kill();
    }
}

fn config(root: &Path, plain: u16, tls: u16) -> String {
    let root = root.display();
    format!(
        "base_dir = {root}/run\nprotocols = imap\nlisten = 127.0.0.1\nlog_path = /dev/stderr\n\
         mail_location = maildir:{root}/mail/%n\nmail_uid = nobody\nmail_gid = nogroup\n\
         first_valid_uid = 1\nssl = yes\nssl_cert = <{root}/cert.pem\nssl_key = <{root}/key.pem\n\
         auth_mechanisms = plain login\n\
         passdb {{\n driver = passwd-file\n args = {root}/users\n}}\n\
         userdb {{\n driver = static\n args = uid=nobody gid=nogroup home={root}/mail/%n\n}}\n\
         service imap-login {{\n inet_listener imap {{\n  port = {plain}\n }}\n\
         inet_listener imaps {{\n  port = {tls}\n }}\n}}\n\
         service stats {{\n unix_listener stats-writer {{\n  mode = 0666\n }}\n}}\n"
    )
}

async fn free_port() -> u16 {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    free.local_addr().unwrap().port()
}

/// Mails belong to nobody, as whom both servers read and write them.
#[expect(clippy::disallowed_methods, reason = "there is no other way to another's folder")]
async fn given_away(path: &Path) {
    let mut command = Command::new("chown");
    let given = command.args(["-R", "nobody:nogroup"]).arg(path).status().await;
    assert!(given.unwrap().success());
}

/// Whether the test can run; says so loudly if not, and fails where all tests must run.
fn can_run() -> bool {
    let is_root = std::fs::metadata("/proc/self").is_ok_and(|own| {
        use std::os::unix::fs::MetadataExt;
        own.uid() == 0
    });
    let missing = match (Path::new(BINARY).exists() && Path::new(IMAP).exists(), is_root) {
        (true, true) => return true,
        (false, _) => "dovecot-imapd is not installed",
        (true, false) => "dovecot can only be started by root",
    };
    eprintln!("NOT RUN: {missing}");
    assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "with CI=true this must run: {missing}");
    false
}
