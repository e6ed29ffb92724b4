//! Measures signed webhooks told per second, against Apprise's asynchronous way to the same sink in
//! the same run: `cargo run --release -p outside --example webhooks -- [MESSAGES] [PYTHON]`
//!
//! Needs a Python with `apprise`: `python3 -m venv v && v/bin/pip install apprise`, then give
//! `v/bin/python` as the second argument. Our outcomes are written to a file and synced, all that
//! wait in one go, as the ledger's group commit does; no more than some thousand wait for it.
//! Apprise signs nothing and records nothing.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use anyhow::{Context, Result, ensure};
use model::dispatch::{Dispatch, Outcome, Real, Sorted};
use model::handbook::channel::Channel;
use model::language::{Language, Zone};
use model::notice::{Kind, Text};
use model::value::Timestamp;
use outside::channel::post::{Content, Notice, Post, Recipient};
use outside::channel::{Form, Load, Parcel, Wire, adapter};
use outside::guard::Guard;
use outside::http::Http;
use outside::secret::Secrets;
use outside::tls::Trust;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::process::Command;
use tokio::time::Instant;

const NOW: Timestamp = Timestamp(1_795_524_720_000_000);
/// How many lines carry at once, as a channel has where the handbook says nothing.
const LINES: usize = 10;
/// So many outcomes of one line are recorded together.
const TOGETHER_RECORDED: usize = 100;
/// So many of these batches may wait to be recorded.
const WAITING: usize = 40;
/// How often both are measured, in turn.
const ROUNDS: usize = 3;
/// How many addresses Apprise is given at once.
const TOGETHER: usize = 100;

const APPRISE: &str = r#"
import asyncio, sys, time, apprise
port, messages, together = (int(one) for one in sys.argv[1:4])
told = apprise.Apprise()
for number in range(together):
    told.add(f"json://127.0.0.1:{port}/hook/{number}")
text = "Anmelden geht gerade nicht, Shop und Forum laufen weiter. " * 8
async def main():
    begun = time.monotonic()
    for _ in range(messages // together):
        assert await told.async_notify(body=text, title="Lindenhof")
    print(time.monotonic() - begun)
asyncio.run(main())
"#;

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let messages = arguments.next().map_or(Ok(50_000), |text| text.parse::<usize>())?;
    let python = arguments.next().unwrap_or_else(|| "python3".to_owned());
    let (address, taken) = sink().await?;
    let (mut best, mut theirs) = (0.0_f64, 0.0_f64);
    for _ in 0..ROUNDS {
        let some = (messages / 50).max(TOGETHER);
        let before = taken.load(Ordering::SeqCst);
        let seconds = apprise(&python, address, some).await?;
        let told = taken.load(Ordering::SeqCst) - before;
        ensure!(told == some / TOGETHER * TOGETHER, "the sink has {told} of Apprise's {some}");
        let rate = report("apprise, asynchronous", told, seconds);
        theirs = theirs.max(rate);

        let before = taken.load(Ordering::SeqCst);
        let begun = Instant::now();
        ours(address, messages).await?;
        let told = taken.load(Ordering::SeqCst) - before;
        ensure!(told == messages, "the sink has {told} of our {messages}");
        best =
            best.max(report("notlicht, signed and recorded", told, begun.elapsed().as_secs_f64()));
    }
    println!("best of each: {:.0} / {:.0} = {:.1} times", best, theirs, best / theirs);
    Ok(())
}

fn report(what: &str, messages: usize, seconds: f64) -> f64 {
    let count = u32::try_from(messages).map_or(f64::MAX, f64::from);
    let rate = count / seconds.max(1e-6);
    println!("{what}: {messages} messages in {seconds:.2} s, {rate:.0} a second");
    rate
}

#[expect(clippy::disallowed_methods, reason = "the peer is another program, on loopback")]
async fn apprise(python: &str, sink: SocketAddr, messages: usize) -> Result<f64> {
    let numbers = [sink.port().to_string(), messages.to_string(), TOGETHER.to_string()];
    let output = Command::new(python).args(["-c", APPRISE]).args(numbers).output().await;
    let output = output.with_context(|| format!("{python} does not start"))?;
    let said = String::from_utf8_lossy(&output.stdout);
    let why = || format!("no Apprise: {}", String::from_utf8_lossy(&output.stderr));
    said.trim().parse().with_context(why)
}

