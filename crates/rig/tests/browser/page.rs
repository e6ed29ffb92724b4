//! A page as a person uses it: look, click, type, press. Everything waits for what is to be there,
//! and nothing waits for a time.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::{Scheme, Size};
use crate::findings::{Findings, Noted, WORLD};
use crate::house::{PATIENCE, until};
use crate::pipe::Pipe;

/// A window with a page.
pub(crate) struct Page {
    pub(crate) pipe: Arc<Pipe>,
    pub(crate) session: String,
    pub(crate) frame: String,
    pub(crate) root: String,
    pub(crate) findings: Arc<Findings>,
}

impl Page {
    /// Asks the browser about this page.
    pub(crate) async fn ask(&self, method: &str, params: Value) -> Result<Value, String> {
        self.pipe.ask(Some(&self.session), method, params).await
    }

    async fn must(&self, method: &str, params: Value) -> Value {
        self.ask(method, params).await.unwrap_or_else(|why| panic!("{method}: {why}"))
    }

    pub(crate) async fn resize(&self, Size(width, height): Size) {
        let size = json!({"width": width, "height": height, "deviceScaleFactor": 1,
            "mobile": false});
        self.must("Emulation.setDeviceMetricsOverride", size).await;
    }

    pub(crate) async fn wear(&self, scheme: Scheme) {
        let value = if scheme == Scheme::Dark { "dark" } else { "light" };
        let features = json!([{"name": "prefers-color-scheme", "value": value}]);
        self.must("Emulation.setEmulatedMedia", json!({"features": features})).await;
    }

    /// Whether the page may run scripts; they can from the start.
    pub(crate) async fn scripts(&self, may: bool) {
        self.must("Emulation.setScriptExecutionDisabled", json!({"value": !may})).await;
    }

    /// Opens a path of the page, or a whole address, and waits until it is loaded; gives its status.
    pub(crate) async fn goto(&self, path: &str) -> i64 {
        let url =
            if path.starts_with('/') { format!("{}{path}", self.root) } else { path.to_owned() };
        let before = self.findings.noted();
        let gone = self.must("Page.navigate", json!({"url": url})).await;
        assert!(gone["errorText"].is_null(), "{url}: {}", gone["errorText"]);
        if gone["loaderId"].is_null() {
            return 0; // Only the part behind # is new.
        }
        let loaded = |noted: &Noted| noted.loaded > before.loaded;
        let loading = tokio::time::timeout(PATIENCE, self.findings.until(loaded));
        loading.await.unwrap_or_else(|_| panic!("{url} is never loaded"));
        self.settled().await;
        self.findings.noted().answers.last().map_or(0, |(_, status)| *status)
    }

    /// Opens a path again and again until one of these is there and says this: finished pages are
    /// made anew within moments.
    pub(crate) async fn shows(&self, path: &str, css: &str, says: &str) {
        let one = format!(
            "[...document.querySelectorAll({})].some(one => one.innerText.includes({}))",
            json!(css),
            json!(says)
        );
        let look = || async {
            self.goto(path).await;
            (self.eval(&one).await == Ok(Value::Bool(true))).then_some(())
        };
        if until(PATIENCE, look).await.is_none() {
            self.give_up(&format!("{path} never shows “{says}” in “{css}”")).await
        }
    }

    /// Waits until no page is on its way.
    async fn settled(&self) {
        // What a press sets off is noted before the answer to a question asked after it.
        for _ in 0..2 {
            let _ = self.ask("Runtime.evaluate", json!({"expression": "0"})).await;
        }
        let still = self.findings.until(|noted| !noted.loading);
        tokio::time::timeout(PATIENCE, still).await.expect("the page is loaded at last");
    }

    /// The value of an expression in a world of our own, which sees the page but not its scripts.
    pub(crate) async fn eval(&self, expression: &str) -> Result<Value, String> {
        let world = json!({"frameId": self.frame, "worldName": WORLD, "grantUniveralAccess": true});
        let world = self.ask("Page.createIsolatedWorld", world).await?;
        let asked = json!({"expression": expression, "contextId": world["executionContextId"],
            "awaitPromise": true, "returnByValue": true});
        value(self.ask("Runtime.evaluate", asked).await?)
    }

