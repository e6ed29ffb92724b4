//! A whole installation in this process, on a clock that is set by hand.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use engine::incident::Declaration;
use engine::{Engine, Keys, Node, Rim};
use model::handbook::Files;
use model::handbook::system::ComponentState;
use model::incident::{Command, Incident, Recorded};
use model::language::Language;
use model::public::PublicPage;
use model::recipient::{NewRecipient, RecipientKind};
use model::value::{Key, PublicId, Span, Timestamp};
use notlicht::demo::example::{self, Places};
use notlicht::demo::shop::Shop;
use notlicht::demo::sink::{Options, Sink};
use outside::channel::Wire;
use outside::guard::Guard;
use outside::http::Http;
use outside::secret::Secrets;
use outside::tls::Trust;
use store::{Address, Store};
use tempfile::TempDir;

use crate::both::{self, Kind};
use crate::mail::{Mail, mails};
use crate::world::{Clock, SECRET, World};

/// Tuesday, 24 November 2026, 13:47 in Berlin.
pub(crate) const START: Timestamp = Timestamp(1_795_524_420_000_000);
/// The page's address in the handbook; nobody serves it here.
pub(crate) const PAGE: &str = "http://127.0.0.1:1";
/// Everybody who is alerted, holders and deputies, by the name before the at sign.
pub(crate) const STAFF: [&str; 4] = ["amira", "erika", "jonas", "noor"];
/// The spans of all plans in here.
pub(crate) const HOLD: Span = Span::minutes(5);
pub(crate) const RHYTHM: Span = Span::minutes(30);
pub(crate) const REMIND: Span = Span::minutes(10);
pub(crate) const QUIET: Span = Span::minutes(8);
const EVERY: Span = Span::seconds(30);

/// The installation, and the world around it.
pub(crate) struct House {
    pub(crate) engine: Engine,
    pub(crate) clock: Clock,
    pub(crate) sink: Sink,
    pub(crate) shop: Shop,
    pub(crate) world: World,
    pub(crate) files: Files,
    pub(crate) contacts: String,
    address: Address,
    chance: Arc<AtomicU64>,
    folder: TempDir,
}

pub(crate) fn key(text: &str) -> Key {
    text.parse().unwrap()
}

impl House {
    /// A house with the example's handbook and staff, and nobody who subscribed.
    pub(crate) async fn build(kind: Kind) -> Option<Self> {
        let folder = TempDir::new().unwrap();
        let address = both::fresh(kind, folder.path())?;
        let clock = Clock::at(START);
        let sink = fresh_sink(Options::default()).await;
        let shop = Shop::open().await.unwrap();
        let world = World::build(&clock).await;
        let (files, contacts) = handbook(sink.address(), shop.address(), world.address);
        let chance = Arc::new(AtomicU64::new(1));
        let engine = engine("node", &address, &clock, &chance, &folder).await;
        engine.apply(&files, None, "test", "first").await.unwrap();
        engine.apply_contacts(&contacts).await.unwrap();
        Some(Self { engine, clock, sink, shop, world, files, contacts, address, chance, folder })
    }

    /// The same node started again on the same database.
    pub(crate) async fn another(&self) -> Engine {
        self.node("node").await
    }

    /// A node of this name on the same database.
    pub(crate) async fn node(&self, name: &str) -> Engine {
        engine(name, &self.address, &self.clock, &self.chance, &self.folder).await
    }

    /// A node on another database of the same kind, in which nothing is yet.
    pub(crate) async fn bare(&self) -> Engine {
        let kind = match self.address {
            Address::Sqlite(_) => Kind::Sqlite,
            _ => Kind::Postgres,
        };
        let inside = self.folder.path().join("bare");
        std::fs::create_dir(&inside).unwrap();
        let address = both::fresh(kind, &inside).unwrap();
        engine("bare", &address, &self.clock, &self.chance, &self.folder).await
    }

    /// From now on there is a relay with these moods in the place of the other.
    pub(crate) async fn relay(&mut self, options: Options) {
        let dead = self.lose_relay(options).await;
        let (old, new) = (dead.port(), self.sink.address().port());
        self.change("channels.toml", &format!("port = {old}"), &format!("port = {new}")).await;
    }

    /// The relay dies; another stands ready, of which the handbook does not know. Where it was.
    pub(crate) async fn lose_relay(&mut self, options: Options) -> SocketAddr {
        let dead = std::mem::replace(&mut self.sink, fresh_sink(options).await);
        dead.address()
    }

