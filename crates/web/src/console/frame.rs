//! What surrounds every page of the console, and the pages that say why something does not go.

use askama::Template;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use engine::EngineError;
use model::language::{Language, Words};
use model::permission::Permission;

use super::asset;
use super::signed::Signed;
use crate::page::Site;

/// Where one is, for the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Area {
    Home,
    Handbook,
    Channels,
    People,
    Account,
    Elsewhere,
}

/// Head, top and foot.
pub(super) struct Shell {
    pub(super) words: &'static Words,
    pub(super) community: String,
    pub(super) style: String,
    pub(super) console_style: String,
    pub(super) script: String,
    /// The script of the handbook's forms.
    pub(super) handbook_script: String,
    pub(super) title: String,
    pub(super) area: Area,
    /// Something is open: the sign is lit.
    pub(super) lit: bool,
    pub(super) drill: bool,
    /// Who is signed in: name and permission.
    pub(super) who: Option<(String, &'static str)>,
    pub(super) administers: bool,
    /// Proves that a form was shown to this session.
    pub(super) form: String,
}

impl Shell {
    pub(super) fn bare(site: &Site, language: Language) -> Self {
        Self {
            words: language.words(),
            community: site.community().to_owned(),
            style: site.style().to_owned(),
            console_style: asset::style_path(),
            script: asset::script_path(),
            handbook_script: asset::handbook_path(),
            title: String::new(),
            area: Area::Elsewhere,
            lit: false,
            drill: false,
            who: None,
            administers: false,
            form: String::new(),
        }
    }

    pub(super) fn of(signed: &Signed) -> Self {
        let (account, language) = (&signed.session.account, signed.language());
        Self {
            who: Some((account.name.to_string(), account.permission.label(language))),
            administers: signed.may(Permission::Administrator),
            form: signed.engine.form_token(&signed.session.id),
            ..Self::bare(&signed.site, language)
        }
    }

    /// The same as this page in this area.
    pub(super) fn at(mut self, area: Area, title: impl Into<String>) -> Self {
        self.area = area;
        self.title = title.into();
        self
    }

    pub(super) fn sign(&self) -> &'static str {
        if self.lit { "sign" } else { "sign-ready" }
    }
}

impl Signed {
    /// What stands around every page that this person sees.
    pub(super) fn shell(&self) -> Shell {
        Shell::of(self)
    }
}

#[derive(Template)]
#[template(path = "console/message.html")]
struct Message<'a> {
    shell: &'a Shell,
    head: &'a str,
    lede: &'a str,
    /// A link that helps: address and label.
    link: Option<(&'a str, &'a str)>,
}

/// A page, or the fault that it does not render.
pub(super) fn show(status: StatusCode, page: askama::Result<String>) -> Response {
    match page {
        Ok(html) => {
            let robots = HeaderValue::from_static("noindex");
            (status, [(header::HeaderName::from_static("x-robots-tag"), robots)], Html(html))
                .into_response()
        }
        Err(error) => {
            tracing::error!(%error, "a template does not render, please report this fault");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

fn say(
    shell: &Shell,
    status: StatusCode,
    head: &str,
    lede: &str,
    link: Option<(&str, &str)>,
) -> Response {
    show(status, Message { shell, head, lede, link }.render())
}

/// The database does not answer.
pub(super) fn dark(site: &Site, language: Language) -> Response {
    let say_it = &language.words().console;
    let shell = Shell::bare(site, language).at(Area::Elsewhere, say_it.dark);
    say(&shell, StatusCode::SERVICE_UNAVAILABLE, say_it.dark, say_it.dark_lede, None)
}

/// The session is over, and something was sent.
pub(super) fn over(site: &Site, language: Language) -> Response {
    let say_it = &language.words().console;
    let shell = Shell::bare(site, language).at(Area::Elsewhere, say_it.over);
    let link = Some(("/console/sign-in", say_it.sign_in));
    say(&shell, StatusCode::UNAUTHORIZED, say_it.over, say_it.over_lede, link)
}

/// The permission is not enough.
pub(super) fn forbidden(shell: &Shell, needed: Permission) -> Response {
    let language = shell.words.tag.parse().unwrap_or(Language::DE);
    let say_it = &shell.words.console;
    let lede = (say_it.forbidden_lede)(needed.label(language));
    let link = Some(("/console/", say_it.home));
    say(shell, StatusCode::FORBIDDEN, say_it.forbidden, &lede, link)
}

/// No page of ours sent this.
pub(super) fn foreign(shell: &Shell) -> Response {
    let say_it = &shell.words.console;
    let link = Some(("/console/", say_it.home));
    say(shell, StatusCode::FORBIDDEN, say_it.foreign, say_it.foreign_lede, link)
}

/// What a form was about is not open any more.
pub(super) fn closed(shell: &Shell) -> Response {
    let drafts = &shell.words.drafts;
    let link = Some(("/console/handbook", shell.words.handbook.head));
    say(shell, StatusCode::CONFLICT, drafts.not_open, drafts.not_open_lede, link)
}

/// There is no such thing.
pub(super) fn nothing(shell: &Shell) -> Response {
    let say_it = &shell.words.console;
    let link = Some(("/console/", say_it.home));
    say(shell, StatusCode::NOT_FOUND, say_it.nothing, say_it.nothing_lede, link)
}

/// What a verb said instead of doing it.
pub(super) fn failed(signed: &Signed, error: &EngineError) -> Response {
    match error {
        EngineError::NoIncident(_) | EngineError::Unknown { .. } | EngineError::NoDraft(_) => {
            nothing(&signed.shell())
        }
        EngineError::NoHandbook => {
            let language_words = signed.language().words();
            let (shell, words) = (signed.shell(), language_words.console);
            let link = Some(("/console/handbook", language_words.handbook.head));
            let (head, lede) = (words.no_handbook, words.no_handbook_lede);
            say(&shell.at(Area::Home, head), StatusCode::OK, head, lede, link)
        }
        error => {
            tracing::error!(%error, "the console could not do what was asked");
            dark(&signed.site, signed.language())
        }
    }
}
