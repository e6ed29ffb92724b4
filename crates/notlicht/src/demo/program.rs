//! Notlicht itself, as a process of its own: started, asked, watched by its log, killed.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use anyhow::{Context as _, bail};
use model::value::Timestamp;
use serde_json::Value;
use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::watch;

/// How long a command may take.
const COMMAND: Duration = Duration::from_secs(60);

/// The program and where it lives.
#[derive(Debug)]
pub(super) struct Program {
    exe: PathBuf,
    data: PathBuf,
    secrets: Vec<(String, String)>,
    pub(super) log: Log,
}

/// One line of the log.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// When it was written, by the program's clock.
    pub(super) at: Timestamp,
    line: Value,
}

impl Entry {
    /// What it is about.
    pub(super) fn message(&self) -> &str {
        self.field("message")
    }

    /// A field, or nothing.
    pub(super) fn field(&self, name: &str) -> &str {
        self.line[name].as_str().unwrap_or_default()
    }

    /// Whether it is a verdict on this monitor.
    pub(super) fn is_verdict(&self, monitor: &str, verdict: &str) -> bool {
        self.message() == "verdict"
            && self.field("monitor") == monitor
            && self.field("verdict") == verdict
    }

    /// Whether it says that such an event was recorded.
    pub(super) fn is_recorded(&self, what: &str) -> bool {
        self.message() == "recorded" && self.field("what") == what
    }

    /// Whether it says that a notice of this kind was published.
    pub(super) fn is_published(&self, kind: &str) -> bool {
        self.is_recorded("published") && self.field("kind") == kind
    }

    /// Whether the program says that something failed.
    pub(super) fn is_error(&self) -> bool {
        self.field("level") == "ERROR"
    }
}

/// Everything that the program has written to its log.
#[derive(Debug, Clone)]
pub(super) struct Log {
    entries: Arc<Mutex<Vec<Entry>>>,
    changed: Arc<watch::Sender<()>>,
}

impl Log {
    fn new() -> Self {
        Self { entries: Arc::default(), changed: Arc::new(watch::channel(()).0) }
    }

    /// All of it, oldest first.
    pub(super) fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the first entry that is as wanted, looking from the beginning.
    pub(super) async fn wait(
        &self,
        what: &str,
        limit: Duration,
        wanted: impl Fn(&Entry) -> bool,
    ) -> anyhow::Result<Entry> {
        let mut changed = self.changed.subscribe();
        let waiting = async {
            loop {
                let found = self.entries().iter().find(|entry| wanted(entry)).cloned();
                match found {
                    Some(entry) => return entry,
                    None => changed.changed().await.expect("the log keeps its sender"),
                }
            }
        };
        tokio::time::timeout(limit, waiting).await.map_err(|_| {
            let seconds = limit.as_secs();
            anyhow::anyhow!(
                "no {what} within {seconds} s; the last lines of the log:\n{}",
                self.tail()
            )
        })
    }

    /// The last lines, for an error.
    pub(super) fn tail(&self) -> String {
        let entries = self.entries();
        let last = &entries[entries.len().saturating_sub(12)..];
        last.iter().map(|entry| format!("  {}", entry.line)).collect::<Vec<_>>().join("\n")
    }

    fn take(&self, line: &str) {
        let parsed = serde_json::from_str::<Value>(line).unwrap_or_else(|_| {
            // What is no JSON is a panic or an error of the start: it must not be overlooked.
            serde_json::json!({"level": "ERROR", "message": line})
        });
        let at = parsed["timestamp"].as_str().and_then(|at| at.parse::<jiff::Timestamp>().ok());
        let at = at.map_or_else(crate::rim::now, Timestamp::from);
        self.entries().push(Entry { at, line: parsed });
        self.changed.send_replace(());
    }
}

impl Program {
    /// This very executable, with its data in a folder.
    pub(super) fn new(data: &Path, secrets: Vec<(String, String)>) -> anyhow::Result<Self> {
        let exe = std::env::current_exe().context("the program cannot find itself")?;
        Ok(Self { exe, data: data.to_owned(), secrets, log: Log::new() })
    }

    #[expect(clippy::disallowed_methods, reason = "the demo kills the program: it must be another")]
    fn command(&self) -> Command {
        let mut command = Command::new(&self.exe);
        // What is set for another installation must not reach the demo's.
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("NOTLICHT_") {
                command.env_remove(name);
            }
        }
        command.arg("--data").arg(&self.data).args(["--allow-private", "--log", "json"]);
        for (name, secret) in &self.secrets {
            let variable = name.to_ascii_uppercase().replace('-', "_");
            command.env(format!("{}{variable}", outside::secret::PREFIX), secret);
        }
        command.kill_on_drop(true).stdin(Stdio::null());
        command
    }

    /// Runs one command to its end; gives what it printed.
    pub(super) async fn ask(&self, arguments: &[&str]) -> anyhow::Result<String> {
        self.ask_with(arguments, "").await
    }

    /// The same with something to read on its standard input.
    pub(super) async fn ask_with(&self, arguments: &[&str], input: &str) -> anyhow::Result<String> {
        let name = format!("notlicht {}", arguments.join(" "));
        let mut command = self.command();
        command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::piped()).spawn().context("cannot be started")?;
        if let Some(mut stdin) = child.stdin.take() {
            stdin.write_all(input.as_bytes()).await?;
        }
        let output = tokio::time::timeout(COMMAND, child.wait_with_output()).await;
        let output = output.with_context(|| format!("“{name}” does not come to an end"))??;
        if !output.status.success() {
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            bail!("“{name}” failed ({}):\n{said}", output.status);
        }
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    }

    /// Starts it for good; its log goes into [`Program::log`].
    pub(super) fn serve(&self, listen: &str) -> anyhow::Result<Child> {
        let mut child = self
            .command()
            .args(["serve", "--listen", listen, "--node", "demo"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .context("the program cannot be started")?;
        if let Some(out) = child.stdout.take() {
            tokio::spawn(follow(out, self.log.clone()));
        }
        if let Some(out) = child.stderr.take() {
            tokio::spawn(follow(out, self.log.clone()));
        }
        Ok(child)
    }
}

async fn follow(out: impl AsyncRead + Unpin, log: Log) {
    let mut lines = BufReader::new(out).lines();
    while let Ok(Some(line)) = lines.next_line().await {
        if !line.trim().is_empty() {
            log.take(&line);
        }
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[tokio::test]
    async fn what_the_program_says_is_understood_and_a_panic_is_not_overlooked() {
        let log = Log::new();
        log.take(
            r#"{"timestamp":"2026-11-24T12:47:03.250000Z","level":"INFO","message":"verdict",
            "monitor":"shop-page","verdict":"Down","detail":"no connection"}"#,
        );
        log.take(r#"{"level":"INFO","message":"recorded","what":"published","kind":"first"}"#);
        log.take("thread 'main' panicked");
        let limit = Duration::from_millis(1);
        let wanted = |entry: &Entry| entry.is_verdict("shop-page", "Down");
        let down = log.wait("verdict", limit, wanted).await.unwrap();
        assert_eq!(down.at, Timestamp(1_795_524_423_250_000));
        assert!(log.entries()[1].is_published("first"));
        assert!(!log.entries()[1].is_published("update"));
        assert!(log.entries()[2].is_error());
        let never = log.wait("all-clear", limit, |entry| entry.is_published("all-clear")).await;
        let never = never.unwrap_err().to_string();
        assert!(never.contains("no all-clear within"), "{never}");
        assert!(never.contains("panicked"), "{never}");
    }
}
