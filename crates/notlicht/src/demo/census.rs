//! Who was told what: the sink's counts, read as kinds of notice and as people.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use anyhow::bail;
use model::language::Language;
use model::notice::Kind;
use model::value::Timestamp;

use super::mailbox::Letter;
use super::sink::{Ledger, Notice, Received, Sink};

/// The people who must be told, and where their mails arrive.
#[derive(Debug)]
pub(super) struct Census {
    pub(super) sink: Arc<Sink>,
    people: BTreeSet<String>,
    kinds: Mutex<BTreeMap<Notice, Option<Kind>>>,
}

/// What became of one kind of notice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Told {
    /// People who have it.
    pub(super) people: usize,
    /// People who have neither it nor a newer one. A newer notice takes over the remainder of an
    /// older one, and stands alone.
    pub(super) lost: usize,
    /// Mails with a Message-ID that had come to the same person before.
    pub(super) repeated: u32,
    /// People who have the same notice under two Message-IDs, which must not be.
    pub(super) doubled: usize,
    /// When the first mail came.
    pub(super) first: Option<Timestamp>,
    /// When the last came that was not a repeat.
    pub(super) last: Option<Timestamp>,
}

impl Census {
    /// Counts these people's mails at this sink.
    pub(super) fn new(sink: Arc<Sink>, people: BTreeSet<String>) -> Self {
        Self { sink, people, kinds: Mutex::default() }
    }

    /// How many people there are.
    pub(super) fn size(&self) -> usize {
        self.people.len()
    }

    /// What became of the notices of a kind.
    pub(super) fn told(&self, kind: Kind) -> Told {
        self.sink.look(|ledger| {
            let mut told = Told::default();
            let mut reached: BTreeSet<&str> = BTreeSet::new();
            let mut seen: BTreeSet<(&str, &Notice)> = BTreeSet::new();
            for one in self.of_people(ledger) {
                if self.kind(ledger, &one.notice) != Some(kind) {
                    continue;
                }
                reached.insert(&one.recipient);
                if !seen.insert((&one.recipient, &one.notice)) {
                    told.doubled += 1;
                }
                told.repeated += one.arrivals - 1;
                told.first = Some(told.first.map_or(one.first, |first| first.min(one.first)));
                told.last = told.last.max(Some(one.first));
            }
            told.people = reached.len();
            let begun = seen.iter().map(|(_, notice)| &notice.date).min().cloned();
            if let Some(begun) = begun {
                let newer = self.of_people(ledger).filter(|one| {
                    one.notice.date >= begun && self.kind(ledger, &one.notice).is_some()
                });
                reached.extend(newer.map(|one| one.recipient.as_str()));
            }
            told.lost = self.people.len() - reached.len();
            told
        })
    }

    fn of_people<'l>(&'l self, ledger: &'l Ledger) -> impl Iterator<Item = &'l Received> {
        ledger.iter().filter(|one| self.people.contains(&one.recipient))
    }

    /// Waits until so many people have a notice of this kind, or a newer one.
    pub(super) async fn wait(
        &self,
        kind: Kind,
        people: usize,
        limit: Duration,
    ) -> anyhow::Result<()> {
        let mut arrivals = self.sink.arrivals();
        let waiting = async {
            loop {
                let begun = tokio::time::Instant::now();
                if self.size() - self.told(kind).lost >= people {
                    return;
                }
                // Counting holds the sink up, so it is done for a fifth of the time at most.
                let rest = (begun.elapsed() * 4).max(Duration::from_millis(10));
                arrivals.changed().await.expect("the sink is kept");
                tokio::time::sleep(rest).await;
            }
        };
        if tokio::time::timeout(limit, waiting).await.is_err() {
            let has = self.size() - self.told(kind).lost;
            let (seconds, word) = (limit.as_secs(), kind.label(Language::EN));
            bail!("only {has} of {people} people have the notice “{word}” within {seconds} s");
        }
        Ok(())
    }

    /// The subject of a notice of this kind, in the language.
    pub(super) fn subject(&self, kind: Kind, language: Language) -> Option<String> {
        self.sink.look(|ledger| {
            let mut notices = ledger.notices().keys();
            let fits = |notice: &&Notice| {
                self.kind(ledger, notice) == Some(kind)
                    && ledger.sample(notice).is_some_and(|mail| {
                        kind_of(&Letter::read(&mail.raw).text) == Some((kind, language))
                    })
            };
            notices.find(fits).map(|notice| notice.subject.clone())
        })
    }

