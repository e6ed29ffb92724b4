//! The real program as a process of its own, with the example's handbook, a shop that can die, and
//! a mail server that keeps what it is sent.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use notlicht::demo::example::{self, Places};
use notlicht::demo::shop::Shop;
use notlicht::demo::sink::{Options, Sink};
use tokio::io::{AsyncBufReadExt as _, BufReader};
use tokio::process::{Child, Command};

use crate::mail::{Mail, mails};
use crate::world::World;

/// How long anything may take that ought to come at once; generous, as machines are busy.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// The files of a handbook, by their path in it.
pub(crate) type Files = BTreeMap<String, String>;

/// An installation that is up. It ends when it is dropped.
pub(crate) struct House {
    pub(crate) shop: Shop,
    pub(crate) sink: Sink,
    pub(crate) world: World,
    folder: tempfile::TempDir,
    listen: SocketAddr,
    log: Arc<Mutex<String>>,
    child: Option<Child>,
}

/// Looks quickly, and waits so long with everything that a test has time to do it by hand.
const SPANS: [(&str, &str); 4] =
    [("hold", "30m"), ("rhythm", "30m"), ("remind", "5m"), ("all_clear_after", "20m")];

impl House {
    /// Builds it with the example's handbook, changed as you like, and waits until the page is up.
    /// Monitors look every second; nothing goes out by itself before half an hour has passed.
    pub(crate) async fn build(change: impl FnOnce(&mut Files)) -> Self {
        let mut house = Self::ground().await;
        let (mail, pages) = (house.sink.address(), house.world.address);
        let (page, shop) = (house.listen, house.shop.address());
        let places = Places { page, mail, shop, pages, database: pages };
        let mut files: Files = example::adapted(&places)
            .unwrap()
            .into_iter()
            .map(|(name, text)| (name.to_owned(), text))
            .collect();
        for (_, text) in files.iter_mut().filter(|(name, _)| name.starts_with("plans/")) {
            *text = spanned(text, &SPANS);
        }
        change(&mut files);
        let files: Vec<_> = files.iter().map(|(name, text)| (&**name, text.clone())).collect();
        example::write(&files, &house.path("h")).unwrap();
        house.good(&["apply", "h"]).await;
        house.serve().await;
        house
    }

    /// Builds it with an empty database, and waits until it says that a page is being set up.
    pub(crate) async fn empty() -> Self {
        let mut house = Self::ground().await;
        house.serve().await;
        house
    }

