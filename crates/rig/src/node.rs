//! The real program as a process of its own.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::{hand, mark};

/// How long a command or a start may take.
const LIMIT: Duration = Duration::from_secs(120);

/// An installation: where it lives and how it is started.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    exe: PathBuf,
    data: PathBuf,
    database: String,
    listen: String,
    more: Vec<(&'static str, String)>,
}

impl Node {
    pub(crate) fn new(data: &Path, database: &str, listen: &str) -> anyhow::Result<Self> {
        Ok(Self {
            exe: std::env::current_exe().context("the rig cannot find itself")?,
            data: data.to_owned(),
            database: database.to_owned(),
            listen: listen.to_owned(),
            more: Vec::new(),
        })
    }

    /// The same with one more variable in its environment.
    pub(crate) fn with(mut self, variable: &'static str, value: &str) -> Self {
        self.more.push((variable, value.to_owned()));
        self
    }

    /// The same program, to die when it passes this mark for the `hit`-th time.
    pub(crate) fn dying_at(&self, mark: &str, hit: u64) -> Self {
        self.clone().with(mark::MARK, mark).with(mark::HIT, &hit.to_string())
    }

    /// The same with a clock that this file sets.
    pub(crate) fn with_clock(self, clock: &Path) -> Self {
        self.with(hand::CLOCK, &clock.display().to_string())
    }

    #[expect(clippy::disallowed_methods, reason = "the rig runs the program as a process")]
    fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(&self.exe);
        command.arg("node").args(line);
        command
            .env("NOTLICHT_DATA", &self.data)
            .env("NOTLICHT_DATABASE", &self.database)
            .env("NOTLICHT_ALLOW_PRIVATE", "true")
            .env("NOTLICHT_SECRET_CHAT_SIGNING", "for the rig only")
            .env("NOTLICHT_SECRET_HOSTER_SIGNING", "for the rig only")
            .envs(self.more.iter().map(|(variable, value)| (*variable, value)))
            .kill_on_drop(true)
            .stdin(Stdio::null());
        command
    }

    /// Carries out one command; gives what it prints.
    pub(crate) async fn ask(&self, line: &[&str]) -> anyhow::Result<String> {
        let output = tokio::time::timeout(LIMIT, self.command(line).output())
            .await
            .with_context(|| format!("“{}” takes too long", line.join(" ")))??;
        if !output.status.success() {
            bail!("“{}” failed: {}", line.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        Ok(String::from_utf8(output.stdout)?)
    }

    /// Carries out one command that is to die at its mark; says whether it did.
    pub(crate) async fn dies(&self, line: &[&str]) -> anyhow::Result<bool> {
        let output = tokio::time::timeout(LIMIT, self.command(line).output())
            .await
            .with_context(|| format!("“{}” takes too long", line.join(" ")))??;
        let there = mark::has_died_there(output.status);
        if !there && !output.status.success() {
            bail!("“{}” failed: {}", line.join(" "), String::from_utf8_lossy(&output.stderr));
        }
        Ok(there)
    }

    /// Starts serving, and waits until the page is up.
    pub(crate) async fn start(&self) -> anyhow::Result<Child> {
        let mut child =
            self.command(&["serve", "--listen", &self.listen]).stderr(Stdio::piped()).spawn()?;
        let log = child.stderr.take().context("the log is piped")?;
        let mut lines = BufReader::new(log).lines();
        let up = async {
            let mut seen = String::new();
            while let Some(line) = lines.next_line().await? {
                if line.contains("the page is up") {
                    return Ok(lines);
                }
                seen.push_str(&line);
                seen.push('\n');
            }
            bail!("the program did not start:\n{seen}")
        };
        let mut lines = tokio::time::timeout(LIMIT, up).await.context("no start in time")??;
        // The log is read on, so that the program does not wait for it, and dropped.
        tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
        Ok(child)
    }
}
