//! The ways out: whether each one works, and what is decided about it.

use askama::Template;
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use engine::channel::ChannelState;
use model::fare::{Health, Position, Switch};
use model::handbook::shape::Said;
use model::language::{Language, Ways, Zone};
use model::permission::Permission;
use model::value::{Key, Timestamp};

use super::account::done;
use super::frame::{self, Area, Shell, show};
use super::sent::Sent;
use super::signed::Signed;

/// The page with all of them.
pub(super) const HERE: &str = "/console/channels";

/// A channel as it is shown.
pub(super) struct Shown {
    pub(super) key: String,
    pub(super) label: &'static str,
    pub(super) shape: &'static str,
    /// What is known of it, the gravest first.
    pub(super) said: Vec<String>,
    position: Position,
    is_down: bool,
}

impl Shown {
    fn can_pause(&self) -> bool {
        self.position != Position::Paused
    }

    fn can_resume(&self) -> bool {
        self.position != Position::Automatic
    }

    fn can_force(&self) -> bool {
        self.position != Position::Forced && self.is_down
    }
}

/// How channels are told to whom.
pub(super) struct Teller<'a> {
    pub(super) language: Language,
    pub(super) zone: &'a Zone,
    pub(super) now: Timestamp,
}

impl Teller<'_> {
    pub(super) fn shown(&self, state: &ChannelState) -> Shown {
        let words = self.language.words().ways;
        let mut said: Vec<String> = state.switch.iter().filter_map(|it| self.decided(it)).collect();
        let is_down = state.healths.iter().any(|(_, health)| health.is_down());
        let several = state.healths.len() > 1;
        for (node, health) in &state.healths {
            let fare = self.fare(health);
            said.push(if several { format!("{node}: {fare}") } else { fare });
        }
        if state.healths.is_empty() {
            said.push(words.unused.to_owned());
        }
        said.extend(state.falls_back_to.iter().map(|other| (words.stands_in)(other.as_str())));
        let position = state.position();
        let shape = match (position, is_down) {
            (Position::Paused, _) => "maintenance",
            (_, true) => "major",
            (_, false) if state.healths.is_empty() => "blind",
            (_, false) => "operational",
        };
        let label = Said(state.label).get(self.language);
        Shown { key: state.channel.to_string(), label, shape, said, position, is_down }
    }

    fn moment(&self, at: Timestamp) -> String {
        self.zone.moment(at, self.now, self.language)
    }

    fn decided(&self, switch: &Switch) -> Option<String> {
        let words: &Ways = self.language.words().ways;
        let say = match switch.position {
            Position::Automatic => return None,
            Position::Paused => words.paused,
            Position::Forced => words.forced,
        };
        Some(format!("{}: {}", say(&switch.author, &self.moment(switch.at)), switch.reason))
    }

    fn fare(&self, health: &Health) -> String {
        let words = self.language.words().ways;
        if !health.is_down() {
            let told = health.told_at.map(|at| (words.works)(&self.moment(at)));
            return told.unwrap_or_else(|| words.fresh.to_owned());
        }
        let fails = (words.fails)(health.reason.as_deref().unwrap_or_default());
        let next = match health.rests_until {
            Some(until) if until > self.now => {
                (words.rests)(&self.zone.promise(until, self.language))
            }
            _ => words.tried.to_owned(),
        };
        let dot = if fails.ends_with('.') { "" } else { "." };
        format!("{fails}{dot} {next}")
    }
}

#[derive(Template)]
#[template(path = "console/channels.html")]
struct Channels {
    shell: Shell,
    words: &'static Ways,
    done: bool,
    channels: Vec<Shown>,
    decides: bool,
}

/// All channels.
pub(crate) async fn look(signed: Signed, RawQuery(query): RawQuery) -> Response {
    match channels(&signed).await {
        Ok(channels) => {
            let words = signed.language().words().ways;
            let shell = signed.shell().at(Area::Channels, words.head);
            let done = query.as_deref() == Some("done");
            let decides = signed.may(Permission::Approver);
            show(StatusCode::OK, Channels { shell, words, done, channels, decides }.render())
        }
        Err(error) => frame::failed(&signed, &error),
    }
}

async fn channels(signed: &Signed) -> Result<Vec<Shown>, EngineError> {
    let handbook = signed.engine.handbook().await?.handbook;
    let (language, now) = (signed.language(), signed.engine.now());
    let teller = Teller { language, zone: &handbook.zone, now };
    Ok(signed.engine.channels().await?.iter().map(|state| teller.shown(state)).collect())
}

/// Pauses a channel, resumes it or forces it.
pub(crate) async fn switch(signed: Signed, Path(channel): Path<String>, sent: Sent) -> Response {
    let position = Position::from_word(sent.get("position"));
    let (Ok(channel), Some(position)) = (channel.parse::<Key>(), position) else {
        return frame::nothing(&signed.shell());
    };
    let reason = match sent.get("reason").trim() {
        "" => signed.language().words().ways.no_reason,
        said => said,
    };
    match signed.engine.switch_channel(&channel, position, signed.name(), reason).await {
        Ok(()) => done(HERE),
        Err(error) => frame::failed(&signed, &error),
    }
}
