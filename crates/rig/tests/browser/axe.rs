//! axe-core looks at a page for what shuts people out.

use serde_json::Value;

use crate::page::Page;

const AXE: &str = include_str!("axe.min.js");

/// What of the page shuts somebody out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Violation {
    /// The name of the rule.
    pub(crate) rule: String,
    /// What to do.
    pub(crate) help: String,
    /// Where: each with what is wrong there.
    pub(crate) places: Vec<String>,
}

impl Page {
    /// Everything that axe-core finds, its advice beyond WCAG 2.2 AA included.
    pub(crate) async fn axe(&self) -> Vec<Violation> {
        let run =
            "axe.run(document, {resultTypes: ['violations']}).then(found => found.violations)";
        // In our own world, whose scripts the policy of the page does not concern.
        let asked = format!("(async () => {{ if (!globalThis.axe) {{ {AXE} }} return {run} }})()");
        let found = self.eval(&asked).await.unwrap();
        found.as_array().unwrap().iter().map(violation).collect()
    }
}

fn violation(found: &Value) -> Violation {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let place = |node: &Value| format!("{}: {}", node["target"], text(&node["failureSummary"]));
    Violation {
        rule: text(&found["id"]),
        help: text(&found["help"]),
        places: found["nodes"].as_array().into_iter().flatten().map(place).collect(),
    }
}
