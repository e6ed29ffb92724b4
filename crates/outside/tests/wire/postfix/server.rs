//! A Postfix of one's own, in a folder of its own. What it does beside running stands in the
//! settings that each test gives it.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

/// The program.
pub(crate) const BINARY: &str = "/usr/sbin/postfix";

/// The server; its log is kept.
pub(crate) struct Postfix {
    folder: tempfile::TempDir,
    process: Child,
    log: watch::Receiver<String>,
}

/// A folder for a server, into whose `etc` its settings go.
#[expect(clippy::disallowed_methods, reason = "there is no other way to another's folder")]
pub(crate) async fn folder() -> tempfile::TempDir {
    // The mail system's own user has to come through to the folder.
    let folder = tempfile::Builder::new().prefix("postfix").tempdir().unwrap();
    let root = folder.path();
    std::fs::set_permissions(root, std::fs::Permissions::from_mode(0o755)).unwrap();
    for name in ["etc", "spool", "data"] {
        std::fs::create_dir(root.join(name)).unwrap();
    }
    let given = Command::new("chown").arg("postfix").arg(root.join("data")).status().await;
    assert!(given.unwrap().success());
    folder
}

/// What each server has in its `main.cf`.
pub(crate) fn main_cf(root: &Path) -> String {
    let root = root.display();
    format!(
        "compatibility_level = 3.6\nqueue_directory = {root}/spool\ndata_directory = {root}/data\n\
         command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n\
         mail_owner = postfix\nsetgid_group = postdrop\nmyhostname = mx.x.example\n\
         mydestination =\ninet_interfaces = 127.0.0.1\ninet_protocols = ipv4\n\
         mynetworks = 127.0.0.0/8\nmaillog_file = /dev/stdout\n"
    )
}

/// The services that each server has in its `master.cf`, besides those that listen.
pub(crate) fn services() -> String {
    let mut out = String::new();
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

impl Postfix {
    /// Starts the server whose settings lie in this folder; it must be up within this time.
    #[expect(clippy::disallowed_methods, reason = "the real server is another program")]
    pub(crate) async fn start(folder: tempfile::TempDir, within: Duration) -> Self {
        let mut process = Command::new(BINARY)
            .arg("-c")
            .arg(folder.path().join("etc"))
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
        let postfix = Self { folder, process, log };
        let up = |log: &str| log.contains("daemon started");
        postfix.until("it is up", within, up).await;
        postfix
    }

    /// Waits until the log shows something, and gives the log.
    pub(crate) async fn until(
        &self,
        what: &str,
        within: Duration,
        shown: impl Fn(&str) -> bool,
    ) -> Arc<str> {
        let mut log = self.log.clone();
        let wait = log.wait_for(|log| shown(log));
        match tokio::time::timeout(within, wait).await {
            Ok(Ok(log)) => log.as_str().into(),
            _ => panic!("the log does not show that {what}:\n{}", *self.log.borrow()),
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

/// Whether a test with this program can run; says so loudly if not, and fails where all tests must
/// run.
pub(crate) fn can_run(program: &str) -> bool {
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
