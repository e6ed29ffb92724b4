//! Measures mails composed and handed over per second into postfix's own sink, beside postfix's own
//! source, in turns: `cargo run --release -p outside --example mails -- [MAILS] [CONNECTIONS] [ROUNDS]`
//!
//! The sink is one process with one thread. Where it is busy all the time, it is the limit: what it
//! and we spend on a mail is printed too.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

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
use tokio::process::{Child, Command};
use tokio::time::Instant;

const FROM: &str = "lage@lindenhof.example";
const NOW: Timestamp = Timestamp(1_795_524_720_000_000);

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |usual| arguments.next().map_or(Ok(usual), |text| text.parse::<usize>());
    let (mails, connections, rounds) = (next(100_000)?, next(10)?, next(5)?);
    let (sink, address) = sink().await?;
    let port = address.rsplit(':').next().unwrap_or_default();
    let channel = channel(port)?;
    let form: Arc<dyn Form> =
        adapter("email").context("there is e-mail")?.prepare(&channel, &post()?)?.into();
    let bytes = form.fill(&recipient(0))?.body.len();
    let before = Used::now(&sink)?;
    for number in 0..mails {
        form.fill(&recipient(number))?;
    }
    let composing = (Used::now(&sink)?.ours - before.ours) * 1e6 / mails as f64;
    println!("composed: {bytes} bytes, CPU {composing:.2} µs each");

    let mut ratios = Vec::new();
    for round in 1..=rounds {
        let before = Used::now(&sink)?;
        let begun = Instant::now();
        send(&channel, &form, mails, connections).await?;
        let ours = begun.elapsed();
        let used = Used::now(&sink)?;
        let begun = Instant::now();
        source(&address, mails, connections).await?;
        let theirs = begun.elapsed();
        let after = Used::now(&sink)?;
        let rate = |taken: Duration| mails as f64 / taken.as_secs_f64();
        ratios.push(rate(ours) / rate(theirs));
        let cpu = |before: f64, after: f64| (after - before) * 1e6 / mails as f64;
        let (sink_ours, sink_theirs) = (cpu(before.sink, used.sink), cpu(used.sink, after.sink));
        println!(
            "round {round}: ours {:.0} a second (CPU a mail {:.1} µs, sink {sink_ours:.1} µs); \
             smtp-source {:.0} a second (CPU {:.1} µs, sink {sink_theirs:.1} µs); {:.2} times. \
             The sink was busy {:.0} % and {:.0} %",
            rate(ours),
            cpu(before.ours, used.ours),
            rate(theirs),
            cpu(used.children, after.children),
            rate(ours) / rate(theirs),
            sink_ours * rate(ours) / 1e4,
            sink_theirs * rate(theirs) / 1e4,
        );
    }
    ratios.sort_by(f64::total_cmp);
    let (least, most) = (ratios[0], ratios[ratios.len() - 1]);
    println!(
        "{mails} mails over {connections} connections, {rounds} rounds: {:.2} times smtp-source's \
         messages a second (median; {least:.2} to {most:.2})",
        ratios[ratios.len() / 2],
    );
    Ok(())
}

/// Seconds of CPU.
struct Used {
    ours: f64,
    /// Of programs that we started and that have ended.
    children: f64,
    sink: f64,
}

impl Used {
    fn now(sink: &Child) -> Result<Self> {
        let of = |process: &str| -> Result<[f64; 2]> {
            let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
            let (_, fields) = stat.rsplit_once(") ").context("a process has a name")?;
            // utime, stime and those of ended children, in hundredths of a second.
            let times: Vec<&str> = fields.split(' ').skip(11).take(4).collect();
            let [user, system, children_user, children_system] = times[..] else {
                anyhow::bail!("/proc/{process}/stat has other fields");
            };
            let sum = |one: &str, other: &str| -> Result<f64> {
                Ok((one.parse::<f64>()? + other.parse::<f64>()?) / 100.0)
            };
            Ok([sum(user, system)?, sum(children_user, children_system)?])
        };
        let sink = sink.id().context("the sink runs")?.to_string();
        let ([ours, children], [sink, _]) = (of("self")?, of(&sink)?);
        Ok(Self { ours, children, sink })
    }
}