    /// All that there is before the program runs.
    async fn ground() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let any = SocketAddr::from(([127, 0, 0, 1], 0));
        let sink = Sink::start(any, Options::default()).await.unwrap();
        let shop = Shop::open().await.unwrap();
        let world = World::build().await;
        let free = tokio::net::TcpListener::bind(any).await.unwrap();
        let listen = free.local_addr().unwrap();
        drop(free);
        let log = Arc::default();
        Self { shop, sink, world, folder, listen, log, child: None }
    }

    /// Where the page is: `http://127.0.0.1:1234`.
    pub(crate) fn root(&self) -> String {
        format!("http://{}", self.listen)
    }

    /// Where it listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.listen
    }

    /// A path in the folder in which commands are run.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Writes a file there.
    pub(crate) fn write(&self, inside: &str, text: &str) {
        std::fs::write(self.path(inside), text).unwrap();
    }

    #[expect(clippy::disallowed_methods, reason = "the program is run as a person runs it")]
    fn command(&self, line: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rig"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("NOTLICHT_") {
                command.env_remove(name);
            }
        }
        command
            .arg("node")
            .args(line)
            .current_dir(self.folder.path())
            .env("NOTLICHT_DATA", self.path("d"))
            .env("NOTLICHT_ALLOW_PRIVATE", "true")
            .env("NOTLICHT_SECRET_CHAT_SIGNING", "for the rig only")
            .env("NOTLICHT_SECRET_HOSTER_SIGNING", "for the rig only")
            .env("USER", "erika")
            .kill_on_drop(true)
            .stdin(Stdio::null());
        command
    }

    /// Runs one command, which must succeed; gives what it printed.
    pub(crate) async fn good(&self, line: &[&str]) -> String {
        let ended = tokio::time::timeout(PATIENCE, self.command(line).output()).await;
        let output = ended.expect("the command comes to an end").unwrap();
        let out = String::from_utf8(output.stdout).unwrap();
        assert!(
            output.status.success(),
            "{line:?}: {out}\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
        out
    }

    /// Adds an account for the console, whose password is [`House::password`].
    pub(crate) async fn account(&self, name: &str, may: &str) {
        use tokio::io::AsyncWriteExt as _;
        let mut command = self.command(&["account", "add", name, "--may", may, "--language", "en"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut typed = child.stdin.take().unwrap();
        typed.write_all(format!("{}\n", Self::password(name)).as_bytes()).await.unwrap();
        drop(typed);
        let ended = tokio::time::timeout(PATIENCE, child.wait()).await;
        assert!(ended.expect("it comes to an end").unwrap().success());
    }

    /// The password of an account of this name.
    pub(crate) fn password(name: &str) -> String {
        format!("for {name} of the rig only")
    }

    async fn serve(&mut self) {
        let mut command = self.command(&[
            "serve",
            "--listen",
            &self.listen.to_string(),
            "--trusted-proxy",
            "127.0.0.1/32",
        ]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let log = Arc::clone(&self.log);
        tokio::spawn(async move {
            while let Ok(Some(line)) = lines.next_line().await {
                let mut log = log.lock().unwrap();
                log.push_str(&line);
                log.push('\n');
            }
        });
        self.child = Some(child);
        let up = || async { self.log().contains("the page is up").then_some(()) };
        assert!(until(PATIENCE, up).await.is_some(), "it does not start:\n{}", self.log());
    }

    /// What it has logged so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// The newest mail to this address that is as wanted, as soon as it is there.
    pub(crate) async fn mail(&self, to: &str, wanted: impl Fn(&Mail) -> bool) -> Mail {
        let fits = |mail: &Mail| mail.to == to && wanted(mail);
        let look = || async { mails(&self.sink).into_iter().rfind(|mail| fits(mail)) };
        until(PATIENCE, look).await.unwrap_or_else(|| {
            let all: Vec<_> =
                mails(&self.sink).into_iter().map(|mail| (mail.to, mail.subject)).collect();
            panic!("no such mail to {to}; there are {all:#?}\n{}", self.log())
        })
    }

    /// The path of the newest mailed link of this sort: `/confirm/…`.
    pub(crate) async fn link(&self, to: &str, sort: &str) -> String {
        let start = format!("{}/{sort}/", self.root());
        let mail = self.mail(to, |mail| mail.text.contains(&start)).await;
        let (_, token) = mail.text.split_once(&start).unwrap();
        format!("/{sort}/{}", token.split_whitespace().next().unwrap())
    }

    /// The ids of all incidents, newest first.
    pub(crate) async fn incidents(&self) -> Vec<String> {
        let listed = self.good(&["incident", "list", "--json"]).await;
        let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
        let id = |one: &serde_json::Value| one["id"].as_str().unwrap().to_owned();
        listed.as_array().unwrap().iter().map(id).collect()
    }
}

/// The text of a plan with these spans in the place of its own.
pub(crate) fn spanned(plan: &str, spans: &[(&str, &str)]) -> String {
    let line = |line: &str| {
        let span = spans.iter().find(|(key, _)| line.starts_with(&format!("{key} =")));
        span.map_or_else(|| format!("{line}\n"), |(key, span)| format!("{key} = \"{span}\"\n"))
    };
    plan.lines().map(line).collect()
}

/// Asks again and again until there is something, or the time is over.
pub(crate) async fn until<T, F: Future<Output = Option<T>>>(
    limit: Duration,
    mut ask: impl FnMut() -> F,
) -> Option<T> {
    let asking = async {
        let mut pulse = tokio::time::interval(Duration::from_millis(20));
        loop {
            pulse.tick().await;
            if let Some(found) = ask().await {
                return found;
            }
        }
    };
    tokio::time::timeout(limit, asking).await.ok()
}
