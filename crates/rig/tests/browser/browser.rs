//! A real Chromium, and pages in it.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::findings::{Findings, WORLD};
use crate::page::Page;
use crate::pipe::{Pipe, program};

/// Light or dark, as the person at the machine has chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scheme {
    Light,
    Dark,
}

/// Width and height in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size(pub(crate) u32, pub(crate) u32);

/// A telephone.
pub(crate) const PHONE: Size = Size(390, 844);
/// A desk.
pub(crate) const DESK: Size = Size(1440, 900);

/// A browser; it ends when the last page of it is dropped.
#[derive(Clone)]
pub(crate) struct Browser {
    pipe: Arc<Pipe>,
    root: String,
}

/// Reports what breaks the policy. It stands in a world of its own, which the page cannot see.
const REPORTER: &str = "addEventListener('securitypolicyviolation', e => rig(
    `${e.violatedDirective} ${e.blockedURI} ${e.sample} in ${location.pathname}`), true)";

impl Browser {
    /// Starts it for the pages at this address (`http://127.0.0.1:1234`). Nothing where there is no
    /// Chromium: said loudly, and a fault with `CI=true`.
    pub(crate) fn start(root: &str) -> Option<Self> {
        let Some(program) = program() else {
            let told = "NOT RUN: the browser tests: install chromium";
            assert!(std::env::var("CI").as_deref() != Ok("true"), "{told}");
            eprintln!("!! {told}");
            return None;
        };
        Some(Self { pipe: Arc::new(Pipe::start(&program)), root: root.to_owned() })
    }

    /// A window of this size for a person of its own: no cookie is shared with another.
    pub(crate) async fn open(&self, size: Size, scheme: Scheme) -> Page {
        let ask = async |session: Option<&str>, method: &str, params: Value| {
            let answer = self.pipe.ask(session, method, params).await;
            answer.unwrap_or_else(|why| panic!("{method}: {why}"))
        };
        let own = ask(None, "Target.createBrowserContext", json!({})).await;
        let target = json!({"url": "about:blank", "browserContextId": own["browserContextId"]});
        let target = ask(None, "Target.createTarget", target).await;
        let id = target["targetId"].as_str().unwrap().to_owned();
        let attach = json!({"targetId": id, "flatten": true});
        let session = ask(None, "Target.attachToTarget", attach).await;
        let session = session["sessionId"].as_str().unwrap().to_owned();
        let findings = Findings::new();
        self.pipe.note(&session, Arc::clone(&findings));
        let reporter = json!({"source": REPORTER, "worldName": WORLD});
        for (method, params) in [
            ("Page.enable", json!({})),
            ("Runtime.enable", json!({})),
            ("Log.enable", json!({})),
            ("Network.enable", json!({})),
            ("Runtime.addBinding", json!({"name": WORLD, "executionContextName": WORLD})),
            ("Page.addScriptToEvaluateOnNewDocument", reporter),
        ] {
            ask(Some(&session), method, params).await;
        }
        let page = Page {
            pipe: Arc::clone(&self.pipe),
            session,
            // The target of a window is also the id of its outermost frame.
            frame: id,
            root: self.root.clone(),
            findings,
        };
        page.resize(size).await;
        page.wear(scheme).await;
        page
    }
}
