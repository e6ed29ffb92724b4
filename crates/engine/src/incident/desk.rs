//! What somebody sees and does who opens the link from an alert.

use model::incident::{Actor, Command, Incident, Notice, Phase, fill_as_of, next_notice};
use model::language::Localized;
use model::notice::{Kind, Texts};
use model::value::{PublicId, Timestamp};

use crate::link::Link;
use crate::{Engine, EngineError};

/// The state of an incident as somebody with a link sees it.
#[derive(Debug, Clone)]
pub struct DeskView {
    /// The incident.
    pub incident: PublicId,
    /// The plan's title.
    pub title: Localized,
    /// Whether it is a drill.
    pub drill: bool,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The waiting notice: its number, kind, and the text as it would go out.
    pub pending: Option<(u32, Kind, Texts)>,
    /// When it goes out by itself; nothing while the clock is stopped.
    pub publish_at: Option<Timestamp>,
    /// Nobody has read what was written anew: if nobody acts, the prepared text goes out instead.
    pub unread: bool,
    /// What was published last.
    pub latest: Option<(Kind, Timestamp, Texts)>,
    /// When the components were well again.
    pub recovered_at: Option<Timestamp>,
    /// The all-clear as it would go out now, while the incident is open.
    pub all_clear: Option<Texts>,
    /// When it goes out by itself.
    pub all_clear_at: Option<Timestamp>,
}

impl Engine {
    /// What the link shows.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadLink`].
    pub async fn desk_look(&self, token: &str) -> Result<DeskView, EngineError> {
        let (id, _) = self.desk_link(token)?;
        self.desk_view(&id).await
    }

    /// Acts by the link, and shows what it led to.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadLink`], [`EngineError::Refused`].
    pub async fn desk_act(&self, token: &str, command: &Command) -> Result<DeskView, EngineError> {
        let (id, by) = self.desk_link(token)?;
        self.act(&id, command, &by).await?;
        self.desk_view(&id).await
    }

    pub(super) fn desk_link(&self, token: &str) -> Result<(PublicId, Actor), EngineError> {
        match Link::read(token, &self.keys)? {
            Link::Act { incident, by } => Ok((incident, by)),
            _ => Err(EngineError::BadLink),
        }
    }

    async fn desk_view(&self, id: &PublicId) -> Result<DeskView, EngineError> {
        let case = self.case(id).await?;
        let (incident, handbook) = (&case.incident, &case.handbook);
        let now = self.now();
        let plan = handbook.plans.get(&incident.plan);
        let publish_at = incident.pending().and_then(Notice::publish_at);
        let pending = incident.pending().map(|notice| {
            let at = publish_at.unwrap_or(now).max(now);
            let texts = fill_as_of(handbook, incident, notice.kind, &notice.texts, at);
            (notice.number, notice.kind, texts)
        });
        let all_clear = plan.filter(|_| incident.is_open()).and_then(|plan| {
            let texts = plan.texts.get(&Kind::AllClear)?;
            Some(fill_as_of(handbook, incident, Kind::AllClear, texts, now))
        });
        let all_clear_at = next_notice(handbook, incident)
            .and_then(|(at, due)| (due == model::incident::Due::AllClear).then_some(at));
        Ok(DeskView {
            incident: id.clone(),
            title: plan.map(|plan| plan.title.clone()).unwrap_or_default(),
            drill: incident.drill,
            closed_at: incident.closed_at,
            pending,
            publish_at,
            unread: plan
                .zip(incident.pending())
                .is_some_and(|(plan, notice)| notice.is_unread(&plan.policy)),
            latest: latest(incident),
            recovered_at: incident.recovered_at,
            all_clear,
            all_clear_at,
        })
    }
}

fn latest(incident: &Incident) -> Option<(Kind, Timestamp, Texts)> {
    incident.published().next_back().and_then(|notice| match &notice.phase {
        Phase::Published { at, texts, .. } => Some((notice.kind, *at, texts.clone())),
        _ => None,
    })
}
