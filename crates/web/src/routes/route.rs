//! What is said of a route, and the sorts of routes that there are.

use axum::http::Method;
use axum::routing::MethodRouter;
use model::permission::Permission;
use model::value::Span;

use crate::api::doc::Doc;
use crate::page::Cache;
use crate::page::serve::House;
use crate::rate::Rate;
use crate::shield::Elsewhere;

/// Who may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Everybody.
    All,
    /// Whoever holds the secret token in the path.
    Token,
    /// Whoever is signed in to the console and may do so much.
    Account(Permission),
    /// A program that shows a token in its header which may do so much.
    Bearer(Permission),
}

/// How a request that a foreign page makes in somebody's browser is kept out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Forgery {
    /// The request changes nothing.
    Harmless,
    /// Refused when the browser says that it comes from another site.
    SameSite,
    /// Refused unless the browser says that it comes from here; where somebody is signed in, the
    /// form's own token is needed too.
    SameOrigin,
    /// No browser is involved, or the standard wants it without a check (RFC 8058); the token
    /// alone decides.
    Machine,
}

/// One route.
#[derive(Debug, Clone)]
pub struct Route {
    /// GET answers HEAD as well.
    pub method: Method,
    /// With names in braces; `*` is every path that no other route has.
    pub path: &'static str,
    /// Who may.
    pub who: Who,
    /// The forgery check.
    pub forgery: Forgery,
    /// The largest body in bytes.
    pub limit: usize,
    /// How often one visitor may; as often as one likes where there is none.
    pub rate: Option<Rate>,
    /// What other sites may show of the answer.
    pub elsewhere: Elsewhere,
    /// How long others may keep the answer; none where each resource says it.
    pub cache: Option<Cache>,
    /// What the API's document says of it: everything under `/api/v1/` has that.
    pub(crate) doc: Option<&'static Doc>,
    /// What answers.
    pub(super) answer: Answer,
}

/// Makes what answers.
type Answer = fn() -> MethodRouter<House>;

pub(super) const FORM: usize = 16 * 1024;
/// A notice in several languages, and then some.
pub(super) const DRAFT: usize = 256 * 1024;
/// An Alertmanager sends all alerts of a group at once.
const REPORTS: usize = 1024 * 1024;

/// Enough for an office behind one address, too little to write to the world's addresses or to
/// guess passwords.
pub(super) const FORMS: Rate = Rate { burst: 30, each: Span::seconds(10) };
/// We call whatever address is written there: nobody needs many.
pub(super) const HOOKS: Rate = Rate { burst: 6, each: Span::minutes(2) };
/// Presses of buttons behind links. More than people can press.
const PRESSES: Rate = Rate { burst: 120, each: Span::seconds(1) };
/// Everything of a large site may report from one address.
const REPORTED: Rate = Rate { burst: 1200, each: Span::millis(50) };

impl Route {
    /// One that may be asked as often as one likes, of which others may show nothing, that is kept
    /// nowhere, and of which no document tells.
    const fn new(
        method: Method,
        path: &'static str,
        who: Who,
        forgery: Forgery,
        limit: usize,
        answer: Answer,
    ) -> Self {
        let (rate, elsewhere, cache, doc) = (None, Elsewhere::Nothing, Some(Cache::Never), None);
        Self { method, path, who, forgery, limit, rate, elsewhere, cache, doc, answer }
    }

    /// One visitor may only so often.
    const fn at_most(mut self, rate: Rate) -> Self {
        self.rate = Some(rate);
        self
    }

    /// Others may keep the answer for so long.
    const fn kept(mut self, cache: Option<Cache>) -> Self {
        self.cache = cache;
        self
    }

    /// The API's document says this of it.
    const fn told(mut self, doc: &'static Doc) -> Self {
        self.doc = Some(doc);
        self
    }
}

/// For everybody to read.
pub(super) const fn read(path: &'static str, cache: Option<Cache>, answer: Answer) -> Route {
    Route::new(Method::GET, path, Who::All, Forgery::Harmless, 0, answer).kept(cache)
}

