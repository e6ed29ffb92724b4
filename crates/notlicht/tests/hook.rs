//! A webhook from the challenge to the last notice, over a real encrypted line.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use engine::hook::{HookError, Hooked};
use engine::incident::Declaration;
use engine::link::Link;
use engine::{Engine, Keys, Node, Rim};
use model::handbook::system::ComponentState;
use model::incident::Actor;
use model::language::Language;
use model::value::{Key, Timestamp};
use outside::channel::Wire;
use outside::channel::webhook::{Unproven, WebhookKey};
use outside::guard::Guard;
use outside::http::{Http, HttpError};
use outside::secret::{Secret, Secrets};
use outside::tls::Trust;
use serde_json::{Value, json};
use store::Store;
use store::subscription::Wish;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};

const MINUTE: i64 = 60_000_000;

/// What came to the receiver: its headers and its body.
type Inbox = Arc<Mutex<Vec<(String, Vec<u8>)>>>;

/// How the receiver answers a challenge.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Honest,
    Echo,
    Mute,
}

struct Receiver {
    address: SocketAddr,
    inbox: Inbox,
    mood: Arc<Mutex<Mood>>,
    root: CertificateDer<'static>,
}

impl Receiver {
    async fn start() -> Self {
        let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let root = made.cert.der().clone();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let config =
            ServerConfig::builder_with_provider(Arc::new(crypto::aws_lc_rs::default_provider()))
                .with_safe_default_protocol_versions()
                .unwrap()
                .with_no_client_auth()
                .with_single_cert(vec![root.clone()], key)
                .unwrap();
        let tls = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (inbox, mood) = (Inbox::default(), Arc::new(Mutex::new(Mood::Honest)));
        let (box_, feels) = (Arc::clone(&inbox), Arc::clone(&mood));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let Ok(stream) = tls.accept(stream).await else { continue };
                let mut stream = BufReader::new(stream);
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") {
                    assert!(stream.read_line(&mut head).await.unwrap() > 0);
                }
                let length = header(&head, "content-length").parse().unwrap();
                let mut body = vec![0; length];
                stream.read_exact(&mut body).await.unwrap();
                let said: Value = serde_json::from_slice(&body).unwrap();
                let mood = *feels.lock().unwrap();
                let answer = match (said["type"] == "subscription.challenge", mood) {
                    (true, Mood::Honest) => json!({"challenge": said["challenge"]}).to_string(),
                    (true, Mood::Echo) => String::from_utf8(body.clone()).unwrap(),
                    _ => String::new(),
                };
                box_.lock().unwrap().push((head, body));
                let head = format!(
                    "HTTP/1.1 200 OK\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
                    answer.len()
                );
                stream.get_mut().write_all(head.as_bytes()).await.unwrap();
                stream.get_mut().shutdown().await.unwrap();
            }
        });
        Self { address, inbox, mood, root }
    }

    fn url(&self, path: &str) -> String {
        format!("https://{}/{path}", self.address)
    }

    /// Takes out what came.
    fn take(&self) -> Vec<(String, Vec<u8>)> {
        std::mem::take(&mut self.inbox.lock().unwrap())
    }
}

fn header<'a>(head: &'a str, name: &str) -> &'a str {
    let found = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    found.unwrap_or_else(|| panic!("no {name} in {head}"))
}

fn is_signed(secret: &str, (head, body): &(String, Vec<u8>)) -> bool {
    let at: i64 = header(head, "webhook-timestamp").parse().unwrap();
    let (id, signature) = (header(head, "webhook-id"), header(head, "webhook-signature"));
    WebhookKey::new(&Secret::new(secret)).verify(id, at, body, signature, at).is_ok()
}

struct House {
    engine: Engine,
    receiver: Receiver,
    clock: Arc<AtomicI64>,
    folder: TempDir,
}

impl House {
    /// Strangers may name addresses in these networks beside public ones.
    async fn new(strangers: &[&str]) -> Self {
        let folder = TempDir::new().unwrap();
        let receiver = Receiver::start().await;
        let clock = Arc::new(AtomicI64::new(1_795_521_600_000_000));
        let address = format!("sqlite:{}", folder.path().join("n.db").display());
        let store = Store::open(&address.parse().unwrap()).await.unwrap();
        let strangers = strangers.iter().map(|net| net.parse().unwrap()).collect();
        let guard = Guard::new(true, vec![]).letting_strangers(strangers);
        let trust = Trust::new(vec![receiver.root.clone()]).unwrap();
        let http = Http::new(guard.clone(), &trust).unwrap();
        let wire = Wire { guard, http, trust, secrets: Arc::new(Secrets::default()) };
        let dice = AtomicU64::new(7);
        let chance = move || dice.fetch_add(1, Ordering::SeqCst);
        let keys = Keys::open(folder.path(), &chance).unwrap();
        let node = Node { name: "n".into(), data: folder.path().to_owned() };
        let time = Arc::clone(&clock);
        let rim = Rim {
            clock: Arc::new(move || Timestamp(time.load(Ordering::SeqCst))),
            chance: Arc::new(chance),
        };
        let engine = Engine::new(store, wire, keys, node, rim);
        engine.apply(&handbook(), None, "test", "the example").await.unwrap();
        Self { engine, receiver, clock, folder }
    }

    fn later(&self, minutes: i64) {
        self.clock.fetch_add(minutes * MINUTE, Ordering::SeqCst);
    }

    async fn hook(&self, url: &str, components: &[&str]) -> Result<Hooked, HookError> {
        let chosen: BTreeSet<Key> = components.iter().map(|key| key.parse().unwrap()).collect();
        let components = (!chosen.is_empty()).then_some(chosen);
        self.engine.hook(&Wish { address: url.into(), language: Language::EN, components }).await
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
        self.engine.delivery_step().await.unwrap();
    }
}

