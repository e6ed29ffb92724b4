//! Sample pages of an invented community: what the tests render and the example writes.

use model::handbook::plan::Level;
use model::handbook::system::ComponentState;
use model::language::{Language, Localized};
use model::notice::{Kind, Text};
use model::public::{PublicComponent, PublicEmergency, PublicIncident, PublicNotice, PublicPage};
use model::value::{PublicId, Span, Timestamp};

/// 2026-11-24T13:00:00+01:00, when the story begins.
const STORY: Timestamp = Timestamp(1_795_521_600_000_000);

/// So many minutes after 13:00.
pub(crate) fn at(minute: u64) -> Timestamp {
    STORY.after(Span::minutes(minute))
}

/// A text in both languages.
pub(crate) fn both(de: &str, en: &str) -> Localized {
    Localized([(Language::DE, de.to_owned()), (Language::EN, en.to_owned())].into())
}

/// The sample pages by name, each with the moment at which it is looked at.
pub(crate) fn all() -> Vec<(&'static str, PublicPage, Timestamp)> {
    vec![
        ("calm", calm(), at(24)),
        ("detected", detected(), at(48)),
        ("outage", outage(), at(71)),
        ("overdue", outage(), at(102)),
        ("recovered", recovered(), at(105)),
        ("two-incidents", two_incidents(), at(71)),
        ("closed", closed(), at(120)),
        ("blind", blind(), at(30)),
        ("blind-in-outage", blind_in_outage(), at(71)),
        ("impaired", impaired(), at(30)),
        ("maintenance", maintenance(), at(30)),
        ("emergency", emergency(), at(80)),
        ("short-promise", short_promise(), at(71)),
    ]
}

fn component(key: &str, name: &Localized, about: &Localized) -> PublicComponent {
    PublicComponent {
        id: PublicId::derive(&["component", key]),
        name: name.clone(),
        about: about.clone(),
        state: ComponentState::Operational,
        created_at: Timestamp(STORY.0 - 86_400_000_000 * 30),
        updated_at: Timestamp(STORY.0 - 86_400_000_000 * 2),
    }
}

/// Nothing is wrong, and once something was.
pub(crate) fn calm() -> PublicPage {
    let part =
        |key, de, en, about_de, about_en| component(key, &both(de, en), &both(about_de, about_en));
    PublicPage {
        id: PublicId::derive(&["page", "lindenhof"]),
        community: "Lindenhof".to_owned(),
        languages: vec![Language::DE, Language::EN],
        zone: "Europe/Berlin".to_owned(),
        url: "https://lage.lindenhof.example".to_owned(),
        as_of: at(24),
        components: vec![
            part(
                "login",
                "Anmeldung",
                "Login",
                "Mit dem Konto anmelden, Passwort ändern",
                "Sign in with your account, change your password",
            ),
            part("app", "App", "App", "Lindenhof auf dem Handy", "Lindenhof on your phone"),
            part("shop", "Shop", "Shop", "Bestellen und bezahlen", "Order and pay"),
            part("forum", "Forum", "Forum", "Lesen und schreiben", "Read and write"),
        ],
        open: Vec::new(),
        past: vec![earlier()],
        emergencies: Vec::new(),
        checked_at: Some(at(24)),
        subscribable: true,
        imprint: both(
            "## Anbieter\n\nLindenhof eG  \nAm Hof 1, 12345 Musterstadt\n\n- [post@lindenhof.example](mailto:post@lindenhof.example)\n- Telefon 030 0000000",
            "## Provider\n\nLindenhof eG  \nAm Hof 1, 12345 Musterstadt\n\n- [post@lindenhof.example](mailto:post@lindenhof.example)\n- Phone 030 0000000",
        ),
        privacy: both(
            "## Was wir speichern\n\nDiese Seite setzt **keine Cookies** und lädt nichts von anderswo.",
            "## What we store\n\nThis page sets **no cookies** and loads nothing from elsewhere.",
        ),
    }
}

fn earlier() -> PublicIncident {
    let day = 86_400_000_000;
    let when = |minute: u64| Timestamp(at(minute).0 - 22 * day);
    PublicIncident {
        id: PublicId::derive(&["incident", "earlier"]),
        title: both("App lädt langsam", "App loads slowly"),
        level: Level::Incident,
        worst: ComponentState::Degraded,
        since: when(0),
        opened_at: when(3),
        updated_at: when(125),
        recovered_at: Some(when(120)),
        closed_at: Some(when(125)),
        components: vec![PublicId::derive(&["component", "app"])],
        notices: vec![
            notice(
                1,
                Kind::First,
                when(10),
                &["Die App lädt gerade langsam."],
                &["The app loads slowly at the moment."],
            ),
            notice(
                2,
                Kind::AllClear,
                when(125),
                &["Die App lädt wieder schnell.", "Niemand hat Daten verloren."],
                &["The app is fast again.", "Nobody has lost data."],
            ),
        ],
        promise: None,
    }
}

