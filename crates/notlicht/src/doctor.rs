//! `notlicht doctor`: checks this installation and says what to do about each finding.

use std::process::ExitCode;
use std::time::Duration;

use anstream::println;
use engine::{Engine, EngineError};
use model::handbook::Handbook;
use model::handbook::channel::{Channel, Form};
use model::handbook::system::Probe;
use model::value::Span;
use outside::channel::{ChannelError, adapter};
use outside::monitor::look;
use outside::secret::SecretError;
use tokio::task::JoinSet;

use crate::config::Place;
use crate::place::STALE;
use crate::rim::now;
use crate::say::{BAD, GOOD, LIGHT, QUIET};

/// Further off than this and promises are told wrongly.
const SKEW_SECONDS: i64 = 10;
/// Older than this, and a backup helps little.
const OLDEST_BACKUP_DAYS: u64 = 7;
const LIMIT: Duration = Duration::from_secs(10);

/// What was found.
enum Finding {
    Good(String),
    /// Works, but somebody should look.
    Look(String, String),
    Bad(String, String),
}

use Finding::{Bad, Good, Look};

/// Checks everything and prints a line for each; fails when something is bad.
pub(crate) async fn run(place: &Place) -> anyhow::Result<ExitCode> {
    let mut findings = vec![writable(place)];
    match place.engine(None).await {
        Err(why) => {
            let todo = "see that the database runs and --database is right; until then the page is served from disk and “notlicht emergency” works";
            findings.push(Bad(format!("database: {why:#}"), todo.into()));
        }
        Ok(engine) => {
            let kind = if engine.store.is_shared() { "PostgreSQL" } else { "SQLite" };
            findings.push(Good(format!("database: {kind}, opened and up to date")));
            findings.push(backup(&engine).await);
            match engine.handbook().await {
                Err(EngineError::NoHandbook) => findings.push(Bad(
                    "handbook: there is none yet".into(),
                    "put one in with “notlicht apply FOLDER”; “example” in the source is a start"
                        .into(),
                )),
                Err(why) => findings.push(Bad(
                    format!("handbook: {why}"),
                    "start the program that wrote it, or restore a backup".into(),
                )),
                Ok(version) => {
                    findings.push(Good(format!("handbook: version {}", version.number)));
                    findings.extend(checkup(&engine, &version.handbook).await);
                }
            }
        }
    }
    findings.push(page(place));
    let mut code = ExitCode::SUCCESS;
    for finding in findings {
        match finding {
            Good(what) => println!("{GOOD}✓{GOOD:#} {what}"),
            Look(what, todo) => println!("{LIGHT}!{LIGHT:#} {what}\n  {QUIET}→ {todo}{QUIET:#}"),
            Bad(what, todo) => {
                println!("{BAD}✗{BAD:#} {what}\n  {QUIET}→ {todo}{QUIET:#}");
                code = ExitCode::FAILURE;
            }
        }
    }
    Ok(code)
}

/// Whether there is a backup, and how old the newest is.
async fn backup(engine: &Engine) -> Finding {
    let todo = "make one every night, and restore one now and then: “Back up” in docs/guide/operator.md says how";
    match engine.store.last_act(crate::backup::MADE).await {
        Err(why) => Bad(format!("backup: {why}"), "see the database".into()),
        Ok(None) => Look("backup: there was never one".into(), todo.into()),
        Ok(Some(at)) => {
            let days = now().since(at).as_minutes() / (24 * 60);
            match days {
                0..=OLDEST_BACKUP_DAYS => Good(format!("backup: the last one at {at}")),
                _ => Look(format!("backup: the last one is {days} days old"), todo.into()),
            }
        }
    }
}

fn writable(place: &Place) -> Finding {
    let probe = place.data.join(".doctor");
    let tried = place.folder().and_then(|_| {
        std::fs::write(&probe, b"x").and_then(|()| std::fs::remove_file(&probe)).map_err(Into::into)
    });
    match tried {
        Ok(()) => Good(format!("data folder: {} can be written", place.data.display())),
        Err(why) => Bad(
            format!("data folder: {why:#}"),
            "give this user the folder, make room, or name another with --data".into(),
        ),
    }
}