#[expect(clippy::disallowed_methods, reason = "the sink is another program, on loopback")]
async fn sink() -> Result<(Child, String)> {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = free.local_addr()?.to_string();
    drop(free);
    let mut sink = Command::new("/usr/sbin/smtp-sink")
        .args(["-u", "nobody", &address, "1000"])
        .kill_on_drop(true)
        .spawn()
        .context("smtp-sink does not start; install postfix")?;
    while tokio::net::TcpStream::connect(&address).await.is_err() {
        ensure!(sink.try_wait()?.is_none(), "smtp-sink has ended; it needs root");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok((sink, address))
}

#[expect(clippy::disallowed_methods, reason = "what we are measured against is another program")]
async fn source(address: &str, mails: usize, connections: usize) -> Result<()> {
    let done = Command::new("/usr/sbin/smtp-source")
        .args(["-d", "-l", "4096", "-s", &connections.to_string(), "-m", &mails.to_string()])
        .args(["-f", FROM, "-t", "r@x.example", address])
        .status()
        .await?;
    ensure!(done.success(), "smtp-source ended with {done}");
    Ok(())
}

async fn send(
    channel: &Channel,
    form: &Arc<dyn Form>,
    mails: usize,
    connections: usize,
) -> Result<()> {
    let guard = Guard::new(true, Vec::new());
    let trust = Trust::new(Vec::new())?;
    let http = Http::new(guard.clone(), &trust)?;
    let wire = Wire { guard, http, trust, secrets: Arc::new(Secrets::default()) };
    let number = Arc::new(AtomicUsize::new(0));
    let mut lines = Vec::new();
    for _ in 0..connections {
        let mut line = adapter("email").context("there is e-mail")?.open(&wire, channel)?;
        let (number, form) = (Arc::clone(&number), Arc::clone(form));
        lines.push(tokio::spawn(async move {
            let mut supply = Supply { number, mails, form, wrong: None, taken: 0 };
            line.carry(&dispatch(), &mut supply).await;
            (supply.taken, supply.wrong)
        }));
    }
    let mut taken = 0;
    for line in lines {
        let (some, wrong) = line.await?;
        ensure!(wrong.is_none(), "{wrong:?}");
        taken += some;
    }
    ensure!(taken == mails, "only {taken} of {mails} were taken");
    Ok(())
}

/// What one connection carries of all.
struct Supply {
    number: Arc<AtomicUsize>,
    mails: usize,
    form: Arc<dyn Form>,
    wrong: Option<Outcome>,
    taken: usize,
}

impl Load for Supply {
    fn next(&mut self) -> Option<(u16, Parcel)> {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let parcel = (number < self.mails).then(|| self.form.fill(&recipient(number)))?;
        Some((0, parcel.ok()?))
    }

    fn settle(&mut self, _number: u16, outcome: Outcome) {
        match outcome {
            Outcome::Accepted { .. } => self.taken += 1,
            other => self.wrong = Some(other),
        }
    }

    fn now(&self) -> Timestamp {
        NOW
    }
}

fn dispatch() -> Dispatch<Real> {
    let key = |text: &str| text.parse().expect("it is a key");
    match Sorted::new(1, key("mail"), key("all"), false) {
        Sorted::Real(dispatch) => dispatch,
        Sorted::Sink(_) => unreachable!("it is no drill"),
    }
}

fn channel(port: &str) -> Result<Channel> {
    let settings = [
        ("host", "127.0.0.1"),
        ("port", port),
        ("security", "plain"),
        ("from", FROM),
        ("bounces", "bounces@lindenhof.example"),
    ];
    let settings = settings.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
    Ok(Channel::new("mail".parse()?, "email", settings))
}

fn recipient(number: usize) -> Recipient {
    let page = "https://lage.lindenhof.example";
    Recipient {
        address: format!("r{number}@x.example"),
        id: format!("6uQm4sXc2fJx0mYb1kTn7wRz3pLd9aVg5hNs{number:07}"),
        bounce: Some(format!("1c-{number}-8fm2k9d0q1w3e7")),
        unsubscribe: Some(format!(
            "{page}/leave/k1.u~{number}.6uQm4sXc2fJx0mYb1kTn7wRz3pLd9aVg5hNs"
        )),
        choices: Some(format!("{page}/choices/k1.w~{number}.6uQm4sXc2fJx0mYb1kTn7wRz3pLd9aVg5hNs")),
        ..Recipient::default()
    }
}
fn post() -> Result<Post> {
    let text = Text {
        headline: "Anmelden geht gerade nicht, Shop und Forum laufen weiter.".into(),
        body: vec!["Seit 13:47 Uhr (MEZ) können Sie sich nicht anmelden.".into()],
        works: Some("Im Shop bestellen Sie als Gast. Im Forum lesen Sie wie sonst.".into()),
        doing: Some("Wir suchen den Fehler. Die Ursache kennen wir noch nicht.".into()),
        ..Text::default()
    };
    let at = NOW;
    let page = "https://lage.lindenhof.example".to_owned();
    Ok(Post {
        community: "Lindenhof".into(),
        imprint: format!("{page}/impressum"),
        privacy: format!("{page}/datenschutz"),
        language: Language::DE,
        zone: Zone::named("Europe/Berlin").context("the zone is known")?,
        at,
        incident: None,
        content: Content::Notice(Notice {
            kind: Kind::First,
            number: 1,
            text,
            aside: None,
            link: format!("{page}/de/k4m9x2p7q1rt"),
            next_update: Some(at),
        }),
        page,
    })
}
