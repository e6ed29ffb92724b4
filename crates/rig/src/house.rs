//! An installation that the rig tries things on: its handbook, its people, and what it says of
//! itself.

use std::collections::HashSet;
use std::net::SocketAddr;
use std::path::Path;
use std::time::Duration;

use anyhow::Context as _;
use notlicht::demo::example::{self, Places};
use notlicht::demo::sink::{Ledger, Received, Sink};
use serde_json::Value;

use crate::node::Node;

/// How long one fan-out may take, faults and restarts included.
pub(crate) const LIMIT: Duration = Duration::from_secs(180);
/// What the people's addresses end with; staff have others.
pub(crate) const PEOPLE: &str = "@rig.example";
/// Where the messages to machines go: each has a path of its own.
pub(crate) const MACHINES: &str = "/machine/";

/// How an installation reaches people and machines.
pub(crate) struct Ways {
    /// The mail relay.
    pub(crate) mail: SocketAddr,
    /// How it is spoken to: `plain` or `starttls`.
    pub(crate) security: &'static str,
    /// Where messages to machines go.
    pub(crate) hooks: SocketAddr,
    /// A relay that steps in, and after how long: a span as in the handbook.
    pub(crate) second: Option<(SocketAddr, String)>,
    /// How many machines are told as well.
    pub(crate) machines: u64,
    /// How long until the next notice is due, as in the handbook.
    pub(crate) rhythm: &'static str,
}

impl Ways {
    /// One relay, and nothing that happens by itself for six hours.
    pub(crate) fn over(mail: SocketAddr) -> Self {
        let rhythm = "6h";
        Self { mail, security: "plain", hooks: mail, second: None, machines: 0, rhythm }
    }

    fn channels(&self, text: &str) -> String {
        let mut text =
            text.replace("security = \"plain\"", &format!("security = \"{}\"", self.security));
        if let Some((relay, after)) = &self.second {
            let steps_in = format!(
                "[channel.mail]\nfalls_back_to = \"relay2\"\nfalls_back_after = \"{after}\"\n"
            );
            text = text.replace("[channel.mail]\n", &steps_in);
            text.push_str(&format!(
                "\n[channel.relay2]\nkind = \"email\"\nhost = \"{}\"\nport = {}\nsecurity = \"plain\"\n\
                 from = \"lage@lindenhof.example\"\nfrom_name = \"Lindenhof Lage\"\n\
                 addresses = \"mail\"\n",
                relay.ip(),
                relay.port()
            ));
        }
        for machine in 0..self.machines {
            text.push_str(&format!(
                "
[endpoint.machine-{machine}]
channel = \"partners\"
\
                 address = \"http://{}{MACHINES}{machine}\"
secret = \"hoster-signing\"
\
                 language = \"en\"
",
                self.hooks
            ));
        }
        if self.machines > 0 {
            let all = (0..self.machines).map(|machine| format!("\"endpoint:machine-{machine}\""));
            text.push_str(&format!(
                "
[audience.machines]
title.de = \"Maschinen\"
title.en = \"Machines\"
\
                 who = [{}]
channels = [\"partners\"]
",
                all.collect::<Vec<_>>().join(", ")
            ));
        }
        text
    }
}

/// Puts in a handbook, and so many people.
pub(crate) async fn set_up(
    node: &Node,
    folder: &Path,
    listen: SocketAddr,
    ways: &Ways,
    people: u64,
) -> anyhow::Result<()> {
    let (mail, pages) = (ways.mail, ways.hooks);
    // Nobody answers there: the rig takes the monitors out, but for one that stays quiet.
    let places = Places { page: listen, mail, shop: mail, pages, database: mail };
    let mut files = example::adapted(&places)?;
    for (name, text) in &mut files {
        if *name == "system.toml" {
            let monitors = text.find("[monitor.").context("the example has monitors")?;
            text.truncate(monitors);
            text.push_str(
                "[monitor.quiet]\ncomponent = \"shop\"\nevery = \"1d\"\nheartbeat.grace = \"1d\"\n",
            );
        } else if *name == "channels.toml" {
            *text = ways.channels(text);
        } else if name.starts_with("plans/") {
            *text = slow(text, ways.rhythm);
            if ways.machines > 0 {
                *text = text.replace("audiences = [", "audiences = [\"machines\", ");
            }
        }
    }
    let handbook = folder.join("handbook");
    example::write(&files, &handbook)?;
    node.ask(&["apply", &handbook.display().to_string()]).await?;
    let list = list(folder, 0..people)?;
    node.ask(&["import", &list]).await?;
    Ok(())
}

/// Writes a list of people; gives its path.
pub(crate) fn list(folder: &Path, people: std::ops::Range<u64>) -> anyhow::Result<String> {
    let list = folder.join("people.csv");
    let lines: String = people.map(|at| format!("person-{at}{PEOPLE},de\n")).collect();
    std::fs::write(&list, lines)?;
    Ok(list.display().to_string())
}

/// The plan with spans so long that nothing goes out by itself before the next notice is due.
fn slow(plan: &str, rhythm: &str) -> String {
    let spans = [("hold", "30m"), ("rhythm", rhythm), ("remind", "5m")];
    let line = |line: &str| match spans.iter().find(|(key, _)| line.starts_with(&format!("{key} ")))
    {
        Some((key, span)) => format!("{key} = \"{span}\"\n"),
        None => format!("{line}\n"),
    };
    plan.lines().map(line).collect()
}

/// The mails to people, each message once.
pub(crate) fn people(ledger: &Ledger) -> impl Iterator<Item = &Received> {
    ledger.iter().filter(|received| received.recipient.ends_with(PEOPLE))
}

/// How many people were told.
pub(crate) fn told(ledger: &Ledger) -> u64 {
    people(ledger).map(|one| one.recipient.as_str()).collect::<HashSet<_>>().len() as u64
}

/// Waits until so many people have been told.
pub(crate) async fn all_told(sink: &Sink, people: u64, limit: Duration) -> anyhow::Result<()> {
    // Counting people is slow; it is worth while only when enough mails are there.
    let enough = |ledger: &Ledger| ledger.messages() as u64 >= people;
    sink.wait_until(limit, |it| enough(it) && told(it) >= people).await
}

/// What the program itself says of its newest notice to everybody, over all channels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) accepted: u64,
    /// Refused for good, and addresses that are no more.
    pub(crate) refused: u64,
    pub(crate) unsure: u64,
    pub(crate) open: u64,
    /// Whether it will not be touched again.
    pub(crate) done: bool,
}

