//! Everything that the room is made of, read at one moment, and how it is said.

use std::sync::Arc;

use engine::EngineError;
use engine::channel::ChannelState;
use engine::incident::Case;
use engine::reach::Reached;
use engine::room::Called;
use model::handbook::people::ContactCard;
use model::handbook::plan::{Plan, Policy};
use model::incident::{Actor, Callee, Calling, Incident, Reachable, Recorded, tell_who};
use model::language::{Language, Words, Zone, list};
use model::permission::Permission;
use model::value::{Day, Key, PublicId, Span, Timestamp, Wall};

use super::sort::Sort;
use crate::console::sent::Sent;
use crate::console::signed::Signed;

/// Whoever writes is asked why their text leaves something out that people need.
pub(super) struct Asking {
    /// The promise of the next notice that they chose.
    pub(super) next: Option<Span>,
}

/// Everything that the room is made of, read at one moment.
pub(in crate::console) struct Scene {
    pub(super) case: Case,
    pub(super) events: Vec<Recorded>,
    pub(super) reach: Arc<[Reached]>,
    pub(super) channels: Vec<ChannelState>,
    pub(super) called: Vec<Called>,
    pub(super) cards: Vec<ContactCard>,
    /// Over which channels somebody can be reached, while somebody is called.
    pub(super) reachable: Option<Reachable>,
    /// How many would be told if a notice went out now.
    pub(super) tells: u64,
    pub(super) now: Timestamp,
    pub(super) language: Language,
    pub(super) words: &'static Words,
    /// What this person may do.
    pub(super) permission: Permission,
    /// Who this person is in the timeline.
    pub(super) me: Actor,
    pub(super) form: String,
    /// What of the timeline is shown.
    pub(super) show: Option<Sort>,
    /// What somebody typed into one of the room's forms that was not taken: the form, and what.
    pub(super) typed: Option<(String, Sent)>,
    /// What the editor asks besides.
    pub(super) asking: Option<Asking>,
}

impl Scene {
    /// What is known without asking further: enough for the editor.
    pub(super) fn of(signed: &Signed, case: Case) -> Self {
        let engine = &signed.engine;
        Self {
            case,
            events: Vec::new(),
            reach: [].into(),
            channels: Vec::new(),
            called: Vec::new(),
            cards: Vec::new(),
            reachable: None,
            tells: 0,
            now: engine.now(),
            language: signed.language(),
            words: signed.language().words(),
            permission: signed.session.account.permission,
            me: Actor::Account(signed.session.account.name.clone()),
            form: engine.form_token(&signed.session.id),
            show: None,
            typed: None,
            asking: None,
        }
    }

    pub(super) async fn gather(signed: &Signed, id: &PublicId) -> Result<Self, EngineError> {
        Self::gather_again(signed, id, None).await
    }

    /// The same for who looks on: counting everybody who would be told is work, so it is done anew
    /// only when the incident has moved on from `counted`, the number of its last event then, and
    /// the count.
    pub(super) async fn gather_again(
        signed: &Signed,
        id: &PublicId,
        counted: Option<(u64, u64)>,
    ) -> Result<Self, EngineError> {
        let engine = &signed.engine;
        let (case, events) = engine.story(id).await?;
        let reach = match counted {
            None => engine.reach(&case).await?.into(),
            Some(_) => engine.reach_lately(&case).await?,
        };
        let cards = engine.cards().await?;
        let called = engine.called(&case, &events, &cards).await?;
        let channels = engine.channels().await?;
        let reachable = engine.reachable_while_called(&case).await?;
        let me = signed.actor().await;
        let tells = match counted {
            _ if !case.incident.is_open() => 0,
            Some((seq, tells)) if seq == case.incident.seq => tells,
            _ => engine.would_tell(&case).await?,
        };
        Ok(Self {
            events,
            reach,
            channels,
            called,
            cards,
            reachable,
            tells,
            me,
            ..Self::of(signed, case)
        })
    }

    pub(super) fn incident(&self) -> &Incident {
        &self.case.incident
    }