    /// The value of an expression as a script of the page would see it.
    pub(crate) async fn own(&self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "returnByValue": true});
        value(self.must("Runtime.evaluate", asked).await).unwrap()
    }

    /// Asks for an expression until it gives something; a page that goes meanwhile does not matter.
    pub(crate) async fn wait(&self, what: &str, expression: &str) -> Value {
        let ask = || async {
            let found = self.eval(expression).await.ok()?;
            (!matches!(found, Value::Null | Value::Bool(false))).then_some(found)
        };
        match until(PATIENCE, ask).await {
            Some(found) => found,
            None => self.give_up(what).await,
        }
    }

    /// Panics with what the page shows, and puts a picture beside it.
    async fn give_up(&self, what: &str) -> ! {
        let shown = self.eval("location.href + '\\n' + document.body.innerText").await;
        let shown = shown.unwrap_or_default().as_str().unwrap_or_default().to_owned();
        let picture = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("given-up.png");
        self.screenshot(&picture).await;
        let shown: String = shown.chars().take(1500).collect();
        panic!("{what}; see {}; the page shows:\n{shown}", picture.display())
    }

    /// Waits until this is there and visible.
    pub(crate) async fn wait_for(&self, css: &str) {
        let there = format!("{}?.checkVisibility()", found(css));
        self.wait(&format!("“{css}” does not come"), &there).await;
    }

    /// Waits until this is no longer there, or hidden.
    pub(crate) async fn wait_gone(&self, css: &str) {
        let gone = format!("!{}?.checkVisibility()", found(css));
        self.wait(&format!("“{css}” does not go"), &gone).await;
    }

    /// Waits until one of these says this; gives all that it says.
    pub(crate) async fn wait_text(&self, css: &str, says: &str) -> String {
        let (css_text, says_text) = (json!(css), json!(says));
        let one = format!(
            "[...document.querySelectorAll({css_text})].map(one => one.innerText)
                .find(text => text.includes({says_text}))"
        );
        let said = self.wait(&format!("“{css}” does not say “{says}”"), &one).await;
        said.as_str().unwrap().to_owned()
    }

    /// What this says, as soon as it is there.
    pub(crate) async fn text(&self, css: &str) -> String {
        self.wait_for(css).await;
        let said = self.wait(css, &format!("'' + {}?.innerText + '\\n'", found(css))).await;
        said.as_str().unwrap().trim_end_matches('\n').to_owned()
    }

    /// What is typed or chosen in this field.
    pub(crate) async fn value(&self, css: &str) -> String {
        self.wait_for(css).await;
        let said = self.wait(css, &format!("'.' + {}?.value", found(css))).await;
        said.as_str().unwrap()[1..].to_owned()
    }

    /// How many of these there are now.
    pub(crate) async fn count(&self, css: &str) -> u64 {
        let all = format!("document.querySelectorAll({}).length", json!(css));
        self.eval(&all).await.unwrap().as_u64().unwrap()
    }

    /// The path and what follows it.
    pub(crate) async fn path(&self) -> String {
        let at = "location.pathname + location.search + location.hash";
        self.eval(at).await.unwrap().as_str().unwrap().to_owned()
    }

    /// Clicks in the middle of this with the mouse, once it is there, visible and covered by
    /// nothing; when that leads to another page, waits until it is loaded.
    pub(crate) async fn click(&self, css: &str) {
        let spot = format!(
            "(() => {{
                const one = {};
                if (!one?.checkVisibility() || one.disabled) return null;
                one.scrollIntoView({{block: 'center', inline: 'center', behavior: 'instant'}});
                const box = [...one.getClientRects()].find(box => box.width && box.height);
                if (!box) return null;
                const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
                const hit = document.elementFromPoint(x, y);
                return one.contains(hit) || hit?.closest('label')?.control === one ? [x, y] : null;
            }})()",
            found(css)
        );
        let spot = self.wait(&format!("“{css}” cannot be clicked"), &spot).await;
        for (kind, count) in [("mouseMoved", 0), ("mousePressed", 1), ("mouseReleased", 1)] {
            let button = if count == 0 { "none" } else { "left" };
            let mouse = json!({"type": kind, "x": spot[0], "y": spot[1], "button": button,
                "clickCount": count});
            self.must("Input.dispatchMouseEvent", mouse).await;
        }
        self.settled().await;
    }

    /// Clicks into this field and types the text in the place of what stands there.
    pub(crate) async fn type_into(&self, css: &str, text: &str) {
        self.click(css).await;
        let select = format!("({}.select?.(), true)", found(css));
        self.wait(&format!("“{css}” is no field"), &select).await;
        if text.is_empty() {
            self.press("Delete").await;
        } else {
            self.must("Input.insertText", json!({"text": text})).await;
        }
    }

    /// Chooses in a list by its value, as the browser does for a person.
    pub(crate) async fn choose(&self, css: &str, value: &str) {
        let choose = format!(
            "(() => {{
                const one = {};
                if (![...(one?.options ?? [])].some(option => option.value === {value}))
                    return null;
                one.value = {value};
                one.dispatchEvent(new Event('input', {{bubbles: true}}));
                one.dispatchEvent(new Event('change', {{bubbles: true}}));
                return true;
            }})()",
            found(css),
            value = json!(value)
        );
        self.wait(&format!("“{css}” has no “{value}”"), &choose).await;
        self.settled().await;
    }

    /// Presses keys one after the other: `Tab`, `Shift+Tab`, `Enter`, `Space`, `a`.
    pub(crate) async fn press(&self, keys: &str) {
        for key in keys.split_whitespace() {
            for event in crate::keys::events(key) {
                self.must("Input.dispatchKeyEvent", event).await;
            }
            self.settled().await;
        }
    }

    /// Types this where the cursor is, key by key.
    pub(crate) async fn type_keys(&self, text: &str) {
        for key in text.chars() {
            let key = if key == ' ' { "Space".to_owned() } else { key.to_string() };
            self.press(&key).await;
        }
    }

    /// Presses Tab until this has the focus, and checks that one can see that it has it.
    pub(crate) async fn tab_to(&self, css: &str) {
        let here = format!("document.activeElement?.matches({}) ?? false", json!(css));
        for _ in 0..200 {
            self.press("Tab").await;
            if self.eval(&here).await == Ok(Value::Bool(true)) {
                let ring = "getComputedStyle(document.activeElement).outlineStyle !== 'none'
                    || getComputedStyle(document.activeElement).boxShadow !== 'none'";
                let seen = self.eval(ring).await;
                assert_eq!(seen, Ok(Value::Bool(true)), "nobody sees that “{css}” has the focus");
                return;
            }
        }
        self.give_up(&format!("“{css}” cannot be reached with the Tab key")).await
    }

    /// Writes a picture of the whole page.
    pub(crate) async fn screenshot(&self, path: &std::path::Path) {
        use base64::Engine as _;
        let whole = json!({"format": "png", "captureBeyondViewport": true, "fromSurface": true});
        let shot = self.must("Page.captureScreenshot", whole).await;
        let shot = base64::engine::general_purpose::STANDARD.decode(shot["data"].as_str().unwrap());
        std::fs::write(path, shot.unwrap()).unwrap();
    }

    /// What broke the content security policy, what the console complained of, which dialogs were
    /// opened: all since the last time that it was asked.
    pub(crate) fn csp_reports(&self) -> Vec<String> {
        let noted = self.findings.noted();
        self.findings.forget();
        [noted.policy, noted.errors, noted.dialogs].concat()
    }

    /// By how many pixels the page is wider than the window; nought where one need not scroll.
    pub(crate) async fn overhang(&self) -> i64 {
        let wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        self.eval(wider).await.unwrap().as_i64().unwrap()
    }

    /// Waits until so long after the page came from the program. A form that is sent within a second
    /// of being made is taken for a program's.
    pub(crate) async fn shown_for(&self, span: Duration) {
        let shown = format!(
            "performance.now() - performance.getEntriesByType('navigation')[0].responseStart > {}",
            span.as_millis()
        );
        self.wait("the page is not shown for so long", &shown).await;
    }
}

/// The element of a selector, in JavaScript.
fn found(css: &str) -> String {
    format!("document.querySelector({})", json!(css))
}

fn value(answer: Value) -> Result<Value, String> {
    match answer.get("exceptionDetails") {
        Some(details) => Err(details.to_string()),
        None => Ok(answer["result"]["value"].clone()),
    }
}