/// A notice from headline and paragraphs.
pub(crate) fn notice(
    number: u32,
    kind: Kind,
    at: Timestamp,
    de: &[&str],
    en: &[&str],
) -> PublicNotice {
    let text = |lines: &[&str]| Text {
        headline: lines.first().copied().unwrap_or_default().to_owned(),
        body: lines.iter().skip(1).map(|line| (*line).to_owned()).collect(),
        ..Text::default()
    };
    PublicNotice {
        id: PublicId::derive(&["notice", &at.0.to_string(), &number.to_string()]),
        number,
        kind,
        at,
        texts: [(Language::DE, text(de)), (Language::EN, text(en))].into(),
        corrects: None,
        corrected_by: None,
    }
}

/// The facts of a notice: broken, works, doing, you can, data.
pub(crate) fn state(notice: &mut PublicNotice, language: Language, facts: [&str; 5]) {
    let Some(text) = notice.texts.get_mut(&language) else { return };
    let [broken, works, doing, you_can, data] =
        facts.map(|fact| (!fact.is_empty()).then(|| fact.to_owned()));
    text.broken = broken;
    text.works = works;
    text.doing = doing;
    text.you_can = you_can;
    text.data = data;
}

fn login_incident() -> PublicIncident {
    PublicIncident {
        id: PublicId::derive(&["incident", "login"]),
        title: both("Anmeldung ausgefallen", "Login is down"),
        level: Level::Incident,
        worst: ComponentState::Major,
        since: at(47),
        opened_at: at(48),
        updated_at: at(48),
        recovered_at: None,
        closed_at: None,
        components: vec![
            PublicId::derive(&["component", "login"]),
            PublicId::derive(&["component", "app"]),
        ],
        notices: Vec::new(),
        promise: None,
    }
}

/// Noticed, and nobody has said anything yet.
pub(crate) fn detected() -> PublicPage {
    let mut page = calm();
    page.as_of = at(48);
    page.checked_at = Some(at(48));
    page.components[0].state = ComponentState::Major;
    page.components[0].updated_at = at(47);
    page.components[1].state = ComponentState::Partial;
    page.components[1].updated_at = at(47);
    page.open = vec![login_incident()];
    page
}

fn first() -> PublicNotice {
    let mut first = notice(
        1,
        Kind::First,
        at(52),
        &[
            "Anmelden geht nicht, Shop und Forum laufen weiter.",
            "Seit 13:47 Uhr (MEZ) können Sie sich bei Lindenhof nicht anmelden. Das kommt ungelegen, und es tut uns leid.",
        ],
        &[
            "Login is down, shop and forum still work.",
            "Since 13:47 (CET) you cannot sign in to Lindenhof. This is inconvenient, and we are sorry.",
        ],
    );
    state(
        &mut first,
        Language::DE,
        [
            "Anmelden mit Konto, auf der Website und in der App.",
            "Im Shop als Gast bestellen, im Forum lesen. Wer angemeldet ist, bleibt es.",
            "Wir suchen den Fehler.",
            "Bestellen Sie als Gast. Ihr Passwort müssen Sie nicht ändern, daran liegt es nicht.",
            "Ob Daten betroffen sind, wissen wir noch nicht. Wir prüfen es und sagen es hier.",
        ],
    );
    state(
        &mut first,
        Language::EN,
        [
            "Signing in with an account, on the website and in the app.",
            "Ordering as a guest, reading the forum. If you are signed in, you stay so.",
            "We are looking for the fault.",
            "Order as a guest. You need not change your password, it is not the cause.",
            "Whether data are concerned we do not know yet. We are checking and will say so here.",
        ],
    );
    first
}

fn update() -> PublicNotice {
    let mut update = notice(
        4,
        Kind::Update,
        at(62),
        &[
            "Anmelden geht gerade nicht, Shop und Forum laufen weiter.",
            "Wir starten die Anmeldung gerade auf einem zweiten Rechner. Die Ursache kennen wir noch nicht sicher.",
        ],
        &[
            "You cannot sign in at the moment, shop and forum still work.",
            "We are starting the login on a second machine. The cause is not certain yet.",
        ],
    );
    state(
        &mut update,
        Language::DE,
        [
            "",
            "",
            "Wir starten die Anmeldung auf einem zweiten Rechner. Die Ursache suchen wir noch.",
            "",
            "",
        ],
    );
    state(
        &mut update,
        Language::EN,
        [
            "",
            "",
            "We are starting the login on a second machine. We are still looking for the cause.",
            "",
            "",
        ],
    );
    update
}

