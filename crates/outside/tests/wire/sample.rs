//! Posts and channels that several tests speak of.

use std::collections::BTreeMap;

use model::dispatch::{Dispatch, Outcome, Real, Sorted};
use model::handbook::channel::Channel;
use model::language::{Language, Zone};
use model::notice::{Kind, Text};
use model::value::{PublicId, Timestamp};
use outside::channel::post::{Alert, Aside, Content, Notice, Post, Recipient};
use outside::channel::{Line, Load, Parcel};

/// 24 November 2026, 13:52:00 in Berlin.
pub(crate) const NOW: Timestamp = Timestamp(1_795_524_720_000_000);

pub(crate) fn channel(kind: &str, settings: &[(&str, &str)]) -> Channel {
    let settings = settings.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    Channel::new(kind.parse().unwrap(), kind, settings)
}

pub(crate) fn mail_channel() -> Channel {
    channel("email", &[("host", "127.0.0.1"), ("from", "lage@lindenhof.example")])
}

/// A load of one.
struct One {
    parcel: Option<Parcel>,
    outcome: Option<Outcome>,
}

impl Load for One {
    fn next(&mut self) -> Option<(u16, Parcel)> {
        self.parcel.take().map(|parcel| (7, parcel))
    }

    fn settle(&mut self, number: u16, outcome: Outcome) {
        assert_eq!(number, 7);
        assert!(self.outcome.replace(outcome).is_none(), "settled once");
    }

    fn now(&self) -> Timestamp {
        NOW
    }
}

/// Lets a line carry one parcel; gives what became of it.
pub(crate) async fn carried(line: &mut dyn Line, parcel: Parcel) -> Outcome {
    let mut one = One { parcel: Some(parcel), outcome: None };
    line.carry(&dispatch(), &mut one).await;
    one.outcome.expect("what is taken is settled")
}

/// A load of many.
struct Many {
    left: Vec<Parcel>,
    outcomes: Vec<Outcome>,
    open: std::collections::BTreeSet<u16>,
}

impl Load for Many {
    fn next(&mut self) -> Option<(u16, Parcel)> {
        let parcel = self.left.pop()?;
        let number = u16::try_from(self.left.len()).unwrap();
        assert!(self.open.insert(number));
        Some((number, parcel))
    }

    fn settle(&mut self, number: u16, outcome: Outcome) {
        assert!(self.open.remove(&number), "settled once");
        self.outcomes.push(outcome);
    }

    fn now(&self) -> Timestamp {
        NOW
    }
}

/// Lets a line carry many parcels; gives what became of them in the order in which it was known.
pub(crate) async fn load_of(line: &mut dyn Line, parcels: Vec<Parcel>) -> Vec<Outcome> {
    let mut many = Many { left: parcels, outcomes: Vec::new(), open: Default::default() };
    line.carry(&dispatch(), &mut many).await;
    assert!(many.open.is_empty(), "what is taken is settled");
    many.outcomes
}

fn dispatch() -> Dispatch<Real> {
    let key = |text: &str| text.parse().unwrap();
    match Sorted::new(1, key("mail"), key("all"), false) {
        Sorted::Real(dispatch) => dispatch,
        Sorted::Sink(_) => panic!("it is no drill"),
    }
}

fn post(language: Language, content: Content) -> Post {
    Post {
        community: "Lindenhof".into(),
        page: "https://lage.lindenhof.example".into(),
        imprint: "https://lage.lindenhof.example/impressum".into(),
        privacy: "https://lage.lindenhof.example/datenschutz".into(),
        language,
        zone: Zone::named("Europe/Berlin").unwrap(),
        at: NOW,
        incident: Some(PublicId::derive(&["sample"])),
        content,
    }
}

pub(crate) fn first_notice() -> Post {
    let text = Text {
        headline: "Anmelden geht gerade nicht, Shop & Forum laufen weiter.".into(),
        body: vec!["Seit 13:47 Uhr (MEZ) können Sie sich nicht anmelden.".into()],
        broken: None,
        works: Some("Im Shop bestellen Sie als Gast. Im Forum lesen Sie wie sonst.".into()),
        doing: Some("Wir suchen den Fehler. Die Ursache kennen wir noch nicht.".into()),
        you_can: Some("Sie müssen nichts tun. Ändern Sie Ihr Passwort nicht.".into()),
        data: Some("Ob Daten betroffen sind, wissen wir noch nicht.".into()),
    };
    let notice = Notice {
        kind: Kind::First,
        number: 1,
        text,
        aside: None,
        link: "https://lage.lindenhof.example/de/k4m9x2p7q1rt".into(),
        next_update: Some(Timestamp(NOW.0 + 38 * 60_000_000)),
    };
    post(Language::DE, Content::Notice(notice))
}

/// The same to partners, who are told something in addition.
pub(crate) fn first_notice_to_partners() -> Post {
    let mut post = first_notice();
    let Content::Notice(notice) = &mut post.content else { panic!("it is a notice") };
    notice.aside = Some(Aside {
        head: "Zusätzlich für: Unsere Partner & Freunde".into(),
        paragraphs: vec!["Bitte halten Sie jemanden <bereit>.".into(), "Wir rufen Sie an.".into()],
    });
    post
}

pub(crate) fn all_clear() -> Post {
    let text = Text {
        headline: "Signing in works again.".into(),
        body: vec!["From 13:47 to 13:52 (CET) you could not sign in.".into()],
        ..Text::default()
    };
    let notice = Notice {
        kind: Kind::AllClear,
        number: 3,
        text,
        aside: None,
        link: "https://lage.lindenhof.example/en/k4m9x2p7q1rt".into(),
        next_update: None,
    };
    post(Language::EN, Content::Notice(notice))
}

pub(crate) fn alert() -> Post {
    let Content::Notice(notice) = first_notice().content else { panic!("it is a notice") };
    let link = |what: &str| format!("https://lage.lindenhof.example/desk/abc?do={what}&x=1");
    let alert = Alert {
        kind: "held".into(),
        subject: "Bitte ansehen: Erstmeldung liegt bereit (Anmeldung ausgefallen)".into(),
        paragraphs: vec![
            "Wenn niemand etwas tut, geht diese Meldung um 13:57 Uhr (MEZ) von selbst hinaus."
                .into(),
        ],
        links: vec![
            ("Ansehen und freigeben".into(), link("release")),
            ("Uhr anhalten".into(), link("hold")),
        ],
        preview: Some(notice.text),
    };
    post(Language::DE, Content::Alert(alert))
}

pub(crate) fn subscriber() -> Recipient {
    Recipient {
        address: "erika@example.org".into(),
        id: "u4F-abc_1".into(),
        thread: None,
        bounce: None,
        unsubscribe: Some("https://lage.lindenhof.example/leave/u4F?k=1&t=xyz".into()),
        choices: Some("https://lage.lindenhof.example/choices/k1.w~5.xyz".into()),
        secret: None,
        own: None,
    }
}

/// Headers of a mail, unfolded, by name.
pub(crate) fn headers(mail: &[u8]) -> BTreeMap<String, String> {
    let text = std::str::from_utf8(mail).unwrap();
    let (head, _) = text.split_once("\r\n\r\n").unwrap();
    head.replace("\r\n ", " ")
        .split("\r\n")
        .map(|line| line.split_once(": ").unwrap())
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}
