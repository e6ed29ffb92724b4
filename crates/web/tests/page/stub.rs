//! A desk that remembers what was asked of it.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode};
use model::language::Language;
use model::notice::Kind;
use tower::ServiceExt as _;
use web::desk::{
    Act, Answering, Asking, ChoicesView, ConfirmView, Desk, DeskError, DeskView, FormView,
    HookWrong, Hooking, Intake, LeaveView, Part, Said, Stage, Taken, Wrong,
};
use web::page::{Page, render};

use crate::samples;

#[derive(Default)]
pub(crate) struct Stub(pub(crate) Mutex<Vec<String>>);

impl Stub {
    fn note(&self, what: String) {
        self.0.lock().unwrap().push(what);
    }

    pub(crate) fn noted(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    fn view(&self, token: &str) -> Result<DeskView, DeskError> {
        if token == "late" || token.starts_with("good") {
            let held = !self.noted().iter().any(|act| act.starts_with("act"));
            let notice = samples::outage().open[0].notices[0].clone();
            return Ok(DeskView {
                language: Language::DE,
                zone: "Europe/Berlin".to_owned(),
                now: samples::at(50),
                drill: token == "good-drill",
                title: "Anmeldung ausgefallen <b>".to_owned(),
                since: samples::at(47),
                stage: if held {
                    Stage::Held(samples::at(53))
                } else {
                    Stage::Published(samples::at(50))
                },
                notice: Some((Kind::First, notice.texts)),
                acts: if held { vec![Act::Hold, Act::Release, Act::Veto] } else { Vec::new() },
            });
        }
        Err(DeskError::BadLink)
    }
}

impl Intake for Stub {
    fn intake<'a>(
        &'a self,
        source: &'a str,
        token: &'a str,
        body: &'a [u8],
    ) -> Answering<'a, Taken> {
        Box::pin(async move {
            match (token, body) {
                ("good", b"") => Ok(Taken::Unreadable("line 1 column 0: nothing".to_owned())),
                ("good", _) => {
                    self.note(format!("intake {source} {}", body.len()));
                    Ok(Taken::Understood("1 report, 1 matched: shop".to_owned()))
                }
                _ => Err(DeskError::BadLink),
            }
        })
    }

    fn reply<'a>(
        &'a self,
        channel: &'a str,
        token: &'a str,
        said: Said<'a>,
    ) -> Answering<'a, Taken> {
        Box::pin(async move {
            if token != "good" {
                return Err(DeskError::BadLink);
            }
            self.note(format!("reply {channel} {} {} {}", said.query, said.kind, said.body.len()));
            Ok(match said.query {
                "first" => Taken::Understood("You have unsubscribed.".to_owned()),
                "" => Taken::Unreadable("from: there is no sender".to_owned()),
                _ => Taken::Understood(String::new()),
            })
        })
    }
}

impl Desk for Stub {
    fn look<'a>(&'a self, token: &'a str) -> Answering<'a, DeskView> {
        Box::pin(async move { self.view(token) })
    }

