//! Alarms: trouble of Notlicht itself, for staff alone. They belong to no incident.

use std::collections::BTreeSet;

use model::handbook::Handbook;
use model::language::{Language, list};
use model::value::Key;
use store::dispatch::{Order, create_steps};
use store::{Write, alarm};

use crate::body::{AlertBody, AlertWords, Body};
use crate::incident::{STAFF, ways};
use crate::{Engine, EngineError};

/// The word for a mailbox of bounces that nobody can read.
pub(crate) const BOUNCES_UNREAD: &str = "bounces-unread";

/// The word for a channel that reaches nobody.
pub(crate) const CHANNEL_DOWN: &str = "channel-down";

/// What is the matter with Notlicht itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// The reference targets do not answer either.
    Blind,
    /// Nobody has looked at these monitors for long.
    Stopped(Vec<Key>),
    /// This component is down and no plan names it.
    NoPlan(Key),
    /// The mailbox of bounces of this channel could not be read for long.
    BouncesUnread(Key),
    /// This channel has failed for a while and has not worked since.
    ChannelDown(Key),
    /// So many letters about subscriptions went within an hour that no more go.
    Letters(u32),
}

impl Trouble {
    /// The word that is stored.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Blind => "blind",
            Self::Stopped(_) => "monitoring-stopped",
            Self::NoPlan(_) => "no-plan",
            Self::BouncesUnread(_) => BOUNCES_UNREAD,
            Self::ChannelDown(_) => CHANNEL_DOWN,
            Self::Letters(_) => "letters",
        }
    }

    fn subject(&self) -> String {
        match self {
            Self::Blind | Self::Stopped(_) | Self::Letters(_) => String::new(),
            Self::NoPlan(component) => component.to_string(),
            Self::BouncesUnread(channel) | Self::ChannelDown(channel) => channel.to_string(),
        }
    }

    fn words(&self, handbook: &Handbook, language: Language) -> AlertWords {
        let words = language.words();
        let say = &words.alert;
        let (subject, text) = match self {
            Self::Blind => (say.blind.to_owned(), say.blind_text),
            Self::Stopped(monitors) => {
                let names: Vec<&str> = monitors.iter().map(Key::as_str).collect();
                ((say.stopped)(&list(&names, words.and)), say.stopped_text)
            }
            Self::NoPlan(component) => {
                let name = handbook.component(component).map(|one| one.name.get(language));
                ((say.no_plan)(name.unwrap_or(component.as_str())), say.no_plan_text)
            }
            Self::BouncesUnread(channel) => {
                ((say.bounces_unread)(channel.as_str()), say.bounces_unread_text)
            }
            Self::ChannelDown(channel) => {
                ((say.channel_down)(channel.as_str()), say.channel_down_text)
            }
            Self::Letters(most) => ((say.letters)(*most), say.letters_text),
        };
        AlertWords { subject, paragraphs: vec![text.to_owned()], act: None }
    }
}

impl Engine {
    /// The troubles that are not over, the oldest first.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn alarms(&self) -> Result<Vec<alarm::Alarm>, EngineError> {
        Ok(self.store.open_alarms().await?)
    }

    /// Raises an alarm and tells staff, once until it is over.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub(crate) async fn raise(&self, trouble: &Trouble) -> Result<bool, EngineError> {
        let (kind, subject) = (trouble.word(), trouble.subject());
        let open = self.store.open_alarms().await?;
        if open.iter().any(|one| one.kind == kind && one.subject == subject) {
            return Ok(false);
        }
        let version = self.handbook().await?;
        let handbook = &version.handbook;
        let now = self.now();
        let words: std::collections::BTreeMap<_, _> =
            Language::all().map(|language| (language, trouble.words(handbook, language))).collect();
        let detail = words[&handbook.language()].subject.clone();
        tracing::warn!(kind, %subject, %detail, "alarm");
        let body = Body::Alert(AlertBody {
            kind: kind.to_owned(),
            words,
            preview: None,
            at: now,
            people: everybody(handbook),
            endpoints: every_endpoint(handbook),
            partners: BTreeSet::new(),
            round: 0,
            handbook: version.number,
        });
        let mut write = Write::from(alarm::raise_steps(kind, &subject, &detail, now));
        let mut channels: Vec<_> =
            handbook.plans.values().flat_map(|plan| ways(handbook, &plan.policy)).collect();
        channels.sort();
        channels.dedup();
        for channel in channels {
            write = write.and(create_steps(&Order {
                incident: None,
                notice: None,
                kind: body.sort().to_owned(),
                channel,
                audience: STAFF.parse().expect("a key"),
                body: body.clone(),
                drill: false,
                created_at: now,
            }));
        }
        match self.store.write(write).await {
            Ok(_) => {}
            // Another node noticed it in the same moment.
            Err(why) if why.is_conflict() => return Ok(false),
            Err(why) => return Err(why.into()),
        }
        self.shared.delivery_due.notify_one();
        Ok(true)
    }

    /// An alarm is over.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub(crate) async fn calm(&self, trouble: &Trouble) -> Result<(), EngineError> {
        let (kind, subject) = (trouble.word(), trouble.subject());
        let open = self.store.open_alarms().await?;
        if open.iter().any(|one| one.kind == kind && one.subject == subject) {
            self.store.write(alarm::close_steps(kind, &subject, self.now())).await?;
        }
        Ok(())
    }
}

/// Everybody whom any plan alerts.
fn everybody(handbook: &Handbook) -> BTreeSet<Key> {
    let roles = handbook.plans.values().flat_map(|plan| &plan.policy.alert);
    roles
        .filter_map(|role| handbook.roles.get(role))
        .flat_map(|role| role.everybody().cloned())
        .collect()
}

fn every_endpoint(handbook: &Handbook) -> BTreeSet<Key> {
    handbook.plans.values().flat_map(|plan| plan.policy.alert_endpoints.clone()).collect()
}
