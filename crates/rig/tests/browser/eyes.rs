//! Looks at pages as everybody may see them: light and dark, on a telephone and at a desk.

use std::collections::BTreeMap;

use crate::browser::{Browser, DESK, PHONE, Scheme, Size};
use crate::page::Page;

/// Every way in which a page is looked at.
const WAYS: [(Size, Scheme, &str); 4] = [
    (PHONE, Scheme::Light, "390 light"),
    (PHONE, Scheme::Dark, "390 dark"),
    (DESK, Scheme::Light, "1440 light"),
    (DESK, Scheme::Dark, "1440 dark"),
];

/// A page that is looked at, and the faults that were seen.
pub(crate) struct Eyes {
    /// The window: whoever has to sign in first does it here.
    pub(crate) page: Page,
    /// Each fault with the places where it was seen.
    faults: BTreeMap<String, Vec<String>>,
    seen: usize,
}

impl Eyes {
    pub(crate) async fn open(browser: &Browser) -> Self {
        let page = browser.open(DESK, Scheme::Light).await;
        Self { page, faults: BTreeMap::new(), seen: 0 }
    }

    /// Looks at these paths, each of which must answer with this status.
    pub(crate) async fn look(&mut self, scene: &str, status: i64, paths: &[&str]) {
        for path in paths {
            let answered = self.page.goto(path).await;
            if answered != status {
                let place = format!("{scene} {path}");
                self.note(&place, format!("answered {answered}, not {status}"));
            }
            for (size, scheme, way) in WAYS {
                self.page.resize(size).await;
                self.page.wear(scheme).await;
                self.judge(&format!("{scene} {path} ({way})")).await;
            }
        }
    }

    pub(crate) async fn judge(&mut self, place: &str) {
        self.seen += 1;
        let overhang = self.page.overhang().await;
        if overhang > 0 {
            self.note(place, format!("{overhang} pixels stand out to the side"));
        }
        for found in self.page.axe().await {
            let places = found.places.join("\n    ");
            self.note(place, format!("{} ({})\n    {places}", found.help, found.rule));
        }
        for report in self.page.csp_reports() {
            self.note(place, report);
        }
    }

    fn note(&mut self, place: &str, fault: String) {
        self.faults.entry(fault).or_default().push(place.to_owned());
    }

    /// Fails with all that was seen; gives how many looks there were.
    pub(crate) fn all_well(&self) -> usize {
        let told = |(fault, places): (&String, &Vec<String>)| {
            format!("{fault}\n  seen in: {}\n", places.join("\n           "))
        };
        let told: Vec<_> = self.faults.iter().map(told).collect();
        assert!(told.is_empty(), "\n\n{}\n", told.join("\n"));
        self.seen
    }
}
