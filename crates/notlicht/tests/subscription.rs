//! A subscription from the form to the last mail, over a real mail server that forwards nothing.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use engine::incident::Declaration;
use engine::{Engine, EngineError, Keys, Node, Rim};
use mail_parser::MessageParser;
use model::handbook::system::ComponentState;
use model::incident::Actor;
use model::language::Language;
use model::recipient::RecipientKind;
use model::value::{Key, Timestamp};
use notlicht::demo::sink::{Options, Sink};
use outside::channel::Wire;
use outside::guard::Guard;
use outside::http::Http;
use outside::secret::Secrets;
use outside::tls::Trust;
use store::Store;
use store::subscription::Wish;
use tempfile::TempDir;

const MINUTE: i64 = 60_000_000;

struct House {
    engine: Engine,
    sink: Sink,
    clock: Arc<AtomicI64>,
    folder: TempDir,
}

impl House {
    async fn new() -> Self {
        let folder = TempDir::new().unwrap();
        let sink = Sink::start("127.0.0.1:0".parse().unwrap(), Options::default()).await.unwrap();
        let clock = Arc::new(AtomicI64::new(1_795_521_600_000_000));
        let address = format!("sqlite:{}", folder.path().join("n.db").display());
        let store = Store::open(&address.parse().unwrap()).await.unwrap();
        let guard = Guard::new(true, vec![]);
        let trust = Trust::new(vec![]).unwrap();
        let http = Http::new(guard.clone(), &trust).unwrap();
        let wire = Wire { guard, http, trust, secrets: Arc::new(Secrets::default()) };
        let keys = Keys::open(folder.path(), || 7).unwrap();
        let node = Node { name: "n".into(), data: folder.path().to_owned() };
        let (time, dice) = (Arc::clone(&clock), AtomicU64::new(7));
        let rim = Rim {
            clock: Arc::new(move || Timestamp(time.load(Ordering::SeqCst))),
            chance: Arc::new(move || dice.fetch_add(1, Ordering::SeqCst)),
        };
        let engine = Engine::new(store, wire, keys, node, rim);
        let files = handbook(&sink);
        engine.apply(&files, None, "test", "the example").await.unwrap();
        Self { engine, sink, clock, folder }
    }

    fn later(&self, minutes: i64) {
        self.clock.fetch_add(minutes * MINUTE, Ordering::SeqCst);
    }

    async fn ask(&self, address: &str, components: &[&str]) {
        let chosen: BTreeSet<Key> = components.iter().map(|key| key.parse().unwrap()).collect();
        let components = (!chosen.is_empty()).then_some(chosen);
        let wish = Wish { address: address.into(), language: Language::EN, components };
        self.engine.ask(&wish).await.unwrap();
    }

    /// Delivers, and tells how many mails this address has got by now.
    async fn mails(&self, address: &str) -> usize {
        self.engine.delivery_step().await.unwrap();
        self.sink.received().iter().filter(|mail| mail.recipient == address).count()
    }

    /// The newest mail to this address, as text, unfolded.
    fn newest(&self, address: &str) -> String {
        self.sink.look(|ledger| {
            let mails = ledger.newest();
            let of = mails.iter().filter(|mail| mail.recipient == address);
            let mail = of.max_by_key(|mail| mail.number).unwrap();
            let parsed = MessageParser::default().parse(&mail.raw).unwrap();
            format!("{}\n{}", parsed.subject().unwrap(), parsed.body_text(0).unwrap())
        })
    }

    /// The token of the link to this path in the newest mail.
    fn token(&self, address: &str, path: &str) -> String {
        let mail = self.newest(address);
        let (_, rest) = mail.split_once(&format!("/{path}/")).unwrap_or_else(|| panic!("{mail}"));
        rest.split_whitespace().next().unwrap().to_owned()
    }

    async fn outage(&self, plan: &str) {
        let declaration = Declaration {
            plan: plan.parse().unwrap(),
            components: BTreeSet::new(),
            state: ComponentState::Major,
            since: None,
            drill: false,
        };
        let by = Actor::Person("erika".parse().unwrap());
        self.engine.declare(&declaration, &by).await.unwrap();
        self.later(10);
        self.engine.due_step().await.unwrap();
    }
}