fn page(place: &Place) -> Finding {
    let folder = place.page();
    let shown = folder.display();
    if !folder.join("site.json").exists() {
        return Look(
            format!("page on disk: there is none in {shown} yet"),
            "start “notlicht serve” once with its database: then the page outlives it".into(),
        );
    }
    match web::page::disk::load(&folder, now()) {
        Ok(_) => match place.page_age() {
            Some(age) if age <= STALE => Good(format!("page on disk: {shown}, fresh")),
            age => {
                let age = age.map_or(0, Span::as_minutes);
                let todo = "is “notlicht serve” running? It makes the page anew every 15 s";
                Look(format!("page on disk: {shown}, {age} minutes old"), todo.into())
            }
        },
        Err(why) => Bad(
            format!("page on disk: {why}"),
            "“notlicht serve” makes it anew as soon as it runs with its database".into(),
        ),
    }
}

async fn checkup(engine: &Engine, handbook: &Handbook) -> Vec<Finding> {
    let mut findings = secrets(engine, handbook);
    findings.push(clock(engine, handbook).await);
    for channel in handbook.channels.values() {
        let name = format!("channel “{}” ({})", channel.key, channel.kind);
        let opened = adapter(&channel.kind).map(|kind| kind.open(&engine.wire, channel));
        let todo = "repair it in channels.toml and apply; an open incident follows with “notlicht incident adopt”";
        match opened {
            Some(Ok(mut line)) => match tokio::time::timeout(LIMIT, line.try_out()).await {
                Ok(Ok(seen)) => findings.push(Good(format!("{name}: {seen}"))),
                Ok(Err(why)) => findings.push(Bad(format!("{name}: {why}"), todo.into())),
                Err(_) => findings.push(Bad(
                    format!("{name}: no answer within {} s", LIMIT.as_secs()),
                    todo.into(),
                )),
            },
            Some(Err(ChannelError::Secret(_))) => findings.push(Bad(
                format!("{name}: not tried, its secret is missing"),
                "give it its secret, as said above".into(),
            )),
            Some(Err(why)) => findings.push(Bad(format!("{name}: {why}"), todo.into())),
            None => findings.push(Bad(format!("{name}: no such kind"), todo.into())),
        }
        findings.extend(bounces(engine, channel).await);
    }
    findings.extend(monitors(engine, handbook).await);
    findings.extend(staff(engine, handbook).await);
    findings
}

/// Whether what comes back can be read, where the handbook says where it does.
async fn bounces(engine: &Engine, channel: &Channel) -> Option<Finding> {
    let name = format!("bounces of channel “{}”", channel.key);
    let todo = "repair bounces_server and bounces_password in channels.toml and apply; until then who was not reached counts as told";
    let mut inbox = match adapter(&channel.kind)?.inbox(&engine.wire, channel) {
        Ok(inbox) => inbox?,
        Err(why) => return Some(Bad(format!("{name}: {why}"), todo.into())),
    };
    let tried = match tokio::time::timeout(LIMIT, inbox.try_out()).await {
        Ok(tried) => tried,
        Err(_) => Err(format!("no answer within {} s", LIMIT.as_secs())),
    };
    Some(match (tried, engine.store.inbox(&channel.key).await) {
        (Err(why), _) => Bad(format!("{name}: {why}"), todo.into()),
        (_, Err(why)) => Bad(format!("{name}: {why}"), "see the database".into()),
        (Ok(seen), Ok(None)) => Good(format!("{name}: {seen}; not read yet")),
        (Ok(seen), Ok(Some(place))) => Good(format!(
            "{name}: {seen}; read at {}, {} mails could not be made out",
            place.read_at, place.unclear
        )),
    })
}

