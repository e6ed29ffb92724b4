//! One report of a duty: what must be in it, the text to be sent, and what was sent.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::Response;
use engine::EngineError;
use model::handbook::duty::{Duty, Stage};
use model::incident::{Command, DutyCommand, report as prepared};
use model::language::Localized;
use model::permission::Permission;
use model::value::{Key, PublicId};

use super::refused;
use super::scene::{Scene, read_moment};
use crate::console::frame::{self, Area, Shell, show};
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

#[derive(Template)]
#[template(path = "console/report.html")]
struct Report<'a> {
    shell: Shell,
    scene: &'a Scene,
    hint: Option<String>,
    law: String,
    source: &'a str,
    to: String,
    /// What else is to be known of it.
    notes: Vec<String>,
    /// What must be in it.
    content: Vec<String>,
    path: String,
    /// The incident that it is about.
    incident: String,
    /// When it is due, and whether that has passed.
    due: Option<(String, bool)>,
    /// Whether it was decided that the duty applies.
    applies: bool,
    /// What was sent: when, and the text.
    sent: Option<(String, String)>,
    text: String,
    at: String,
    writes: bool,
}

/// What somebody typed that was not taken: the text and the moment.
struct Typed<'a>(&'a Sent, String);

/// The page of a report.
pub(crate) async fn look(
    signed: Signed,
    Path((id, duty, stage)): Path<(String, String, String)>,
) -> Response {
    page(&signed, (&id, &duty, &stage), None, StatusCode::OK).await
}

/// Somebody sent it.
pub(crate) async fn send(
    signed: Signed,
    Path((id, duty, stage)): Path<(String, String, String)>,
    sent: Sent,
) -> Response {
    let place = (id.as_str(), duty.as_str(), stage.as_str());
    let (Ok(incident), Ok(duty), Ok(stage)) =
        (id.parse::<PublicId>(), duty.parse::<Key>(), stage.parse::<Key>())
    else {
        return frame::nothing(&signed.shell());
    };
    let case = match signed.engine.case(&incident).await {
        Ok(case) => case,
        Err(error) => return frame::failed(&signed, &error),
    };
    let words = signed.language().words();
    let Some(at) = read_moment(sent.get("at"), &case.handbook.zone) else {
        let hint = words.panel.duties.bad_moment.to_owned();
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return page(&signed, place, Some(Typed(&sent, hint)), status).await;
    };
    let text = sent.get("text").replace("\r\n", "\n");
    let command = Command::Duty(DutyCommand::Sent { duty, stage, at: Some(at), text });
    match signed.engine.act(&incident, &command, &signed.actor().await).await {
        Ok(_) => to(&format!("/console/incident/{incident}?done#duties"), StatusCode::SEE_OTHER),
        Err(EngineError::Refused(why)) => {
            let hint = refused::said(&why, words).to_owned();
            let status = refused::status(&why);
            page(&signed, place, Some(Typed(&sent, hint)), status).await
        }
        Err(error) => frame::failed(&signed, &error),
    }
}

async fn page(
    signed: &Signed,
    (id, duty, stage): (&str, &str, &str),
    typed: Option<Typed<'_>>,
    status: StatusCode,
) -> Response {
    let Ok(id) = id.parse::<PublicId>() else { return frame::nothing(&signed.shell()) };
    let scene = match Scene::gather_again(signed, &id, Some((0, 0))).await {
        Ok(scene) => scene,
        Err(error) => return frame::failed(signed, &error),
    };
    let duty = scene.case.handbook.duties.values().find(|one| one.key.as_str() == duty);
    let stages = duty.into_iter().flat_map(|duty| &duty.stages);
    let stage = stages.into_iter().find(|one| one.key.as_str() == stage);
    let (Some(duty), Some(stage)) = (duty, stage) else { return frame::nothing(&signed.shell()) };
    show(status, report(signed, &scene, duty, stage, typed).render())
}

fn report<'a>(
    signed: &Signed,
    scene: &'a Scene,
    duty: &'a Duty,
    stage: &'a Stage,
    typed: Option<Typed<'_>>,
) -> Report<'a> {
    let incident = scene.incident();
    let obligation = incident.duties.get(&duty.key).filter(|one| one.applies);
    let sent = obligation.and_then(|one| one.sent.get(&stage.key));
    let due = obligation.and_then(|one| stage.due(&one.clocks, scene.zone()));
    let words = &scene.words.panel.duties;
    let say = |text: &Localized| text.get(scene.language).to_owned();
    let only_if = stage.only_if.as_ref().map(|said| (words.only_if)(&say(said)));
    let unconfirmed = duty.unconfirmed.as_ref().map(|said| (words.unconfirmed)(&say(said)));
    let full = |at| scene.zone().full(at, scene.language);
    let title = format!("{}: {}", say(&duty.title), say(&stage.title));
    let mut shell = signed.shell().at(Area::Elsewhere, title);
    shell.drill = incident.drill;
    shell.lit = incident.is_open();
    let prepared = || {
        let names = |key: &Key| scene.known(key);
        let handbook = &scene.case.handbook;
        prepared(handbook, incident, &duty.key, &stage.key, scene.language, &names)
            .unwrap_or_default()
    };
    let (text, at) = match &typed {
        Some(Typed(sent, _)) => (sent.get("text").to_owned(), sent.get("at").to_owned()),
        None => (prepared(), scene.wall(scene.now)),
    };
    Report {
        shell,
        scene,
        hint: typed.map(|Typed(_, hint)| hint),
        law: say(&duty.law),
        source: &duty.source,
        to: (words.to)(&say(&duty.to)),
        notes: only_if.into_iter().chain(unconfirmed).collect(),
        content: stage.content.iter().map(say).collect(),
        path: scene.path(&format!("/report/{}/{}", duty.key, stage.key)),
        incident: scene.title(),
        due: due.map(|at| (full(at), sent.is_none() && at <= scene.now)),
        applies: obligation.is_some(),
        sent: sent.map(|one| (full(one.at), one.text.clone())),
        text,
        at,
        writes: obligation.is_some() && scene.may(Permission::Writer),
    }
}