/// The example, in which subscribers are told over a webhook channel too, and all else is quiet.
fn handbook() -> model::handbook::Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../example");
    let mut files = model::handbook::Files::default();
    let mut todo = vec![root.clone()];
    while let Some(path) = todo.pop() {
        if path.is_dir() {
            todo.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let name = path.strip_prefix(&root).unwrap().to_str().unwrap().to_owned();
        if name != "contacts.toml" && name != "README.md" {
            let text = std::fs::read_to_string(&path).unwrap();
            let audience = "who = [\"subscribers\"]\nchannels = [\"mail\"";
            let text = text.replace(audience, &format!("{audience}, \"hooks\""));
            files.insert(name, text);
        }
    }
    let channels = files.get_mut("channels.toml").unwrap();
    channels.push_str("\n[channel.hooks]\nkind = \"webhook\"\n");
    files
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_webhook_that_answers_the_challenge_is_told_what_it_chose_signed_with_its_own_secret() {
    let house = House::new(&["127.0.0.1"]).await;
    let (engine, receiver) = (&house.engine, &house.receiver);
    let url = receiver.url("hook?canary=1");
    let Hooked::New { secret, choices, leave } = house.hook(&url, &["shop"]).await.unwrap() else {
        panic!("it is new");
    };
    let secret = secret.expose();
    assert!(secret.starts_with("whsec_") && secret.len() > 40);
    let challenge = receiver.take();
    assert_eq!(challenge.len(), 1);
    assert!(is_signed(secret, &challenge[0]));

    house.outage("forum-down").await;
    assert_eq!(receiver.take().len(), 0, "the forum was not chosen");
    house.outage("shop-down").await;
    let told = receiver.take();
    assert_eq!(told.len(), 1);
    assert!(is_signed(secret, &told[0]));
    assert!(!is_signed("whsec_c29tZWJvZHkgZWxzZQ==", &told[0]));
    let said: Value = serde_json::from_slice(&told[0].1).unwrap();
    assert_eq!(said["type"], "notice.first");
    for (name, token) in [("leave", &leave), ("choices", &choices)] {
        let link = said["data"][name].as_str().unwrap();
        assert!(link.ends_with(&format!("/{name}/{token}")), "{link}");
    }
    engine.change(&choices, Language::DE, None).await.unwrap();
    assert_eq!(engine.choices(&choices).await.unwrap().address, url);

    // Neither the secret nor, after leaving, the address lies in a file.
    let Link::Leave { recipient } = Link::read(&leave, &engine.keys).unwrap() else {
        panic!("{leave}");
    };
    engine.leave(recipient).await.unwrap();
    engine.clean_step().await.unwrap();
    for entry in std::fs::read_dir(house.folder.path()).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        for needle in [secret, secret.trim_start_matches("whsec_"), "canary=1"] {
            assert!(!bytes.windows(needle.len()).any(|at| at == needle.as_bytes()), "{needle}");
        }
    }
    house.outage("login-down").await;
    assert_eq!(receiver.take().len(), 0, "nothing after leaving");
    house.later(60);
    assert!(matches!(house.hook(&url, &[]).await, Ok(Hooked::New { .. })), "and it may come back");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_that_does_not_prove_to_be_the_askers_is_never_told_anything() {
    let house = House::new(&["127.0.0.1"]).await;
    let receiver = &house.receiver;
    for (n, mood) in [Mood::Mute, Mood::Echo].into_iter().enumerate() {
        *receiver.mood.lock().unwrap() = mood;
        let url = receiver.url(&format!("{n}"));
        let why = house.hook(&url, &[]).await.unwrap_err();
        assert!(matches!(why, HookError::Unproven(Unproven::Word)), "{why}");
        for _ in 0..20 {
            let why = house.hook(&url, &[]).await.unwrap_err();
            assert!(matches!(why, HookError::Rest), "one challenge an hour: {why}");
        }
        assert_eq!(receiver.take().len(), 1);
    }
    for bad in ["http://x.example/", "https://me:pw@x.example/", "https://", "nothing"] {
        assert!(matches!(house.hook(bad, &[]).await, Err(HookError::Address)), "{bad}");
    }
    house.outage("shop-down").await;
    assert_eq!(receiver.take().len(), 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_can_make_a_receiver_answer_does_not_get_the_secret_of_who_came_first() {
    let house = House::new(&["127.0.0.1"]).await;
    let url = house.receiver.url("hook");
    let Ok(Hooked::New { secret, .. }) = house.hook(&url, &[]).await else { panic!("it is new") };
    house.later(60);
    assert!(matches!(house.hook(&url, &["forum"]).await, Ok(Hooked::Known)));
    house.receiver.take();
    house.outage("shop-down").await;
    let told = house.receiver.take();
    assert_eq!(told.len(), 1, "its choice is as it was");
    assert!(is_signed(secret.expose(), &told[0]), "and its secret too");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_cannot_make_us_call_into_the_house_where_the_handbook_may() {
    let house = House::new(&[]).await;
    let port = house.receiver.address.port();
    for host in ["127.0.0.1", "localhost", "[::1]", "10.0.0.1", "169.254.169.254", "2130706434"] {
        let why = house.hook(&format!("https://{host}:{port}/"), &[]).await.unwrap_err();
        assert!(matches!(why, HookError::Unproven(Unproven::Http(HttpError::Blocked(_)))), "{why}");
    }
    assert_eq!(house.receiver.take().len(), 0);
}