/// In the middle of it: a first notice, a wrong update, its correction, an update.
pub(crate) fn outage() -> PublicPage {
    let mut page = detected();
    page.as_of = at(71);
    page.checked_at = Some(at(71));
    let mut wrong = notice(
        2,
        Kind::Update,
        at(56),
        &["Anmelden geht nicht, der Shop ist auch betroffen."],
        &["Login is down, the shop is affected too."],
    );
    wrong.corrected_by = Some(3);
    let mut correction = notice(
        3,
        Kind::Correction,
        at(58),
        &[
            "Anmelden geht nicht, der Shop ist nicht betroffen.",
            "In Meldung 2 stand, der Shop sei betroffen. Das war falsch.",
        ],
        &[
            "Login is down, the shop is not affected.",
            "Notice 2 said that the shop was affected. That was wrong.",
        ],
    );
    correction.corrects = Some(2);
    page.open[0].notices = vec![first(), wrong, correction, update()];
    page.open[0].updated_at = at(62);
    page.open[0].promise = Some(at(90));
    page
}

/// The measures are good again; people have not been told yet.
pub(crate) fn recovered() -> PublicPage {
    let mut page = outage();
    page.as_of = at(105);
    page.components[0].state = ComponentState::Operational;
    page.components[1].state = ComponentState::Operational;
    page.open[0].recovered_at = Some(at(101));
    page.open[0].promise = Some(at(120));
    page
}

/// A second, lesser incident beside the first.
pub(crate) fn two_incidents() -> PublicPage {
    let mut page = outage();
    page.components[3].state = ComponentState::Degraded;
    let mut forum = login_incident();
    forum.id = PublicId::derive(&["incident", "forum"]);
    forum.title = both("Forum ist langsam", "Forum is slow");
    forum.worst = ComponentState::Degraded;
    forum.since = at(40);
    forum.opened_at = at(64);
    forum.components = vec![PublicId::derive(&["component", "forum"])];
    forum.notices = vec![notice(
        1,
        Kind::First,
        at(66),
        &["Das Forum lädt langsam."],
        &["The forum loads slowly."],
    )];
    forum.promise = Some(at(70));
    page.open.insert(0, forum);
    page
}

/// It is over.
pub(crate) fn closed() -> PublicPage {
    let mut page = outage();
    page.as_of = at(120);
    page.checked_at = Some(at(120));
    for component in &mut page.components {
        component.state = ComponentState::Operational;
    }
    let mut incident = page.open.remove(0);
    incident.notices.push(notice(
        5,
        Kind::AllClear,
        at(115),
        &[
            "Sie können sich wieder anmelden.",
            "Ein Speicher war voll. Daten waren nicht betroffen. Wir warnen uns jetzt früher.",
        ],
        &[
            "You can sign in again.",
            "A disk was full. No data were concerned. We now warn ourselves earlier.",
        ],
    ));
    incident.recovered_at = Some(at(110));
    incident.closed_at = Some(at(115));
    incident.updated_at = at(115);
    incident.promise = None;
    page.past.insert(0, incident);
    page
}

/// Our own line is gone.
pub(crate) fn blind() -> PublicPage {
    let mut page = calm();
    page.as_of = at(30);
    for component in &mut page.components {
        component.state = ComponentState::Blind;
    }
    page
}

/// Our own line is gone while an incident is open.
pub(crate) fn blind_in_outage() -> PublicPage {
    let mut page = outage();
    for component in &mut page.components[2..] {
        component.state = ComponentState::Blind;
    }
    page
}

/// A part is slow and no incident is open for it.
pub(crate) fn impaired() -> PublicPage {
    let mut page = calm();
    page.as_of = at(30);
    page.components[3].state = ComponentState::Degraded;
    page
}

/// Planned work.
pub(crate) fn maintenance() -> PublicPage {
    let mut page = calm();
    page.as_of = at(30);
    page.components[2].state = ComponentState::Maintenance;
    page
}

/// Somebody speaks from the host while the database is dead.
pub(crate) fn emergency() -> PublicPage {
    let mut page = outage();
    page.emergencies = vec![PublicEmergency {
        id: PublicId::derive(&["emergency", "1"]),
        at: at(78),
        text: "Unser Rechenzentrum ist ohne Strom.\nAlles steht. Wir melden uns hier um 15 Uhr wieder.".to_owned(),
    }];
    page
}

/// A demonstration with a rhythm of seconds.
pub(crate) fn short_promise() -> PublicPage {
    let mut page = outage();
    page.open[0].promise = Some(Timestamp(at(71).0 + 20_000_000));
    page
}
