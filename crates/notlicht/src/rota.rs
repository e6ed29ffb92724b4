//! `notlicht rota`: who is on call, as a list or for a calendar.

use std::process::ExitCode;

use anstream::{print, println};
use anyhow::bail;
use model::handbook::rota::{Rota, Shift};
use model::language::Zone;
use model::value::{Key, Span, Timestamp};

use calendar::Calendar;

use crate::config::{self, Place};
use crate::print::Found;
use crate::rim::now;
use crate::say::{GOOD, QUIET};

mod calendar;

/// `notlicht rota`
pub(crate) async fn run(place: &Place, args: &config::Rota) -> anyhow::Result<ExitCode> {
    let found = Found::read(place, args.from.as_deref(), None).await?;
    let all = found.handbook.rotas.values();
    let wanted: Vec<&Rota> =
        all.filter(|rota| args.key.as_ref().is_none_or(|key| *key == rota.key)).collect();
    if found.handbook.rotas.is_empty() {
        bail!("the handbook has no rota: write a heading [rota.KEY] in people.toml");
    }
    if let Some(key) = args.key.as_ref().filter(|_| wanted.is_empty()) {
        let known: Vec<_> = found.handbook.rotas.keys().map(Key::as_str).collect();
        bail!("there is no rota “{key}”; there are: {}", known.join(", "));
    }
    let ahead = Span::days(7 * u64::from(args.weeks));
    if args.ical {
        print!("{}", calendar(&found, &wanted, now(), ahead));
    } else {
        list(&found, &wanted, now(), ahead);
    }
    Ok(ExitCode::SUCCESS)
}

/// The turns that are not over yet. They are counted from far enough back that the one that runs is
/// told from its beginning.
fn turns(rota: &Rota, zone: &Zone, now: Timestamp, ahead: Span) -> Vec<Shift> {
    let begin = zone.moment_of(rota.starts).max(now.before(Span::days(366)));
    // The last one is told to its end, too.
    let end = now.after(ahead);
    let mut turns = rota.shifts(begin, end.after(rota.turn.times(2)), zone);
    turns.retain(|turn| turn.until > now && turn.from < end);
    turns
}

fn name<'f>(found: &'f Found, person: &'f Key) -> &'f str {
    let card = found.cards.iter().find(|card| card.key == *person);
    card.map_or(person.as_str(), |card| &card.name)
}

fn list(found: &Found, rotas: &[&Rota], now: Timestamp, ahead: Span) {
    let zone = &found.handbook.zone;
    for rota in rotas {
        let title = rota.title.get(found.handbook.language());
        println!("{title} {QUIET}({}, {}){QUIET:#}", rota.key, zone.name());
        for turn in turns(rota, zone, now, ahead) {
            let (from, until) = (zone.short(turn.from), zone.short(turn.until));
            let on_call =
                if turn.from <= now { format!("  {GOOD}now{GOOD:#}") } else { String::new() };
            println!("  {from} to {until}  {}{on_call}", name(found, &turn.person));
        }
    }
}

/// The turns as iCalendar.
fn calendar(found: &Found, rotas: &[&Rota], now: Timestamp, ahead: Span) -> String {
    let Found { handbook, .. } = found;
    let mut calendar = Calendar::new(&handbook.community, host(&handbook.page), now);
    for rota in rotas {
        let title = rota.title.get(handbook.language());
        for turn in turns(rota, &handbook.zone, now, ahead) {
            let summary = format!("{title}: {}", name(found, &turn.person));
            calendar.push(rota.key.as_str(), &turn, &summary);
        }
    }
    calendar.end()
}

/// What names the events as ours: the host of the page.
fn host(page: &str) -> String {
    let host = url::Url::parse(page).ok().and_then(|url| url.host_str().map(ToOwned::to_owned));
    host.unwrap_or_else(|| "notlicht".to_owned())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::handbook::{Edition, Handbook};

    use super::*;

    fn found() -> Found {
        let wall = |day: &str| {
            let day = day.parse().expect("a day");
            model::value::Wall::new(day, 9, 0, 0).expect("a time")
        };
        let key = |text: &str| text.parse::<Key>().expect("a key");
        let rota = Rota {
            key: key("technik"),
            title: Default::default(),
            people: vec![key("anna"), key("ben")],
            starts: wall("2026-10-05"),
            turn: Span::days(7),
            instead: Vec::new(),
        };
        let handbook = Handbook {
            zone: Zone::named("Europe/Berlin").expect("a zone"),
            page: "https://lage.example/status".to_owned(),
            rotas: [(key("technik"), rota)].into(),
            ..Handbook::empty()
        };
        Found { handbook: Arc::new(handbook), cards: Vec::new(), edition: Edition::Draft }
    }

    fn written(now: &str) -> String {
        let found = found();
        let rotas: Vec<_> = found.handbook.rotas.values().collect();
        let now = now.parse().expect("a moment");
        calendar(&found, &rotas, now, Span::days(14))
    }

    #[test]
    fn a_calendar_shows_each_turn_from_its_beginning_in_universal_time() {
        let text = written("2026-10-21T12:00:00Z");
        assert_eq!(text.matches("BEGIN:VEVENT").count(), 3, "{text}");
        for line in [
            "DTSTART:20261019T070000Z",
            "DTEND:20261026T080000Z",
            "SUMMARY:: anna",
            "UID:technik-1792393200@lage.example",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line} in {text}");
        }
    }

    #[test]
    fn an_event_keeps_its_name_so_that_a_calendar_does_not_show_it_twice() {
        let names = |text: String| -> Vec<String> {
            text.lines().filter(|line| line.starts_with("UID")).map(ToOwned::to_owned).collect()
        };
        let (early, late) =
            (names(written("2026-10-21T12:00:00Z")), names(written("2026-10-23T12:00:00Z")));
        assert_eq!(early[..2], late[..2]);
    }
}
