//! Where there is no handbook yet: a few questions, and a draft to go on with.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use model::handbook::begin::Beginning;
use model::language::{Language, Zone};
use model::permission::Permission;

use super::desk;
use crate::console::account::{Tongue, status, tongues};
use crate::console::frame::{self, Area, Shell, show};
use crate::console::sent::Sent;
use crate::console::signed::Signed;
use crate::page::serve::to;

/// The zone that is offered.
const ZONE: &str = "Europe/Berlin";

#[derive(Template)]
#[template(path = "console/handbook/begin.html")]
struct Page {
    shell: Shell,
    hint: Option<&'static str>,
    may: bool,
    community: String,
    languages: Vec<Tongue>,
    main: Vec<Tongue>,
    zone: String,
    page: String,
    responsible: String,
}

/// The questions; whoever has answered them goes on with the draft.
pub(super) async fn look(signed: &Signed) -> Response {
    match desk::own(signed).await {
        Ok(Some(own)) if own.draft.revision > 0 => {
            to(&format!("{}/draft", super::HERE), StatusCode::SEE_OTHER)
        }
        Ok(_) => page(signed, &Sent::default(), None),
        Err(error) => frame::failed(signed, &error),
    }
}

/// Makes the draft of a first version of the answers.
pub(crate) async fn begin(signed: Signed, sent: Sent) -> Response {
    let beginning = match read(&signed, &sent) {
        Ok(beginning) => beginning,
        Err(hint) => return page(&signed, &sent, Some(hint)),
    };
    match desk::begin(&signed, beginning.files()).await {
        Ok(()) => to(&format!("{}/draft", super::HERE), StatusCode::SEE_OTHER),
        Err(error) => frame::failed(&signed, &error),
    }
}

/// The answers, or what is wrong with them.
fn read(signed: &Signed, sent: &Sent) -> Result<Beginning, &'static str> {
    let words = signed.language().words().drafts;
    let answer = |name| Some(sent.get(name).trim()).filter(|answer| !answer.is_empty());
    let answers = (answer("community"), answer("zone"), answer("page"), answer("responsible"));
    let (Some(community), Some(zone), Some(page), Some(responsible)) = answers else {
        return Err(words.begin_missing);
    };
    let mut languages: Vec<Language> =
        sent.all("language").filter_map(|tag| tag.parse().ok()).collect();
    let main: Option<Language> = sent.get("main").parse().ok();
    languages.sort_by_key(|one| Some(*one) != main);
    languages.dedup();
    if languages.is_empty() {
        return Err(words.begin_missing);
    }
    if Zone::named(zone).is_none() {
        return Err(words.bad_zone);
    }
    if !["https://", "http://"].iter().any(|scheme| page.starts_with(scheme)) {
        return Err(words.bad_page);
    }
    Ok(Beginning {
        community: community.to_owned(),
        languages,
        zone: zone.to_owned(),
        page: page.to_owned(),
        responsible: responsible.replace("\r\n", "\n"),
        person: signed.session.account.name.clone(),
        language: signed.language(),
    })
}

fn page(signed: &Signed, sent: &Sent, hint: Option<&'static str>) -> Response {
    let words = signed.language().words().drafts;
    let own = signed.language();
    let mut languages = tongues(own);
    if sent.all("language").next().is_some() {
        for one in &mut languages {
            one.on = sent.all("language").any(|tag| tag == one.tag);
        }
    }
    let zone = Some(sent.get("zone")).filter(|zone| !zone.is_empty()).unwrap_or(ZONE);
    let page = Page {
        shell: signed.shell().at(Area::Handbook, words.begin_head),
        may: signed.may(Permission::Writer),
        community: sent.get("community").to_owned(),
        languages,
        main: tongues(sent.get("main").parse().unwrap_or(own)),
        zone: zone.to_owned(),
        page: sent.get("page").to_owned(),
        responsible: sent.get("responsible").to_owned(),
        hint,
    };
    show(status(hint.is_some()), page.render())
}
