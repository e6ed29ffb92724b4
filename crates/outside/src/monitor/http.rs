//! Looks at a page: its status, words in it, and the time it takes.

use std::ops::RangeInclusive;
use std::time::Duration;

use model::handbook::system::Probe;
use reqwest::Method;
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use tokio::time::Instant;
use url::Url;

use super::Finding;
use crate::http::{Answer, Call, Http, Way};

/// How much of a page is read where nothing else is said.
pub const USUAL_READ: usize = 64 * 1024;

/// No more of a page is read than this.
pub const MOST_READ: usize = 1024 * 1024;

/// What is asked and what is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HttpSpec {
    /// The page.
    pub url: Url,
    /// Whether only the head is asked for; then no words can be looked for.
    pub head: bool,
    /// The statuses that are fine; empty means 200 to 299.
    pub expected: Vec<RangeInclusive<u16>>,
    /// Words that must be in the page.
    pub words: Vec<String>,
    /// Words that must not be in it.
    pub bad_words: Vec<String>,
    /// Whether redirects are followed.
    pub redirects: bool,
    /// How many bytes are read at most; [`USUAL_READ`] as a rule, never more than [`MOST_READ`].
    pub most: usize,
    /// How long all of it may take.
    pub limit: Duration,
}

impl HttpSpec {
    /// A plain look at a page: status 200 to 299, no words, no redirects.
    #[must_use]
    pub fn new(url: Url, limit: Duration) -> Self {
        Self {
            url,
            head: false,
            expected: Vec::new(),
            words: Vec::new(),
            bad_words: Vec::new(),
            redirects: false,
            most: USUAL_READ,
            limit,
        }
    }

    fn accepts(&self, status: u16) -> bool {
        if self.expected.is_empty() {
            (200..300).contains(&status)
        } else {
            self.expected.iter().any(|range| range.contains(&status))
        }
    }

    fn expectation(&self) -> String {
        let one = |range: &RangeInclusive<u16>| match (range.start(), range.end()) {
            (from, to) if from == to => from.to_string(),
            (from, to) => format!("{from} to {to}"),
        };
        match self.expected.as_slice() {
            [] => "200".to_owned(),
            ranges => ranges.iter().map(one).collect::<Vec<_>>().join(" or "),
        }
    }
}

/// Looks once, as the handbook says; nothing for another kind of probe.
pub(super) async fn look(http: &Http, wanted: &Probe) -> Option<Finding> {
    let Probe::Http { url, status, contains, lacks, timeout, follow } = wanted else { return None };
    let Ok(address) = Url::parse(url) else {
        let told = format!("“{url}” is no address; write https:// and a host");
        return Some(Finding::new(Err(told), Duration::ZERO));
    };
    let spec = HttpSpec {
        expected: status.iter().map(|status| *status..=*status).collect(),
        words: contains.clone(),
        bad_words: lacks.clone(),
        redirects: *follow,
        // A word may stand at the very end of a long page.
        most: if contains.is_empty() && lacks.is_empty() { USUAL_READ } else { MOST_READ },
        ..HttpSpec::new(address, timeout.to_std())
    };
    Some(probe(http, &spec).await)
}

/// Looks once.
pub async fn probe(http: &Http, spec: &HttpSpec) -> Finding {
    let call = Call {
        method: if spec.head { Method::HEAD } else { Method::GET },
        url: spec.url.clone(),
        headers: HeaderMap::new(),
        body: Vec::new(),
        way: if spec.redirects { Way::Following } else { Way::Fresh },
        limit: spec.limit,
        most: spec.most.min(MOST_READ),
    };
    let begun = Instant::now();
    let answer = http.call(call).await;
    let taken = begun.elapsed();
    let seen = match answer {
        Ok(answer) => judge(spec, &answer),
        Err(error) => Err(error.to_string()),
    };
    Finding::new(seen, taken)
}

/// The clock of the other side in seconds since 1970, if it tells it: for the doctor.
pub async fn clock(http: &Http, url: Url, limit: Duration) -> Option<i64> {
    let call = Call {
        method: Method::HEAD,
        url,
        headers: HeaderMap::new(),
        body: Vec::new(),
        way: Way::Fresh,
        limit,
        most: 0,
    };
    let answer = http.call(call).await.ok()?;
    crate::http::date(answer.headers.get(reqwest::header::DATE)?.to_str().ok()?)
}

fn judge(spec: &HttpSpec, answer: &Answer) -> Result<String, String> {
    let status = answer.status;
    if !spec.accepts(status) {
        return Err(format!("answers {status} instead of {}", spec.expectation()));
    }
    let text = text_of(answer);
    let place = if answer.cut { " in the part that was read" } else { "" };
    if let Some(word) = spec.words.iter().find(|word| !text.contains(word.as_str())) {
        return Err(format!("the word “{word}” is missing{place}"));
    }
    if let Some(word) = spec.bad_words.iter().find(|word| text.contains(word.as_str())) {
        return Err(format!("the word “{word}” is in the page"));
    }
    Ok(format!("answers {status}"))
}

/// The page as text. What calls itself Latin 1 is read so, everything else as UTF-8.
fn text_of(answer: &Answer) -> String {
    let kind = answer.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().to_ascii_lowercase();
    if kind.contains("iso-8859-1") || kind.contains("windows-1252") {
        answer.body.iter().map(|byte| char::from(*byte)).collect()
    } else {
        String::from_utf8_lossy(&answer.body).into_owned()
    }
}