fn secrets(engine: &Engine, handbook: &Handbook) -> Vec<Finding> {
    let points = handbook.endpoints.values().filter_map(|point| point.secret.as_deref());
    let passwords = handbook.channels.values().flat_map(|channel| {
        let fields = adapter(&channel.kind).map_or(&[][..], |kind| kind.descriptor().fields);
        let secret = fields.iter().filter(|field| field.form == Form::SecretName);
        secret.filter_map(|field| channel.setting(field.name))
    });
    let mut names: Vec<_> = points.chain(passwords).collect();
    names.sort_unstable();
    names.dedup();
    let look = |name: &str| match engine.wire.secrets.get(name) {
        Ok(_) => Good(format!("secret “{name}”: there")),
        Err(SecretError::Missing { variable, .. }) => Bad(
            format!("secret “{name}” is missing: messages that need it wait"),
            format!("set {variable}, or put it in a file “{name}” in the folder of --secrets"),
        ),
        Err(why) => Bad(format!("secret “{name}”"), why.to_string()),
    };
    names.into_iter().map(look).collect()
}

/// Looks once through each monitor, all at the same time.
async fn monitors(engine: &Engine, handbook: &Handbook) -> Vec<Finding> {
    let mut looks = JoinSet::new();
    for monitor in handbook.monitors.values().cloned() {
        let http = engine.wire.http.clone();
        looks.spawn(async move { (look(&http, &monitor.probe).await, monitor.key) });
    }
    let mut seen: Vec<_> = looks.join_all().await;
    seen.sort_by(|one, other| one.1.cmp(&other.1));
    let found = seen.into_iter().filter_map(|(finding, key)| Some((finding?, key)));
    found
        .map(|(finding, key)| match finding.ok {
            true => Good(format!("monitor “{key}”: {}", finding.detail)),
            false => Look(
                format!("monitor “{key}”: {}", finding.detail),
                "if it is not down: repair the monitor in system.toml, or see what it says".into(),
            ),
        })
        .collect()
}

/// Compares with the clock of the first page that is watched.
async fn clock(engine: &Engine, handbook: &Handbook) -> Finding {
    let addresses = handbook.monitors.values().filter_map(|monitor| match &monitor.probe {
        Probe::Http { url, .. } => Some(url),
        _ => None,
    });
    for address in addresses {
        let Ok(url) = url::Url::parse(address) else { continue };
        if let Some(theirs) = outside::monitor::http::clock(&engine.wire.http, url, LIMIT).await {
            let off = now().unix_seconds() - theirs;
            return if off.abs() <= SKEW_SECONDS {
                Good(format!("clock: within {SKEW_SECONDS} s of {address}"))
            } else {
                Bad(
                    format!("clock: {off} s off from {address}"),
                    "set up time synchronisation (chrony, systemd-timesyncd): promises are told in clock time".into(),
                )
            };
        }
    }
    let todo = "compare it yourself with “date”; no watched page told its time";
    Look("clock: could not be compared".into(), todo.into())
}

/// Whether everybody who is alerted can be reached.
async fn staff(engine: &Engine, handbook: &Handbook) -> Vec<Finding> {
    let cards = match engine.store.people().await {
        Ok(cards) => cards,
        Err(why) => return vec![Bad(format!("contacts: {why}"), "see the database".into())],
    };
    let roles = handbook.plans.values().flat_map(|plan| &plan.policy.alert);
    let people =
        roles.filter_map(|role| handbook.roles.get(role)).flat_map(|role| role.everybody());
    let mut missing: Vec<_> = people
        .filter(|key| !cards.iter().any(|card| card.key == **key && card.email.is_some()))
        .map(ToString::to_string)
        .collect();
    missing.sort();
    missing.dedup();
    if missing.is_empty() {
        vec![Good("contacts: everybody who is alerted has a mail address".into())]
    } else {
        let todo = "write them into contacts.toml and apply again";
        vec![Bad(format!("contacts: no mail address for {}", missing.join(", ")), todo.into())]
    }
}