    /// A notice's kind, read once from one of its mails.
    fn kind(&self, ledger: &Ledger, notice: &Notice) -> Option<Kind> {
        let mut kinds = self.kinds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kind) = kinds.get(notice) {
            return *kind;
        }
        let mail = ledger.sample(notice)?;
        let kind = kind_of(&Letter::read(&mail.raw).text).map(|(kind, _)| kind);
        kinds.insert(notice.clone(), kind);
        kind
    }
}

/// The kind and language that a mail's first line names: "Lindenhof · Erstmeldung · 24. November".
fn kind_of(text: &str) -> Option<(Kind, Language)> {
    let words: Vec<_> = text.lines().next()?.split(" · ").collect();
    let named = *words.get(1)?;
    Language::all()
        .flat_map(|language| Kind::ALL.map(|kind| (kind, language)))
        .find(|(kind, language)| kind.label(*language) == named)
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use outside::channel::email::smtp::{Connection, Limits, Relay, Security};
    use outside::guard::Guard;
    use outside::tls::Trust;

    use super::super::sink::Options;
    use super::*;

    async fn mail(sink: &Sink, to: &str, id: &str, minute: u8, kind: Kind) {
        let label = kind.label(Language::EN);
        let body = format!(
            "From: lage@lindenhof.example\r\nTo: {to}\r\nSubject: {label}\r\n\
             Date: Tue, 24 Nov 2026 12:{minute}:00 +0000\r\nMessage-ID: <{id}@b.example>\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n\
             Lindenhof · {label}\r\n"
        );
        let relay = Relay {
            host: sink.address().ip().to_string(),
            port: sink.address().port(),
            security: Security::Plain,
            login: None,
            greet_as: "lindenhof.example".into(),
            limits: Limits::default(),
        };
        let trust = Trust::new(vec![]).unwrap();
        let mut client = Connection::new(Guard::new(true, vec![]), trust, relay);
        client.send("lage@lindenhof.example", to, body.as_bytes()).await;
    }

    #[tokio::test]
    async fn whoever_has_a_newer_notice_was_told_and_whoever_has_only_an_older_one_was_not() {
        let bind = "127.0.0.1:0".parse().unwrap();
        let sink = Arc::new(Sink::start(bind, Options::default()).await.unwrap());
        let people = ["a@p.example", "b@p.example", "c@p.example"];
        let census = Census::new(Arc::clone(&sink), people.map(str::to_owned).into());
        let [a, b, c] = people;
        mail(&sink, a, "a1", 10, Kind::First).await;
        mail(&sink, a, "a1", 10, Kind::First).await;
        mail(&sink, b, "b1", 10, Kind::First).await;
        mail(&sink, b, "b2", 20, Kind::Update).await;
        mail(&sink, c, "c2", 20, Kind::Update).await;
        mail(&sink, c, "c2-again", 20, Kind::Update).await;
        mail(&sink, "staff@p.example", "s1", 10, Kind::First).await;
        let first = census.told(Kind::First);
        assert_eq!((first.people, first.lost), (2, 0), "the update stands for the first notice");
        assert_eq!((first.repeated, first.doubled), (1, 0));
        let update = census.told(Kind::Update);
        assert_eq!((update.people, update.lost), (2, 1), "an older notice is no update");
        assert_eq!((update.repeated, update.doubled), (0, 1), "one notice under two ids");
        assert_eq!(census.told(Kind::AllClear).lost, 3);
        let limit = Duration::from_secs(10);
        census.wait(Kind::First, 3, limit).await.unwrap();
        let limit = Duration::from_millis(1);
        let late = census.wait(Kind::Update, 3, limit).await.unwrap_err().to_string();
        assert!(late.contains("only 2 of 3"), "{late}");
        let headline = census.subject(Kind::Update, Language::EN);
        assert_eq!(headline.as_deref(), Some(Kind::Update.label(Language::EN)));
    }

    #[test]
    fn a_mail_names_its_kind_in_its_first_line() {
        let kind = |line: &str| kind_of(&format!("{line}\n\nMehr dazu.")).map(|(kind, _)| kind);
        assert_eq!(kind("Lindenhof · Erstmeldung · 24. November 2026"), Some(Kind::First));
        assert_eq!(kind("Lindenhof · Entwarnung · 24. November 2026"), Some(Kind::AllClear));
        assert_eq!(kind("Lindenhof · 24. November 2026, 13:52 Uhr (MEZ)"), None);
    }
}
