//! Measures mails composed and handed over per second, against postfix's own sink:
//! `cargo run --release -p outside --example mails -- [MAILS] [CONNECTIONS]`

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use model::dispatch::Outcome;
use model::language::{Language, Zone};
use model::notice::{Kind, Text};
use model::value::Timestamp;
use outside::channel::adapter;
use outside::channel::email::smtp::{Connection, Limits, Relay, Security};
use outside::channel::post::{Content, Notice, Post, Recipient};
use outside::guard::Guard;
use outside::tls::Trust;
use tokio::process::Command;
use tokio::time::Instant;

const FROM: &str = "lage@lindenhof.example";

#[tokio::main]
#[expect(clippy::disallowed_methods, reason = "the sink is another program, on loopback")]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut next = |usual| arguments.next().map_or(Ok(usual), |text| text.parse::<usize>());
    let (mails, connections) = (next(20_000)?, next(10)?);

    let post = Arc::new(post()?);
    let channel = Arc::new(model::handbook::channel::Channel {
        key: "mail".parse()?,
        kind: "email".to_owned(),
        settings: [("from".to_owned(), FROM.to_owned())].into(),
        depends_on: Vec::new(),
        addresses: None,
        falls_back: None,
    });
    let begun = Instant::now();
    for number in 0..mails {
        compose(&channel, &post, number)?;
    }
    report("composed", mails, begun.elapsed());

    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let address = free.local_addr()?;
    drop(free);
    let mut sink = Command::new("/usr/sbin/smtp-sink")
        .args(["-u", "nobody", &address.to_string(), "1000"])
        .kill_on_drop(true)
        .spawn()
        .context("smtp-sink does not start; install postfix")?;
    while tokio::net::TcpStream::connect(address).await.is_err() {
        ensure!(sink.try_wait()?.is_none(), "smtp-sink has ended; it needs root");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }

    let number = Arc::new(AtomicUsize::new(0));
    let begun = Instant::now();
    let mut lines = Vec::new();
    for _ in 0..connections {
        let (number, post, channel) = (number.clone(), post.clone(), channel.clone());
        lines.push(tokio::spawn(async move {
            let mut line = connection(address.port())?;
            loop {
                let number = number.fetch_add(1, Ordering::Relaxed);
                if number >= mails {
                    return Ok::<(), anyhow::Error>(());
                }
                let (to, body) = compose(&channel, &post, number)?;
                let outcome = line.send(FROM, &to, &body).await;
                ensure!(matches!(outcome, Outcome::Accepted { .. }), "{outcome:?}");
            }
        }));
    }
    for line in lines {
        line.await??;
    }
    report("composed and handed over", mails, begun.elapsed());
    Ok(())
}

fn report(what: &str, mails: usize, taken: Duration) {
    let micros = taken.as_micros().max(1);
    let rate = mails as u128 * 1_000_000 / micros;
    println!("{what}: {mails} mails in {:.2} s, {rate} a second", taken.as_secs_f64());
}

fn connection(port: u16) -> Result<Connection> {
    let relay = Relay {
        host: "127.0.0.1".to_owned(),
        port,
        security: Security::Plain,
        login: None,
        greet_as: "lindenhof.example".to_owned(),
        limits: Limits::default(),
    };
    Ok(Connection::new(Guard::new(true, Vec::new()), Trust::new(Vec::new())?, relay))
}

fn compose(
    channel: &model::handbook::channel::Channel,
    post: &Post,
    number: usize,
) -> Result<(String, Vec<u8>)> {
    let to = Recipient {
        address: format!("r{number}@x.example"),
        id: format!("id-{number}"),
        unsubscribe: Some(format!("https://lage.lindenhof.example/leave/{number}")),
        ..Recipient::default()
    };
    let parcel = adapter("email").context("there is e-mail")?.compose(channel, post, &to)?;
    Ok((parcel.to, parcel.body))
}

fn post() -> Result<Post> {
    let text = Text {
        headline: "Anmelden geht gerade nicht, Shop und Forum laufen weiter.".into(),
        body: vec!["Seit 13:47 Uhr (MEZ) können Sie sich nicht anmelden.".into()],
        works: Some("Im Shop bestellen Sie als Gast. Im Forum lesen Sie wie sonst.".into()),
        doing: Some("Wir suchen den Fehler. Die Ursache kennen wir noch nicht.".into()),
        ..Text::default()
    };
    let at = Timestamp(1_795_524_720_000_000);
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
            link: format!("{page}/de/k4m9x2p7q1rt"),
            next_update: Some(at),
        }),
        page,
    })
}