    pub(super) fn zone(&self) -> &Zone {
        &self.case.handbook.zone
    }

    pub(super) fn plan(&self) -> Option<&Plan> {
        self.case.handbook.plans.get(&self.incident().plan)
    }

    pub(super) fn policy(&self) -> Option<&Policy> {
        self.plan().map(|plan| &plan.policy)
    }

    pub(super) fn may(&self, needed: Permission) -> bool {
        self.permission.allows(needed)
    }

    /// Whether this person may do something about what is still open.
    pub(super) fn acts(&self) -> bool {
        self.incident().is_open() && self.may(Permission::Writer)
    }

    pub(super) fn path(&self, rest: &str) -> String {
        format!("/console/incident/{}{rest}", self.incident().id)
    }

    pub(super) fn title(&self) -> String {
        let title = self.plan().map(|plan| plan.title.get(self.language).to_owned());
        title.unwrap_or_else(|| self.incident().plan.to_string())
    }

    /// "13:47 Uhr (MEZ)", with seconds where there are some.
    pub(super) fn clock(&self, at: Timestamp) -> String {
        self.zone().promise(at, self.language)
    }

    pub(super) fn moment(&self, at: Timestamp) -> String {
        self.zone().moment(at, self.now, self.language)
    }

    /// The clock alone where it is today, else with the date.
    pub(super) fn dated(&self, at: Timestamp) -> String {
        self.zone().dated(at, self.now, self.language)
    }

    /// As a field for a moment holds it: "2026-11-24T13:47".
    pub(super) fn wall(&self, at: Timestamp) -> String {
        self.zone().wall(at).to_string().chars().take(16).collect()
    }

    pub(super) fn people(&self) -> String {
        (self.words.room.people)(self.tells)
    }

    fn card(&self, key: &Key) -> Option<&ContactCard> {
        self.cards.iter().find(|card| card.key == *key)
    }

    /// What a person or partner is called, where it is known.
    pub(super) fn known(&self, key: &Key) -> Option<String> {
        self.card(key).map(|card| card.name.clone())
    }

    /// What a person or partner is called, else their key.
    pub(super) fn name(&self, key: &Key) -> String {
        self.known(key).unwrap_or_else(|| key.to_string())
    }

    /// Their number, for who may see it.
    pub(super) fn phone(&self, key: &Key) -> Option<&str> {
        let card = self.card(key).filter(|_| self.may(Permission::SEES_ADDRESSES));
        card.and_then(|card| card.phone.as_deref())
    }

    /// Who did something.
    pub(super) fn who(&self, by: &Actor) -> String {
        tell_who(by, self.language, |key| self.known(key))
    }

    /// Whether this is the person who looks.
    pub(super) fn is_me(&self, key: &Key) -> bool {
        matches!(&self.me, Actor::Person(me) if me == key)
    }

    /// Whether the person who looks was asked, and has not said no.
    pub(super) fn is_awaited(&self, calling: &Calling) -> bool {
        matches!(&self.me, Actor::Person(me) if calling.waits_for(&Callee::Person(me.clone())))
    }

    pub(super) fn list(&self, names: impl IntoIterator<Item = String>) -> String {
        let names: Vec<String> = names.into_iter().collect();
        list(&names.iter().map(String::as_str).collect::<Vec<_>>(), self.words.and)
    }

    /// A role, as people call it.
    pub(super) fn role(&self, key: &Key) -> String {
        self.case.handbook.role_title(key, self.language).to_owned()
    }
}

/// The moment that a clock on the wall shows as "2026-11-24T13:47"; nothing where none does.
pub(super) fn read_moment(shown: &str, zone: &Zone) -> Option<Timestamp> {
    let (day, time) = shown.trim().split_once(['T', ' '])?;
    let day: Day = day.parse().ok()?;
    let mut parts = time.trim().split(':').map(|part| part.parse::<u8>().ok());
    let (hour, minute) = (parts.next()??, parts.next()??);
    Wall::new(day, hour, minute, 0).map(|wall| zone.moment_of(wall))
}