    /// The folder for what must outlive the database.
    pub(crate) fn data(&self) -> &std::path::Path {
        self.folder.path()
    }

    /// So many people subscribe, half of them in each language: `de-0@…`, `en-1@…`.
    pub(crate) async fn subscribe(&self, people: usize) {
        self.subscribe_more(0, people).await;
    }

    /// So many more, counted on from `from`.
    pub(crate) async fn subscribe_more(&self, from: usize, people: usize) {
        let languages = [Language::DE, Language::EN];
        let person = |at: usize| {
            let language = languages[at % 2];
            NewRecipient {
                kind: RecipientKind::Subscriber,
                key: None,
                channel: "mail".into(),
                address: format!("{language}-{at}@people.example"),
                language,
                consent_at: Some(START),
                components: None,
            }
        };
        let newcomers: Vec<_> = (from..from + people).map(person).collect();
        assert_eq!(self.engine.subscribe(&newcomers, "test", "a test").await.unwrap(), people);
    }

    /// Looks once at one monitor, half a minute after the look before.
    pub(crate) async fn look(&self, monitor: &str) {
        self.clock.pass(EVERY);
        self.engine.probe_step(&key(monitor)).await.unwrap();
    }

    /// Looks so often at one monitor.
    pub(crate) async fn looks(&self, monitor: &str, times: usize) {
        for _ in 0..times {
            self.look(monitor).await;
        }
    }

    /// The shop dies, this is noticed, and staff are alerted: the one open incident.
    pub(crate) async fn outage(&mut self) -> Incident {
        self.shop.die().await;
        self.looks("shop-page", 3).await;
        self.deliver().await;
        self.only().await
    }

    /// The one open incident.
    pub(crate) async fn only(&self) -> Incident {
        let mut open = self.engine.open_cases().await.unwrap();
        assert_eq!(open.len(), 1, "open incidents");
        open.pop().unwrap().incident
    }

    pub(crate) async fn incident(&self, id: &PublicId) -> Incident {
        self.engine.case(id).await.unwrap().incident
    }

    pub(crate) async fn events(&self, id: &PublicId) -> Vec<Recorded> {
        self.engine.events(id).await.unwrap()
    }

    /// Does what is due and sends what can be sent now.
    pub(crate) async fn turn(&self) {
        self.engine.due_step().await.unwrap();
        self.deliver().await;
    }

    /// Sends what can be sent now; says when there is more.
    pub(crate) async fn deliver(&self) -> Option<Timestamp> {
        let step = self.engine.delivery_step();
        tokio::time::timeout(Duration::from_secs(60), step).await.unwrap().unwrap()
    }

    /// Lets the clock run from one attempt to the next until nothing is left to send.
    pub(crate) async fn deliver_all(&self) {
        for _ in 0..50 {
            match self.deliver().await {
                Some(next) => self.clock.set(next.max(self.clock.now())),
                None => return,
            }
        }
        panic!("delivery comes to no end");
    }

    /// Time passes, and all that falls due meanwhile is done at its time.
    pub(crate) async fn pass(&self, span: Span) {
        let end = self.clock.now().after(span);
        while let Some(next) = self.engine.due_step().await.unwrap()
            && next <= end
        {
            self.clock.set(next.max(self.clock.now()));
            self.turn().await;
        }
        self.clock.set(end);
        self.turn().await;
    }

    pub(crate) async fn page(&self) -> PublicPage {
        self.engine.public_page().await.unwrap()
    }

    /// How visitors see a component, by its German name.
    pub(crate) async fn state(&self, name: &str) -> ComponentState {
        let page = self.page().await;
        let found = page.components.iter().find(|one| one.name.get(Language::DE) == name);
        found.unwrap().state
    }

