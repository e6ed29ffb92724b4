//! Everything that the story needs, on loopback and in a folder of its own.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context as _, bail};
use tokio::net::TcpListener;
use tokio::process::Child;

use super::census::Census;
use super::example::{self, Places};
use super::hook::Hooks;
use super::mailbox;
use super::neighbours::{self, Server};
use super::program::Program;
use super::shop::Shop;
use super::sink::{Options, Sink};
use crate::config::Demo;

/// How long the sink takes for each mail: as a near relay does, so that there is a middle in which
/// the program can be killed.
const SINK_DELAY: Duration = Duration::from_millis(8);

/// The stage. All of it ends when it is dropped.
pub(super) struct Stage {
    pub(super) shop: Shop,
    pub(super) census: Census,
    pub(super) hooks: Hooks,
    pub(super) program: Program,
    pub(super) child: Option<Child>,
    pub(super) places: Places,
    pub(super) folder: Folder,
    pub(super) mailbox: Server,
    /// By which one signs in to the console.
    pub(super) password: String,
    _pages: Server,
    _database: Server,
}

/// Where everything is written.
pub(super) struct Folder {
    pub(super) path: PathBuf,
    /// Taken away when dropped, if it is a temporary one.
    _temporary: Option<tempfile::TempDir>,
}

impl Folder {
    fn make(args: &Demo) -> anyhow::Result<Self> {
        let Some(path) = &args.folder else {
            let temporary = tempfile::Builder::new().prefix("notlicht-demo-").tempdir();
            let mut temporary =
                temporary.context("no temporary folder; choose one with --folder")?;
            temporary.disable_cleanup(args.keep);
            return Ok(Self { path: temporary.path().to_owned(), _temporary: Some(temporary) });
        };
        let make = || {
            std::fs::create_dir_all(path)?;
            Ok::<_, std::io::Error>(std::fs::read_dir(path)?.next().is_none())
        };
        let is_empty = make().with_context(|| format!("{} cannot be made", path.display()))?;
        if !is_empty {
            bail!("{} is not empty: the demo begins with an empty folder", path.display());
        }
        Ok(Self { path: path.clone(), _temporary: None })
    }

    /// A path in it, as the command line takes it.
    pub(super) fn at(&self, name: &str) -> String {
        self.path.join(name).display().to_string()
    }

    fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.path.join(name);
        std::fs::write(&path, text).with_context(|| format!("{} cannot be written", path.display()))
    }
}

impl Stage {
    /// Starts everything but the program itself, and writes its handbook and its people.
    pub(super) async fn build(args: &Demo) -> anyhow::Result<Self> {
        let folder = Folder::make(args)?;
        let loopback = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let options = Options { delay: SINK_DELAY, ..Options::default() };
        let sink = Arc::new(Sink::start(loopback(0), options).await?);
        let mailbox = Server::start(mailbox::router(Arc::clone(&sink))).await?;
        let secrets = example::ENDPOINTS.map(|(endpoint, name)| (endpoint, name, secret()));
        let hooks =
            Hooks::new(secrets.iter().map(|(endpoint, _, secret)| (*endpoint, secret.as_str())));
        let pages = Server::start(neighbours::pages().merge(hooks.router())).await?;
        let database = Server::silent().await?;
        let shop = Shop::open().await?;
        let places = Places {
            page: loopback(free_port().await?),
            mail: sink.address(),
            shop: shop.address(),
            pages: pages.address,
            database: database.address,
        };
        example::write(&example::adapted(&places)?, &folder.path.join("handbook"))?;
        let people = people(args.people);
        folder.write("people.csv", &csv(&people))?;
        folder.write("update.de.md", include_str!("update.de.md"))?;
        folder.write("update.en.md", include_str!("update.en.md"))?;
        let secrets = secrets.map(|(_, name, secret)| (name.to_owned(), secret)).into();
        let program = Program::new(Path::new(&folder.at("data")), secrets)?;
        let people: BTreeSet<_> = people.into_iter().map(|(address, _)| address).collect();
        Ok(Self {
            shop,
            census: Census::new(sink, people),
            hooks,
            program,
            child: None,
            places,
            folder,
            mailbox,
            password: password(),
            _pages: pages,
            _database: database,
        })
    }

    /// Starts the program, or starts it again.
    pub(super) fn light(&mut self) -> anyhow::Result<()> {
        self.child = Some(self.program.serve(&self.places.page.to_string())?);
        Ok(())
    }

    /// Kills the program as the power does: without a word.
    pub(super) async fn kill(&mut self) -> anyhow::Result<()> {
        let mut child = self.child.take().context("the program does not run")?;
        if let Some(ended) = child.try_wait()? {
            bail!("the program ended by itself ({ended}):\n{}", self.program.log.tail());
        }
        child.kill().await.context("the program cannot be killed")
    }

    /// Whether the program still runs.
    pub(super) fn is_lit(&mut self) -> bool {
        self.child.as_mut().is_some_and(|child| matches!(child.try_wait(), Ok(None)))
    }
}

/// A port that is free now. The page's must be known before the program listens on it.
async fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?.local_addr()?.port())
}

/// What an endpoint and the program share in this demo.
fn secret() -> String {
    (0..4).map(|_| format!("{:016x}", crate::rim::chance())).collect()
}

/// What one types to sign in: short enough to be typed, and gone with the demo.
fn password() -> String {
    format!("demo-{:08x}", crate::rim::chance() >> 32)
}

/// The people: two of three read German.
fn people(count: u32) -> Vec<(String, &'static str)> {
    let language = |number: u32| if number % 3 == 2 { "en" } else { "de" };
    let person = |number| (format!("person{number}@people.example"), language(number));
    (1..=count).map(person).collect()
}

fn csv(people: &[(String, &str)]) -> String {
    let line = |(address, language): &(String, &str)| format!("{address},{language}\n");
    std::iter::once("address,language\n".to_owned()).chain(people.iter().map(line)).collect()
}
