//! The wire to Chromium: its DevTools protocol as JSON over two pipes, each message ended by a
//! null byte. Nothing listens on a port, and the browser ends when the pipe does.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::{Mutex as Queue, oneshot};

use crate::findings::Findings;
use crate::house::PATIENCE;

/// Where Chromium is looked for, in this order.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// A running browser; it ends when this is dropped.
pub(crate) struct Pipe {
    shared: Arc<Shared>,
    profile: tempfile::TempDir,
    _child: Child,
}

struct Shared {
    to: Queue<ChildStdin>,
    next: AtomicU64,
    waiting: Mutex<HashMap<u64, oneshot::Sender<Result<Value, String>>>>,
    sessions: Mutex<HashMap<String, Arc<Findings>>>,
}

/// The browser's program; none where there is none.
pub(crate) fn program() -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    let found = NAMES.iter().flat_map(|name| {
        std::env::split_paths(&path).map(move |folder| folder.join(name)).filter(|it| it.is_file())
    });
    found.into_iter().next()
}

impl Pipe {
    /// Starts the browser, without a window and with a profile of its own. It finds no other host
    /// than this one.
    #[expect(clippy::disallowed_methods, reason = "a browser is another program")]
    pub(crate) fn start(program: &Path) -> Self {
        let profile = tempfile::tempdir().unwrap();
        let log = std::fs::File::create(profile.path().join("log")).unwrap();
        // The browser reads from descriptor 3 and writes to 4; a shell puts our pipes there.
        let mut command = Command::new("sh");
        command.args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null"]);
        command.arg(program).args(FLAGS);
        command.arg(format!("--user-data-dir={}", profile.path().display()));
        if is_root() {
            command.arg("--no-sandbox");
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(log).kill_on_drop(true);
        let mut child = command.spawn().unwrap();
        let (to, from) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
        let shared = Arc::new(Shared {
            to: Queue::new(to),
            next: AtomicU64::new(1),
            waiting: Mutex::default(),
            sessions: Mutex::default(),
        });
        tokio::spawn(listen(from, Arc::clone(&shared)));
        Self { shared, profile, _child: child }
    }

    /// Events of this session are noted there from now on.
    pub(crate) fn note(&self, session: &str, findings: Arc<Findings>) {
        self.shared.sessions.lock().unwrap().insert(session.to_owned(), findings);
    }

    /// Asks the browser, or the page of this session.
    pub(crate) async fn ask(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> Result<Value, String> {
        let answered = match self.shared.send(session, method, params).await {
            Ok(answered) => answered,
            Err(why) => return Err(format!("the browser is gone ({why}): {}", self.log())),
        };
        match tokio::time::timeout(PATIENCE, answered).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(format!("the browser ended: {}", self.log())),
            Err(_) => Err(format!("{method}: no answer in {} s", PATIENCE.as_secs())),
        }
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.profile.path().join("log")).unwrap_or_default()
    }
}

/// No window, no first greeting, nothing in the background, and no host but this one.
const FLAGS: [&str; 14] = [
    "--headless",
    "--remote-debugging-pipe",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=Translate,MediaRouter,OptimizationHints",
    "--no-first-run",
    "--no-default-browser-check",
    "--password-store=basic",
    "--mute-audio",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// Whether this process is root's: the browser's sandbox refuses to run then.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}

async fn listen(from: ChildStdout, shared: Arc<Shared>) {
    let mut from = BufReader::new(from);
    let mut bytes = Vec::new();
    while from.read_until(0, &mut bytes).await.is_ok_and(|read| read > 0) {
        bytes.pop();
        if let Ok(message) = serde_json::from_slice::<Value>(&bytes) {
            let session = message["sessionId"].as_str().map(str::to_owned);
            if message["method"] == "Page.javascriptDialogOpening" {
                // Nothing goes on while a dialog is open. Its text is noted; nobody waits for this.
                let close = shared.send(
                    session.as_deref(),
                    "Page.handleJavaScriptDialog",
                    json!({"accept": false}),
                );
                drop(close.await);
            }
            shared.take(message);
        }
        bytes.clear();
    }
    // Whoever still waits is told that nothing comes any more.
    shared.waiting.lock().unwrap().clear();
}

impl Shared {
    async fn send(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> std::io::Result<oneshot::Receiver<Result<Value, String>>> {
        let id = self.next.fetch_add(1, Ordering::SeqCst);
        let mut message = json!({"id": id, "method": method, "params": params});
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        let (answer, answered) = oneshot::channel();
        self.waiting.lock().unwrap().insert(id, answer);
        let mut bytes = serde_json::to_vec(&message).unwrap();
        bytes.push(0);
        self.to.lock().await.write_all(&bytes).await?;
        Ok(answered)
    }

    fn take(&self, mut message: Value) {
        if let Some(id) = message["id"].as_u64() {
            let waiting = self.waiting.lock().unwrap().remove(&id);
            let result = match message["error"]["message"].as_str() {
                Some(why) => Err(why.to_owned()),
                None => Ok(message["result"].take()),
            };
            if let Some(waiting) = waiting {
                // Whoever asked may have given up meanwhile.
                let _ = waiting.send(result);
            }
            return;
        }
        let session = message["sessionId"].as_str().unwrap_or_default();
        let findings = self.sessions.lock().unwrap().get(session).cloned();
        if let (Some(findings), Some(method)) = (findings, message["method"].as_str()) {
            findings.take(method, &message["params"]);
        }
    }
}
