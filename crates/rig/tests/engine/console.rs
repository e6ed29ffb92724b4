//! The console over the real routes and a real engine.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use model::permission::Permission;
use model::value::PublicId;
use tower::ServiceExt as _;
use web::desk::Closed;
use web::door::Door;
use web::page::{Page, render};
use web::routes::Route;

use crate::both::Kind;
use crate::house::House;

mod book;
mod bring;
mod forgery;
mod left_out;
mod page;
mod passage;
mod people;
mod print;
mod room;
mod who;

/// Where the console stands in here.
const HERE: &str = "https://lage.lindenhof.example";

/// The house with its routes, and an account of each permission; `guest` is nobody of them.
struct Console {
    house: House,
    routes: Router,
}

/// A browser in which somebody is signed in, or nobody.
struct Browser {
    routes: Router,
    secret: String,
    /// What proves that a form was shown.
    form: String,
}

/// What a browser got.
#[derive(Debug)]
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    /// Empty where it never ends.
    text: String,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn location(&self) -> &str {
        self.header(header::LOCATION)
    }

    /// Somebody must sign in first, or may not do this.
    fn is_refused(&self) -> bool {
        let refused = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&self.status);
        refused || self.location().starts_with("/console/sign-in?next=")
    }
}

/// The name of the account that may do so much.
const fn name(may: Permission) -> &'static str {
    match may {
        Permission::Viewer => "vera",
        Permission::Writer => "willi",
        Permission::Approver => "anna",
        Permission::Administrator => "ada",
    }
}

impl Console {
    async fn build() -> Self {
        let house = House::build(Kind::Sqlite).await.unwrap();
        for may in Permission::ALL {
            house.account(name(may), may).await;
        }
        house.account("guest", Permission::Viewer).await;
        let door = Door::default();
        door.open(house.engine.clone());
        let site = render(&house.page().await, house.clock.now()).unwrap();
        let routes =
            web::routes::router(Page::new(site), Arc::new(Closed), door, house.clock.ticks());
        Self { house, routes }
    }

    /// A browser in which nobody is signed in.
    fn nobody(&self) -> Browser {
        Browser { routes: self.routes.clone(), secret: String::new(), form: String::new() }
    }

    /// An outage of the shop that somebody declared, and who may publish about it.
    async fn shop_down(&self) -> (Browser, PublicId) {
        let willi = self.browser("willi").await;
        willi.post("/console/declare", "plan=shop-down&state=major").await;
        self.house.turn().await;
        (self.browser("anna").await, self.house.only().await.id)
    }

    /// A browser in which this account is signed in.
    async fn browser(&self, name: &str) -> Browser {
        let secret = self.house.sign_in(name).await.unwrap();
        let session = self.house.engine.session(&secret).await.unwrap().unwrap();
        let form = self.house.engine.form_token(&session.id);
        Browser { routes: self.routes.clone(), secret, form }
    }

    /// Whether the browser is still signed in.
    async fn is_in(&self, browser: &Browser) -> bool {
        self.house.engine.session(&browser.secret).await.unwrap().is_some()
    }
}

impl Browser {
    async fn get(&self, path: &str) -> Answer {
        self.send(&Method::GET, path, "", &[]).await
    }

    /// Sends a form that was shown to this browser.
    async fn post(&self, path: &str, fields: &str) -> Answer {
        let body = format!("form={}&{fields}", self.form);
        self.send(&Method::POST, path, &body, &[("origin", HERE)]).await
    }

    async fn send(
        &self,
        method: &Method,
        path: &str,
        body: &str,
        headers: &[(&str, &str)],
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        request = request.header("host", HERE.trim_start_matches("https://"));
        if !self.secret.is_empty() {
            request = request.header("cookie", format!("x=1; __Host-notlicht={}", self.secret));
        }
        if !body.is_empty() {
            request = request.header("content-type", "application/x-www-form-urlencoded");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.answer(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    /// Sends a form with a file, whose parts `x-x` divides.
    async fn upload(&self, path: &str, body: Vec<u8>) -> Answer {
        let request = Request::builder().method(Method::POST).uri(path).header("origin", HERE);
        let request = request.header("host", HERE.trim_start_matches("https://"));
        let request = request.header("cookie", format!("__Host-notlicht={}", self.secret));
        let request = request.header("content-type", "multipart/form-data; boundary=x-x");
        self.answer(request.body(Body::from(body)).unwrap()).await
    }

    async fn answer(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.routes.clone().oneshot(request).await.unwrap().into_parts();
        let kind = parts.headers.get(header::CONTENT_TYPE);
        let endless = kind.is_some_and(|kind| kind == "text/event-stream");
        let bytes = if endless { "".into() } else { to_bytes(body, 1 << 22).await.unwrap() };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }
}

/// The route's path with something plausible in the place of each name.
fn path_of(route: &Route, incident: &str) -> String {
    let fill = |part: &str| match part.trim_matches(['{', '}', '*']) {
        "language" => "de",
        "page" => "history",
        "name" => "guest",
        "slot" => "update",
        "monitor" => "backup",
        "part" => "role",
        "number" | "old" | "new" => "1",
        "key" => "erika",
        "role" => "lead",
        "chain" => "night",
        "partner" => "hoster",
        "duty" => "payments",
        "stage" => "first",
        "component" => "forum",
        "seq" => "1",
        "at" if route.path.contains("texts") => "default/first",
        "at" => "people.toml/role.lead",
        "id" if route.path.contains("incident") => incident,
        _ => "x00000000000",
    };
    let fill = |part: &str| match part.starts_with(['{', '*']) {
        true => fill(part).to_owned(),
        false => part.to_owned(),
    };
    let path: Vec<String> = route.path.split('/').map(fill).collect();
    let path = path.join("/");
    if path.starts_with('/') { path } else { format!("/{path}") }
}
