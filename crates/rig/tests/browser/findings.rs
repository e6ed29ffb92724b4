//! What a page does beside being looked at: loads, complains, breaks its policy, opens dialogs.

use std::sync::{Arc, Mutex};

use serde_json::Value;
use tokio::sync::watch;

/// The name of the world in which our own scripts run, and of the way by which they report.
pub(crate) const WORLD: &str = "rig";

/// Notes of one page.
pub(crate) struct Findings {
    noted: Mutex<Noted>,
    changed: watch::Sender<()>,
}

/// What was noted so far.
#[derive(Debug, Default, Clone)]
pub(crate) struct Noted {
    /// Whether a page is on its way.
    pub(crate) loading: bool,
    /// How many were loaded.
    pub(crate) loaded: u64,
    /// What broke the content security policy.
    pub(crate) policy: Vec<String>,
    /// Errors that the page or the browser wrote to the console.
    pub(crate) errors: Vec<String>,
    /// Dialogs that were opened; each is closed at once.
    pub(crate) dialogs: Vec<String>,
    /// The status of each page that was asked for, with its address.
    pub(crate) answers: Vec<(String, i64)>,
}

impl Findings {
    pub(crate) fn new() -> Arc<Self> {
        Arc::new(Self { noted: Mutex::default(), changed: watch::channel(()).0 })
    }

    pub(crate) fn noted(&self) -> Noted {
        self.noted.lock().unwrap().clone()
    }

    /// Forgets what broke the policy, the errors and the dialogs.
    pub(crate) fn forget(&self) {
        let mut noted = self.noted.lock().unwrap();
        noted.policy.clear();
        noted.errors.clear();
        noted.dialogs.clear();
    }

    /// Waits until the notes are as wanted.
    pub(crate) async fn until(&self, wanted: impl Fn(&Noted) -> bool) {
        let mut changed = self.changed.subscribe();
        while !wanted(&self.noted.lock().unwrap()) {
            changed.changed().await.expect("the sender lives as long as the notes");
        }
    }

    pub(crate) fn take(&self, method: &str, params: &Value) {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let mut noted = self.noted.lock().unwrap();
        match method {
            "Page.frameRequestedNavigation" | "Page.frameStartedNavigating" => {
                let same = params["navigationType"].as_str().unwrap_or("").contains("same");
                noted.loading |= !same;
            }
            "Page.frameStartedLoading" => noted.loading = true,
            "Page.frameStoppedLoading" => noted.loading = false,
            "Page.loadEventFired" => noted.loaded += 1,
            "Page.javascriptDialogOpening" => noted.dialogs.push(text(&params["message"])),
            "Runtime.bindingCalled" if params["name"] == WORLD => {
                noted.policy.push(text(&params["payload"]));
            }
            "Runtime.exceptionThrown" => {
                let details = &params["exceptionDetails"];
                noted.errors.push(format!("{} {}", details["text"], details["exception"]));
            }
            "Runtime.consoleAPICalled" if params["type"] == "error" => {
                noted.errors.push(params["args"].to_string());
            }
            "Log.entryAdded" => noted.log(&params["entry"]),
            "Network.responseReceived" if params["type"] == "Document" => {
                let response = &params["response"];
                let status = response["status"].as_i64().unwrap_or_default();
                noted.answers.push((text(&response["url"]), status));
            }
            _ => return,
        }
        drop(noted);
        self.changed.send_replace(());
    }
}

impl Noted {
    fn log(&mut self, entry: &Value) {
        let text = entry["text"].as_str().unwrap_or_default();
        if entry["source"] == "security" || text.contains("Content Security Policy") {
            self.policy.push(text.to_owned());
        } else if entry["level"] == "error" && entry["source"] != "network" {
            self.errors.push(text.to_owned());
        }
    }
}
