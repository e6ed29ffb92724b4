//! A form of the room that was sent: what it led to, and where it is shown again with what was
//! typed.

use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use model::incident::Command;
use model::value::{PublicId, Timestamp};

use super::scene::read_moment;
use super::{View, ask, page_of, refused};
use crate::console::frame;
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

/// A form that was sent to this place of an incident.
pub(super) struct Form<'a> {
    signed: &'a Signed,
    pub(super) incident: PublicId,
    rest: String,
    sent: Sent,
}

impl<'a> Form<'a> {
    pub(super) fn of(signed: &'a Signed, id: &str, rest: String, sent: Sent) -> Option<Self> {
        Some(Self { signed, incident: id.parse().ok()?, rest, sent })
    }

    pub(super) fn act(&self) -> &str {
        self.get("act")
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.sent.get(name)
    }

    /// The next moment at which the clock shows this.
    pub(super) async fn next(&self, shown: &str) -> Option<Timestamp> {
        let case = self.signed.engine.case(&self.incident).await.ok()?;
        case.handbook.zone.next(shown, self.signed.engine.now())
    }

    /// The moment in this field.
    pub(super) async fn moment(&self, name: &str) -> Option<Timestamp> {
        let case = self.signed.engine.case(&self.incident).await.ok()?;
        read_moment(self.get(name), &case.handbook.zone)
    }

    /// Carries it out, and leads back to this panel.
    pub(super) async fn done(self, command: Command, panel: &str) -> Response {
        let by = self.signed.actor().await;
        let done = self.signed.engine.act(&self.incident, &command, &by).await;
        self.answer(done.map(|_| ()), panel).await
    }

    /// Leads back to this panel, or says why it was not carried out.
    pub(super) async fn answer(self, done: Result<(), EngineError>, panel: &str) -> Response {
        match done {
            Ok(()) => {
                let back = format!("/console/incident/{}?done#{panel}", self.incident);
                to(&back, StatusCode::SEE_OTHER)
            }
            Err(EngineError::Refused(why)) => {
                let said = refused::said(&why, self.signed.language().words());
                let status = refused::status(&why);
                self.again(said, status).await
            }
            Err(EngineError::Busy) => {
                let said = self.signed.language().words().room.refused.to_owned();
                self.again(said, StatusCode::CONFLICT).await
            }
            Err(error) => frame::failed(self.signed, &error),
        }
    }

    /// Nobody of the handbook was chosen.
    pub(super) async fn nobody(self) -> Response {
        let words = &self.signed.language().words().panel.refused;
        let said = (words.unknown)(self.get("to"));
        self.again(said, StatusCode::UNPROCESSABLE_ENTITY).await
    }

    /// Shows the room with what was typed, and what is wrong with it.
    pub(super) async fn again(self, hint: String, status: StatusCode) -> Response {
        let typed = Some((ask::id(&self.rest, self.act()), self.sent.clone()));
        let view = View { hint: Some(hint), status, typed, ..View::default() };
        page_of(self.signed, self.incident.as_str(), view).await
    }
}