/// For other sites to show.
pub(super) const fn shown(
    path: &'static str,
    elsewhere: Elsewhere,
    cache: Option<Cache>,
    answer: Answer,
) -> Route {
    let mut route = read(path, cache, answer);
    route.elsewhere = elsewhere;
    route
}

/// What a link leads to.
pub(super) const fn look(path: &'static str, answer: Answer) -> Route {
    Route::new(Method::GET, path, Who::Token, Forgery::Harmless, 0, answer)
}

/// A form for everybody.
pub(super) const fn send(path: &'static str, rate: Rate, answer: Answer) -> Route {
    Route::new(Method::POST, path, Who::All, Forgery::SameSite, FORM, answer).at_most(rate)
}

/// The form behind a link.
pub(super) const fn write(path: &'static str, answer: Answer) -> Route {
    Route::new(Method::POST, path, Who::Token, Forgery::SameSite, FORM, answer).at_most(PRESSES)
}

/// Leaving, which is never too often: a mailbox provider leaves for thousands from one address and
/// may not come back. A link that is none of ours costs us a hash and no look into the database.
pub(super) const fn leave(path: &'static str, answer: Answer) -> Route {
    Route::new(Method::POST, path, Who::Token, Forgery::Machine, FORM, answer)
}

/// A sign of life, or what somebody answered to a message.
pub(super) const fn beat(path: &'static str, answer: Answer) -> Route {
    Route::new(Method::POST, path, Who::Token, Forgery::Machine, FORM, answer).at_most(REPORTED)
}

/// What other programs report.
pub(super) const fn report(path: &'static str, answer: Answer) -> Route {
    Route::new(Method::POST, path, Who::Token, Forgery::Machine, REPORTS, answer).at_most(REPORTED)
}

/// Signing in.
pub(super) const fn enter(path: &'static str, answer: Answer) -> Route {
    Route::new(Method::POST, path, Who::All, Forgery::SameOrigin, FORM, answer).at_most(FORMS)
}

/// A page of the console.
pub(super) const fn see(path: &'static str, needed: Permission, answer: Answer) -> Route {
    Route::new(Method::GET, path, Who::Account(needed), Forgery::Harmless, 0, answer)
}

/// A form of the console.
pub(super) const fn act(
    path: &'static str,
    needed: Permission,
    limit: usize,
    answer: Answer,
) -> Route {
    Route::new(Method::POST, path, Who::Account(needed), Forgery::SameOrigin, limit, answer)
}

/// What the API tells everybody of itself.
pub(super) const fn open(path: &'static str, answer: Answer, doc: &'static Doc) -> Route {
    read(path, Some(Cache::Brief), answer).told(doc)
}

/// What a program may look at.
pub(super) const fn ask(path: &'static str, answer: Answer, doc: &'static Doc) -> Route {
    let who = Who::Bearer(Permission::Viewer);
    Route::new(Method::GET, path, who, Forgery::Harmless, 0, answer).told(doc)
}

/// What a program may look at that has people's addresses in it.
pub(super) const fn confide(path: &'static str, answer: Answer, doc: &'static Doc) -> Route {
    let who = Who::Bearer(Permission::SEES_ADDRESSES);
    Route::new(Method::GET, path, who, Forgery::Harmless, 0, answer).told(doc)
}

/// What a program does.
pub(super) const fn tell(
    path: &'static str,
    needed: Permission,
    answer: Answer,
    doc: &'static Doc,
) -> Route {
    let who = Who::Bearer(needed);
    Route::new(Method::POST, path, who, Forgery::Machine, DRAFT, answer).told(doc)
}

/// What a program says of the room who may write.
pub(super) const fn say(path: &'static str, answer: Answer, doc: &'static Doc) -> Route {
    tell(path, Permission::Writer, answer, doc)
}

/// What a program keeps under this path.
pub(super) const fn keep(path: &'static str, answer: Answer, doc: &'static Doc) -> Route {
    let who = Who::Bearer(Permission::Writer);
    Route::new(Method::PUT, path, who, Forgery::Machine, DRAFT, answer).told(doc)
}