    /// Everything that lies in inboxes and was kept whole, oldest first.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        mails(&self.sink)
    }

    /// The mails to this person.
    pub(crate) fn mails_to(&self, name: &str) -> Vec<Mail> {
        self.mails().into_iter().filter(|mail| mail.is_for(name)).collect()
    }

    /// The subjects of all messages to this person, oldest first.
    pub(crate) fn subjects(&self, name: &str) -> Vec<String> {
        let to = format!("{name}@");
        let received = self.sink.received().into_iter();
        received
            .filter(|one| one.recipient.starts_with(&to))
            .map(|one| one.notice.subject)
            .collect()
    }

    /// How many different messages came to people who subscribed.
    pub(crate) fn told(&self) -> usize {
        let people = |ledger: &notlicht::demo::sink::Ledger| {
            ledger.iter().filter(|one| one.recipient.ends_with("@people.example")).count()
        };
        self.sink.look(people)
    }

    /// The kinds of what the team's chat was told, oldest first.
    pub(crate) fn chat(&self) -> Vec<String> {
        let heard = self.world.heard();
        heard.into_iter().filter(|one| one.endpoint == "team-chat").map(|one| one.kind).collect()
    }

    /// The token of the link in the newest alert to this person.
    pub(crate) fn link_of(&self, name: &str) -> String {
        let newest = self.mails_to(name).pop().unwrap();
        newest.token(&format!("{PAGE}/act/")).unwrap()
    }

    /// A new version of the handbook with this text in the place of that.
    pub(crate) async fn change(&self, file: &str, from: &str, to: &str) -> u32 {
        let base = self.engine.handbook().await.unwrap().number;
        let (_, mut files) = self.engine.store.newest_handbook().await.unwrap().unwrap();
        let text = files.get_mut(file).unwrap();
        assert!(text.contains(from), "{file} has no {from}");
        *text = text.replace(from, to);
        self.engine.apply(&files, Some(base), "test", "changed").await.unwrap().number
    }

    /// Somebody at the host declares an outage for practice.
    pub(crate) async fn drill(&self, plan: &str) -> PublicId {
        let declaration = Declaration {
            plan: key(plan),
            components: [].into(),
            state: ComponentState::Major,
            since: None,
            drill: true,
        };
        let by = model::incident::Actor::Host("test".into());
        self.engine.declare(&declaration, &by).await.unwrap()
    }

    /// Acts as the program would for somebody at the host.
    pub(crate) async fn act(&self, id: &PublicId, command: Command) -> Vec<Recorded> {
        let by = model::incident::Actor::Host("test".into());
        self.engine.act(id, &command, &by).await.unwrap()
    }
}

async fn fresh_sink(options: Options) -> Sink {
    Sink::start("127.0.0.1:0".parse().unwrap(), options).await.unwrap()
}

async fn engine(
    name: &str,
    address: &Address,
    clock: &Clock,
    chance: &Arc<AtomicU64>,
    folder: &TempDir,
) -> Engine {
    let (clock, chance) = (clock.clone(), Arc::clone(chance));
    let chance = move || chance.fetch_add(1, Ordering::SeqCst);
    let keys = Keys::open(folder.path(), &chance).unwrap();
    let mut secrets = Secrets::default();
    secrets.insert("chat-signing", SECRET);
    secrets.insert("hoster-signing", SECRET);
    secrets.insert("bounces-password", crate::dovecot::PASSWORD);
    let guard = Guard::new(true, vec![]);
    let trust = Trust::new(vec![]).unwrap();
    let http = Http::new(guard.clone(), &trust).unwrap();
    let wire = Wire { guard, http, trust, secrets: Arc::new(secrets) };
    let node = Node { name: name.into(), data: folder.path().to_owned() };
    let rim = Rim { clock: Arc::new(move || clock.now()), chance: Arc::new(chance) };
    Engine::new(Store::open(address).await.unwrap(), wire, keys, node, rim)
}

/// The example with our addresses and spans, and apart from it the text of its contacts.
fn handbook(mail: SocketAddr, shop: SocketAddr, pages: SocketAddr) -> (Files, String) {
    let page = PAGE.trim_start_matches("http://").parse().unwrap();
    let places = Places { page, mail, shop, pages, database: pages };
    let adapted = example::adapted(&places).unwrap();
    let mut files: Files = adapted.into_iter().map(|(name, text)| (name.into(), text)).collect();
    files.remove("README.md");
    let contacts = files.remove("contacts.toml").unwrap();
    for (name, text) in &mut files {
        if name == "system.toml" {
            *text = text.replace("every = \"1s\"", &format!("every = \"{EVERY}\""));
        } else if name.starts_with("plans/") {
            *text = text.lines().map(spanned).collect();
        }
    }
    (files, contacts)
}

/// A line of a plan with the spans that count in here.
fn spanned(line: &str) -> String {
    let spans =
        [("hold", HOLD), ("rhythm", RHYTHM), ("remind", REMIND), ("all_clear_after", QUIET)];
    match spans.iter().find(|(key, _)| line.starts_with(&format!("{key} ="))) {
        Some((key, span)) => format!("{key} = \"{span}\"\n"),
        None => format!("{line}\n"),
    }
}