/// The example with the sink as its relay.
fn handbook(sink: &Sink) -> model::handbook::Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../example");
    let mut files = model::handbook::Files::default();
    let mut todo = vec![root.clone()];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        if name == "contacts.toml" || name == "README.md" {
            continue;
        }
        let address = sink.address();
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text
            .replace("host = \"smtp.mailhaus.example\"", &format!("host = \"{}\"", address.ip()))
            .replace("port = 587", &format!("port = {}", address.port()))
            .replace("security = \"starttls\"", "security = \"plain\"")
            .replace("user = \"lindenhof\"\n", "")
            .replace("password = \"mail-password\"\n", "");
        files.insert(name, text);
    }
    files
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_confirms_is_told_of_the_chosen_parts_can_choose_anew_and_leave() {
    let house = House::new().await;
    let (engine, me) = (&house.engine, "me@x.example");
    house.ask(" Me@X.example ", &["shop"]).await;
    assert_eq!(house.mails(me).await, 1);
    let token = house.token(me, "confirm");
    assert_eq!(engine.confirm_look(&token).await.unwrap().kind, RecipientKind::Applicant);
    house.outage("shop-down").await;
    assert_eq!(house.mails(me).await, 1, "nothing but the letter before it is confirmed");
    engine.confirm(&token).await.unwrap();
    engine.confirm(&token).await.unwrap();

    house.outage("forum-down").await;
    assert_eq!(house.mails(me).await, 1, "the forum was not chosen");
    house.later(70);
    house.ask(me, &[]).await;
    assert_eq!(house.mails(me).await, 2, "who is subscribed gets the link to the choices");
    let choices = house.token(me, "choices");
    assert_eq!(
        engine.choices(&choices).await.unwrap().components,
        Some(["shop".parse().unwrap()].into())
    );
    engine.change(&choices, Language::EN, None).await.unwrap();
    house.outage("login-down").await;
    let told = house.mails(me).await;
    assert!(told > 2, "everything is chosen now");
    let mail = house.newest(me);
    assert!(mail.contains("/choices/") && mail.contains("/leave/"), "{mail}");
    let leave = house.token(me, "leave");
    let engine::link::Link::Leave { recipient } =
        engine::link::Link::read(&leave, &engine.keys).unwrap()
    else {
        panic!("{leave}");
    };
    engine.leave(recipient).await.unwrap();
    house.later(70);
    engine.due_step().await.unwrap();
    assert_eq!(house.mails(me).await, told, "nothing after leaving");
    for token in [&token, &choices] {
        let gone = engine.confirm(token).await.is_err() && engine.choices(token).await.is_err();
        assert!(gone, "old links bring nobody back");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_forms_for_one_address_send_one_mail_an_hour_free_of_what_was_typed() {
    let house = House::new().await;
    let spellings = ["victim@x.example", "VICTIM@x.example", " Victim@X.EXAMPLE"];
    for hour in 1..=2 {
        let mut forms = tokio::task::JoinSet::new();
        for worker in 0..50 {
            let engine = house.engine.clone();
            forms.spawn(async move {
                for n in 0..100 {
                    let wish = Wish {
                        address: spellings[(worker + n) % 3].into(),
                        language: Language::EN,
                        components: Some(["shop".parse().unwrap()].into()),
                    };
                    engine.ask(&wish).await.unwrap();
                }
            });
        }
        while let Some(done) = forms.join_next().await {
            done.unwrap();
        }
        assert_eq!(house.mails("victim@x.example").await, hour);
        assert_eq!(house.sink.received().len(), hour, "and nobody else gets any");
        house.later(60);
    }
    let mail = house.newest("victim@x.example");
    assert!(mail.contains("Please confirm") && !mail.to_lowercase().contains("shop"), "{mail}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_erased_or_never_confirms_is_in_no_row_any_more() {
    let house = House::new().await;
    let engine = &house.engine;
    house.ask("erased@x.example", &[]).await;
    house.ask("silent@x.example", &[]).await;
    assert_eq!(house.mails("silent@x.example").await, 1);
    let late = house.token("silent@x.example", "confirm");
    engine.confirm(&house.token("erased@x.example", "confirm")).await.unwrap();
    assert_eq!(engine.erase("Erased@x.example", "test").await.unwrap(), 1);
    house.later(48 * 60);
    assert!(matches!(engine.confirm(&late).await, Err(EngineError::BadLink)));
    engine.clean_step().await.unwrap();
    for address in ["erased@x.example", "silent@x.example"] {
        assert!(engine.store.subscriptions_of(address).await.unwrap().is_empty());
    }
    assert!(house.folder.path().join("n.db").exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_counts_if_it_was_shown_a_second_to_a_day_ago_by_us() {
    let house = House::new().await;
    let stamp = house.engine.stamp();
    assert!(!house.engine.is_timely(&stamp), "no person is so fast");
    house.later(1);
    assert!(house.engine.is_timely(&stamp));
    assert!(!house.engine.is_timely(&stamp.replacen("17", "18", 1)));
    assert!(!house.engine.is_timely(""));
    house.later(24 * 60);
    assert!(!house.engine.is_timely(&stamp));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_swarm_that_names_many_strangers_makes_us_write_to_few_and_alarms_staff() {
    let house = House::new().await;
    let engine = house.engine.clone().with_letters(5);
    house.ask("first@x.example", &[]).await;
    for n in 0..50 {
        let address = format!("stranger-{n}@x.example");
        engine.ask(&Wish { address, language: Language::EN, components: None }).await.unwrap();
    }
    house.engine.delivery_step().await.unwrap();
    let strangers = house.sink.received();
    let strangers = strangers.iter().filter(|mail| mail.recipient.ends_with("@x.example"));
    assert_eq!(strangers.count(), 5);
    let alarms = engine.store.open_alarms().await.unwrap();
    assert_eq!(alarms.iter().map(|one| one.kind.as_str()).collect::<Vec<_>>(), ["letters"]);
    house.later(60);
    engine.watch_step().await.unwrap();
    let open = engine.store.open_alarms().await.unwrap();
    assert!(open.iter().all(|one| one.kind != "letters"));
    engine
        .ask(&Wish {
            address: "stranger-49@x.example".into(),
            language: Language::EN,
            components: None,
        })
        .await
        .unwrap();
    assert_eq!(house.mails("stranger-49@x.example").await, 1, "who asks again later gets one");
}