    fn act<'a>(
        &'a self,
        token: &'a str,
        act: Act,
        reason: Option<&'a str>,
    ) -> Answering<'a, DeskView> {
        Box::pin(async move {
            if token == "late" {
                return Err(DeskError::Refused);
            }
            self.view(token)?;
            self.note(format!("act {} {reason:?}", act.word()));
            self.view(token)
        })
    }

    fn leave_look<'a>(&'a self, _token: &'a str) -> Answering<'a, LeaveView> {
        Box::pin(async move {
            let left = self.noted().contains(&"leave".to_owned());
            Ok(LeaveView { language: Language::EN, address: "a…@x.example".to_owned(), left })
        })
    }

    fn leave<'a>(&'a self, token: &'a str) -> Answering<'a, LeaveView> {
        Box::pin(async move {
            self.note("leave".to_owned());
            self.leave_look(token).await
        })
    }

    fn form(&self) -> Answering<'_, FormView> {
        Box::pin(
            async move { Ok(FormView { stamp: "stamp".to_owned(), parts: parts(), hooks: true }) },
        )
    }

    fn ask<'a>(&'a self, asking: &'a Asking) -> Answering<'a, Option<Wrong>> {
        Box::pin(async move {
            if asking.stamp != "stamp" {
                return Ok(Some(Wrong::Stamp));
            }
            if !asking.address.ends_with("@x.example") {
                return Ok(Some(Wrong::Address));
            }
            if asking.components.is_empty() {
                return Ok(Some(Wrong::Components));
            }
            self.note(format!("ask {} {:?}", asking.address, asking.components));
            Ok(None)
        })
    }

    fn hook<'a>(&'a self, asking: &'a Asking) -> Answering<'a, Hooking> {
        Box::pin(async move {
            Ok(match asking.address.as_str() {
                "https://known.example/" => Hooking::Known,
                "https://mute.example/" => Hooking::Wrong(HookWrong::Unproven),
                "https://rest.example/" => Hooking::Wrong(HookWrong::Rest),
                good if good.starts_with("https://") => {
                    self.note(format!("hook {good} {:?}", asking.components));
                    Hooking::Done {
                        secret: "whsec_c2VjcmV0".to_owned(),
                        choices: "k1.w~1.x".to_owned(),
                        leave: "k1.u~1.x".to_owned(),
                    }
                }
                _ => Hooking::Wrong(HookWrong::Address),
            })
        })
    }

    fn confirm_look<'a>(&'a self, _token: &'a str) -> Answering<'a, ConfirmView> {
        Box::pin(async move {
            Ok(ConfirmView {
                language: Language::EN,
                address: "a…@x.example".to_owned(),
                chosen: vec![parts()[0].name.clone()],
                confirmed: self.noted().contains(&"confirm".to_owned()),
            })
        })
    }

    fn confirm<'a>(&'a self, _token: &'a str) -> Answering<'a, ()> {
        Box::pin(async move {
            self.note("confirm".to_owned());
            Ok(())
        })
    }

    fn choices<'a>(&'a self, _token: &'a str) -> Answering<'a, ChoicesView> {
        Box::pin(async move {
            Ok(ChoicesView {
                language: Language::EN,
                address: "a…@x.example".to_owned(),
                parts: parts(),
                chosen: Some(vec!["shop".to_owned()]),
                leave: "k1.u~1.x".to_owned(),
            })
        })
    }

    fn choose<'a>(
        &'a self,
        _token: &'a str,
        language: Language,
        components: &'a [String],
    ) -> Answering<'a, ()> {
        Box::pin(async move {
            if components.is_empty() {
                return Err(DeskError::Refused);
            }
            self.note(format!("choose {language} {components:?}"));
            Ok(())
        })
    }

    fn beat<'a>(&'a self, monitor: &'a str, token: &'a str) -> Answering<'a, ()> {
        Box::pin(async move {
            if token != "good" {
                return Err(DeskError::BadLink);
            }
            self.note(format!("beat {monitor}"));
            Ok(())
        })
    }
}

fn parts() -> Vec<Part> {
    let part =
        |key: &str, name: &str| Part { key: key.to_owned(), name: samples::both(name, name) };
    vec![part("shop", "Shop <b>"), part("forum", "Forum")]
}

/// The answer to a request.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.body.clone()).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A house in the middle of an outage.
pub(crate) fn house() -> (Router, Arc<Stub>, Page) {
    let page = Page::new(render(&samples::outage(), samples::at(71)).unwrap());
    let stub = Arc::new(Stub::default());
    let (desk, door) = (Arc::clone(&stub) as Arc<dyn Desk>, web::door::Door::default());
    (web::routes::router(page.clone(), desk, door, Arc::new(|| samples::at(71))), stub, page)
}

/// Asks; headers as pairs, a body where there is one.
pub(crate) async fn ask(
    router: &Router,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Body::from(body.to_owned())).unwrap();
    let answer = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = to_bytes(body, 1 << 20).await.unwrap().to_vec();
    Answer { status: parts.status, headers: parts.headers, body }
}