async fn ours(sink: SocketAddr, messages: usize) -> Result<()> {
    let webhook = adapter("webhook").context("there are webhooks")?;
    let channel = Channel::new("hooks".parse()?, "webhook", BTreeMap::new());
    let mut secrets = Secrets::default();
    secrets.insert("hook", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    let (guard, trust) = (Guard::new(true, Vec::new()), Trust::new(Vec::new())?);
    let http = Http::new(guard.clone(), &trust)?;
    let wire = Wire { http, guard, trust, secrets: Arc::new(secrets) };
    let (key, audience) = ("hooks".parse()?, "all".parse()?);
    let Sorted::Real(dispatch) = Sorted::new(1, key, audience, false) else { return Ok(()) };
    let (record, outcomes) = sync_channel(WAITING);
    let recorder = tokio::task::spawn_blocking(move || recorded(&outcomes));
    let shared = Arc::new(Shared {
        form: webhook.prepare(&channel, &post()?)?,
        sink,
        messages,
        next: AtomicUsize::new(0),
    });
    let mut lines = Vec::new();
    for _ in 0..LINES {
        let mut line = webhook.open(&wire, &channel)?;
        let mut load = Share {
            shared: Arc::clone(&shared),
            record: record.clone(),
            settled: (String::new(), 0),
        };
        let dispatch: Dispatch<Real> = dispatch.clone();
        lines.push(tokio::spawn(async move {
            line.carry(&dispatch, &mut load).await;
            load.hand_over();
        }));
    }
    for line in lines {
        line.await?;
    }
    drop(record);
    let kept = recorder.await??;
    ensure!(kept == messages, "{kept} of {messages} are recorded");
    Ok(())
}

/// Writes down what comes, until nothing more can come; says how many.
fn recorded(outcomes: &Receiver<Batch>) -> Result<usize> {
    let (mut file, mut count) = (tempfile::tempfile()?, 0);
    while let Ok(first) = outcomes.recv() {
        for (text, outcomes) in std::iter::once(first).chain(outcomes.try_iter()) {
            file.write_all(text.as_bytes())?;
            count += outcomes;
        }
        file.sync_data()?;
    }
    Ok(count)
}

/// What all lines carry.
struct Shared {
    form: Box<dyn Form>,
    sink: SocketAddr,
    messages: usize,
    next: AtomicUsize,
}

/// Outcomes, and how many.
type Batch = (String, usize);

/// What one line carries.
struct Share {
    shared: Arc<Shared>,
    record: SyncSender<Batch>,
    settled: Batch,
}

impl Share {
    fn hand_over(&mut self) {
        self.record.send(std::mem::take(&mut self.settled)).expect("it is recorded");
    }
}

impl Load for Share {
    fn next(&mut self) -> Option<(u16, Parcel)> {
        let number = self.shared.next.fetch_add(1, Ordering::Relaxed);
        if number >= self.shared.messages {
            return None;
        }
        let to = Recipient {
            address: format!("http://{}/hook/{}", self.shared.sink, number % TOGETHER),
            id: format!("msg_{number}"),
            secret: Some("hook".to_owned()),
            ..Recipient::default()
        };
        let parcel = self.shared.form.fill(&to).expect("it fits");
        Some((u16::try_from(number % 65_536).expect("it fits"), parcel))
    }

    fn settle(&mut self, number: u16, outcome: Outcome) {
        assert!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
        self.settled.0 += &format!("{number} {outcome:?}\n");
        self.settled.1 += 1;
        if self.settled.1 == TOGETHER_RECORDED {
            self.hand_over();
        }
    }

    fn now(&self) -> Timestamp {
        NOW
    }
}

/// A small server that keeps its connections and counts what it is sent.
async fn sink() -> Result<(SocketAddr, Arc<AtomicUsize>)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let taken = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&taken);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let count = Arc::clone(&count);
            tokio::spawn(async move {
                if let Err(why) = take(stream, &count).await {
                    eprintln!("the sink: {why}");
                }
            });
        }
    });
    Ok((address, taken))
}

async fn take(mut stream: TcpStream, count: &AtomicUsize) -> Result<()> {
    stream.set_nodelay(true)?;
    let (mut bytes, mut part) = (Vec::new(), [0; 16 * 1024]);
    loop {
        while let Some(end) = whole(&bytes)? {
            bytes.drain(..end);
            count.fetch_add(1, Ordering::SeqCst);
            stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await?;
        }
        match stream.read(&mut part).await? {
            0 => return Ok(()),
            read => bytes.extend_from_slice(&part[..read]),
        }
    }
}

/// Where the first request ends, once it is there as a whole.
fn whole(bytes: &[u8]) -> Result<Option<usize>> {
    let Some(head) = memchr::memmem::find(bytes, b"\r\n\r\n") else { return Ok(None) };
    let mut lines = bytes[..head].split(|byte| *byte == b'\n');
    let length = lines.find_map(|line| {
        let (name, value) = line.split_at_checked("content-length:".len())?;
        name.eq_ignore_ascii_case(b"content-length:").then_some(value)
    });
    let length = length.map_or(Ok("0"), std::str::from_utf8)?.trim().parse::<usize>()?;
    let end = head + 4 + length;
    Ok((bytes.len() >= end).then_some(end))
}

fn post() -> Result<Post> {
    let text = Text {
        headline: "Anmelden geht gerade nicht, Shop und Forum laufen weiter.".into(),
        body: vec!["Seit 13:47 Uhr (MEZ) können Sie sich nicht anmelden.".into()],
        works: Some("Im Shop bestellen Sie als Gast. Im Forum lesen Sie wie sonst.".into()),
        ..Text::default()
    };
    let notice = Notice {
        kind: Kind::First,
        number: 1,
        text,
        aside: None,
        link: "https://lage.lindenhof.example/de/incident/k4m9x2p7q1rt#n1".into(),
        next_update: None,
    };
    Ok(Post {
        community: "Lindenhof".into(),
        page: "https://lage.lindenhof.example".into(),
        imprint: "https://lage.lindenhof.example/de/imprint".into(),
        privacy: "https://lage.lindenhof.example/de/privacy".into(),
        language: Language::DE,
        zone: Zone::named("Europe/Berlin").context("a zone")?,
        at: NOW,
        incident: None,
        content: Content::Notice(notice),
    })
}