/// The incident as the program shows it.
pub(crate) async fn shown(node: &Node) -> anyhow::Result<Value> {
    Ok(serde_json::from_str(&node.ask(&["incident", "show", "--json"]).await?)?)
}

/// What it says of the newest notice.
pub(crate) fn said(shown: &Value) -> Said {
    let rows = shown["reach"].as_array().map(Vec::as_slice).unwrap_or_default();
    let newest = rows.iter().filter_map(|row| row["notice"].as_u64()).max();
    let of_newest = |row: &&Value| {
        row["audience"] == "everybody" && newest.is_some() && row["notice"].as_u64() == newest
    };
    let number = |row: &Value, name: &str| row[name].as_u64().unwrap_or(0);
    let mut said = Said { done: rows.iter().any(|row| of_newest(&row)), ..Said::default() };
    for row in rows.iter().filter(of_newest) {
        said.accepted += number(row, "accepted");
        said.refused += number(row, "refused") + number(row, "gone");
        said.unsure += number(row, "unsure");
        said.open += number(row, "open");
        said.done &= row["done"] == true;
    }
    said
}

/// Waits until the program says that its newest notice is done; gives what it says then.
pub(crate) async fn settled(node: &Node, limit: Duration) -> anyhow::Result<Said> {
    let begun = tokio::time::Instant::now();
    loop {
        let shown = shown(node).await?;
        let said = said(&shown);
        if said.done {
            return Ok(said);
        }
        if begun.elapsed() > limit {
            anyhow::bail!("the dispatch is never done: {:#}", shown["reach"]);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

/// A port that was free a moment ago.
pub(crate) async fn free_port() -> anyhow::Result<SocketAddr> {
    Ok(tokio::net::TcpListener::bind("127.0.0.1:0").await?.local_addr()?)
}
