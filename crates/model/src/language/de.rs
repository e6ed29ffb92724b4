//! What the program says in German.

mod console;
mod draft;
mod guest;
mod handbook;
mod hook;
mod panel;
mod print;
mod reach;
mod report;
mod room;
mod rubric;
mod short;
mod subscription;
mod team;
mod upload;
mod way;

use super::words::{Alerts, Facts, Kinds, Mail, Page, StateWords, Watching, Words, list};

const MONTHS: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

fn month(number: i8) -> &'static str {
    usize::try_from(number - 1).ok().and_then(|at| MONTHS.get(at)).copied().unwrap_or("")
}

fn zone(name: &str) -> String {
    match name {
        "CET" => "MEZ",
        "CEST" => "MESZ",
        other => other,
    }
    .to_owned()
}

fn span(seconds: u64) -> String {
    match seconds {
        0 => "0 Sekunden".to_owned(),
        1 => "1 Sekunde".to_owned(),
        2..=119 => format!("{seconds} Sekunden"),
        120..=7199 => format!("{} Minuten", seconds / 60),
        7200..=172_799 => format!("{} Stunden", seconds / 3600),
        _ => format!("{} Tage", seconds / 86_400),
    }
}

pub(super) static WORDS: Words = Words {
    tag: "de",
    name: "Deutsch",
    and: "und",
    still_works: |names| match names {
        [] => "andere Teile sind auch betroffen".to_owned(),
        [one] => format!("{one} läuft weiter"),
        many => format!("{} laufen weiter", list(many, "und")),
    },
    clock: |digits, zone| format!("{digits} Uhr ({zone})"),
    date: |day, number, year| format!("{day}. {} {year}", month(number)),
    weekday: ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    today_at: |clock| format!("heute, {clock}"),
    date_at: |date, clock| format!("{date}, {clock}"),
    zone,
    span,
    facts: Facts {
        broken: "Das geht nicht",
        works: "Das geht",
        doing: "Das tun wir",
        you_can: "Das können Sie tun",
        data: "Ihre Daten",
    },
    state: StateWords {
        operational: "In Betrieb",
        degraded: "Eingeschränkt",
        partial: "Teilweise ausgefallen",
        major: "Ausgefallen",
        maintenance: "Geplante Wartung",
        blind: "Gerade nicht messbar",
    },
    notice: Kinds {
        first: "Erstmeldung",
        update: "Meldung",
        holding: "Zwischenmeldung",
        correction: "Richtigstellung",
        all_clear: "Entwarnung",
        emergency: "Notmeldung",
    },
    watching: Watching {
        headline: "Alles misst wieder gut, wir beobachten es noch.",
        body: "Seit {since} war etwas gestört. Jetzt sehen wir keinen Fehler mehr. Wir geben Entwarnung, wenn es so bleibt.",
        next: "Die nächste Meldung kommt um {next_update}.",
    },
    mail: Mail {
        next_update: |clock| format!("Nächste Meldung um {clock}"),
        promised: "Versprochen, auch wenn es nichts Neues gibt.",
        so_far: "Falls Sie von dieser Störung noch nichts gehört haben: Das war bisher.",
        for_audience: |title| format!("Zusätzlich für: {title}"),
        to_page: |community| format!("Zur Lage von {community}"),
        why: |community| {
            format!("Sie bekommen diese Mail, weil Sie Meldungen von {community} bestellt haben.")
        },
        leave: "Abmelden",
        choices: "Auswahl ändern",
        permanent: "Fester Link:",
        no_reply: "Bitte antworten Sie nicht auf diese Mail.",
        imprint: "Impressum",
        privacy: "Datenschutz",
        signed: |community| format!("Ihr Team von {community}"),
        drill: "[ÜBUNG]",
    },
    alert: Alerts {
        held: |title| format!("Bitte ansehen: Erstmeldung liegt bereit ({title})"),
        held_else_unread: |clock| {
            format!(
                "Niemand hat den neuen Text gegengelesen. Handelt niemand, geht um {clock} der vorbereitete Text hinaus."
            )
        },
        held_else: |clock| {
            format!("Wenn niemand etwas tut, geht diese Meldung um {clock} von selbst hinaus.")
        },
        still_held: |title| format!("Erinnerung: Eine Meldung wird noch angehalten ({title})"),
        still_held_else: "Jemand hat die Uhr angehalten. Solange niemand freigibt, erfährt keiner etwas.",
        update_due: |title, clock| format!("Bitte schreiben: Meldung fällig um {clock} ({title})"),
        update_else_holding: |clock| {
            format!("Wenn niemand schreibt, geht um {clock} eine ehrliche Zwischenmeldung hinaus.")
        },
        update_else_late: |clock| {
            format!("Wenn niemand schreibt, steht ab {clock} auf der Seite, dass wir zu spät sind.")
        },
        missed: |title| format!("Versprochene Meldung fehlt ({title})"),
        missed_else: "Auf der Seite steht jetzt, dass wir zu spät sind. Bitte schreiben Sie die Meldung sofort.",
        recovered: |title| format!("Alles misst wieder gut: Entwarnung geben? ({title})"),
        recovered_else: |clock| {
            format!(
                "Wenn niemand etwas tut und es so bleibt, geht die Entwarnung um {clock} hinaus."
            )
        },
        recovered_wait: "Wenn niemand etwas tut, bleibt die Störung offen. Die Entwarnung gibt ein Mensch.",
        blind: "Wir sehen nichts: Unsere eigene Verbindung ist weg",
        blind_text: "Auch die Vergleichsziele antworten nicht. Deshalb ist keine Störung eröffnet. Bitte prüfen Sie die Leitung des Rechners, auf dem Notlicht läuft.",
        stopped: |names| format!("Die Messung steht still: {names}"),
        stopped_text: "Seit mehr als drei Abständen kam kein Messwert. Ein Ausfall bliebe jetzt unbemerkt. Bitte prüfen Sie, ob Notlicht noch arbeitet.",
        no_plan: |component| format!("Ausfall ohne Plan: {component}"),
        no_plan_text: "Für diesen Teil gibt es keinen Plan. Bitte entscheiden Sie selbst und eröffnen Sie die Störung mit „notlicht incident declare“.",
        bounces_unread: |channel| {
            format!("Unklar, wen Mails nicht erreichen: Rückläufer von „{channel}“ nicht lesbar")
        },
        bounces_unread_text: "Die Meldungen gehen weiter hinaus. Aber Notlicht kommt seit einer halben Stunde nicht in das Postfach der Rückläufer, und wer nicht erreicht wurde, zählt deshalb weiter als erreicht. „notlicht doctor“ sagt, woran es liegt: meist am Passwort oder an der Adresse des Servers. Verloren geht nichts: Gelesen wird, sobald es wieder geht.",
        channel_down: |channel| format!("Über „{channel}“ kommt nichts mehr hinaus"),
        channel_down_text: "Seit mehr als einer halben Minute schlägt jeder Versuch fehl. Notlicht versucht es weiter, und wer einen anderen Weg hat, bekommt die Meldung dort, wenn das Handbuch es so vorsieht. Was gesehen wurde, steht im Lageraum unter „Wege“ und bei „notlicht channel list“. Bitte prüfen Sie den Weg, oder halten Sie ihn dort an.",
        letters: |most| {
            format!("{most} Bestätigungsmails in einer Stunde: Mehr gehen nicht hinaus")
        },
        letters_text: "Wer sich jetzt anmeldet, bekommt vorerst keine Mail. Wollen gerade so viele Menschen Meldungen? Dann starten Sie Notlicht mit einer höheren Grenze (--letters-per-hour). Sonst missbraucht jemand das Formular, und Sie müssen nichts tun. Die Meldungen selbst gehen weiter hinaus.",
        release: "Ansehen und freigeben",
        all_clear: "Entwarnung geben",
        links_safe: "Die Links zeigen erst eine Seite. Es geschieht nichts, bevor Sie dort einen Knopf drücken.",
        preview: "So geht die Meldung hinaus:",
    },
    page: Page {
        brand: "Lage",
        skip: "Zum Inhalt",
        languages: "Sprache",
        incident: "Störung",
        all_well: "Alles in Betrieb",
        all_well_headline: |community| format!("Bei {community} läuft alles."),
        all_well_lede: |names| match names {
            [one] => format!("{one} arbeitet wie gewohnt. Fällt etwas aus, steht es hier."),
            many => {
                format!(
                    "{} arbeiten wie gewohnt. Fällt etwas aus, steht es hier.",
                    list(many, "und")
                )
            }
        },
        checked_at: |clock| format!("zuletzt geprüft um {clock}"),
        not_checked: "noch nicht gemessen",
        unbegun: "Im Aufbau",
        unbegun_headline: "Hier entsteht eine Statusseite.",
        unbegun_lede: "Noch sieht niemand nach, ob etwas ausgefallen ist.",
        since: |moment| format!("seit {moment}"),
        overdue: "Meldung überfällig",
        overdue_headline: "Wir sind zu spät.",
        overdue_text: |clock| format!("Die Meldung für {clock} fehlt. Das tut uns leid."),
        overdue_holds: |clock| {
            format!("Bis sie da ist, gilt der Stand von {clock}. Wir arbeiten weiter am Fehler.")
        },
        promise: |clock| format!("Nächste Meldung um {clock}"),
        promised: "Versprochen, auch wenn es nichts Neues gibt.",
        stale: |clock| {
            format!(
                "Ist es nach {clock} und hier steht nichts Neues? Dann ist diese Ansicht veraltet."
            )
        },
        reload: "Seite neu laden",
        no_promise: "Die nächste Meldung steht hier, sobald wir sie versprechen können.",
        detected: |names| match names {
            [one] => format!("{one} antwortet gerade nicht."),
            many => format!("{} antworten gerade nicht.", list(many, "und")),
        },
        detected_lede: "Unsere Messung hat das eben bemerkt. Das Team ist alarmiert, die erste Meldung kommt gleich.",
        blind_headline: "Wir können gerade nicht messen.",
        blind_lede: "Unsere eigene Verbindung ist gestört. Ob etwas ausgefallen ist, wissen wir im Moment nicht.",
        notices: "Unsere Meldungen",
        permanent: "fester Link",
        components: |community| format!("Die Teile von {community}"),
        past: "Frühere Störungen",
        no_past: "Bisher ist keine Störung verzeichnet.",
        from_to: |from, to| format!("von {from} bis {to}"),
        follow: "Ohne Adresse folgen",
        feed: "Atom-Feed",
        apart: |community| {
            format!(
                "Diese Seite läuft getrennt von {community}. Sie bleibt da, wenn dort etwas ausfällt."
            )
        },
        imprint: "Impressum",
        privacy: "Datenschutz",
        as_of: |moment| format!("Mit Notlicht betrieben. Stand dieser Ansicht: {moment}"),
        emergency: "Notmeldung",
        back: "Zur Lage",
        corrected_by: |number| format!("richtiggestellt in Meldung {number}"),
        corrects: |number| format!("berichtigt Meldung {number}"),
        not_found: "Diese Seite gibt es nicht.",
        not_found_lede: "Vielleicht ist der Link unvollständig. Die aktuelle Lage finden Sie hier:",
        leave: "Meldungen abbestellen",
        leave_lede: "Mit dem Knopf bekommen Sie keine Meldungen mehr an diese Adresse.",
        leave_button: "Abmelden",
        left: "Sie sind abgemeldet. Wir schreiben Ihnen nicht mehr.",
        bad_link: "Dieser Link passt nicht.",
        bad_link_lede: "Er ist unvollständig oder nicht mehr gültig. Bitte öffnen Sie ihn noch einmal aus der Mail.",
        desk: "Meldung prüfen",
        desk_release: "Jetzt freigeben",
        desk_hold: "Uhr anhalten",
        desk_veto: "Zurückziehen",
        desk_all_clear: "Entwarnung geben",
        desk_reason: "Warum? (steht im Verlauf)",
        desk_done: "Erledigt. So steht es jetzt:",
        drill: "ÜBUNG",
        drill_means: "Nichts verlässt das Haus. Was hier hinausgeht, bekommt niemand.",
        number: |number| format!("Meldung {number}"),
        also: "Außerdem gestört",
        more: "Alles dazu lesen",
        recovered: |clock| format!("Seit {clock} misst alles wieder gut. Wir beobachten es noch."),
        impaired: |names| match names {
            [one] => format!("{one} läuft gerade nicht wie gewohnt."),
            many => format!("{} laufen gerade nicht wie gewohnt.", list(many, "und")),
        },
        noticed_lede: "Unsere Messung hat das bemerkt. Das Team ist alarmiert.",
        maintenance_headline: |names| format!("Geplante Wartung: {}.", list(names, "und")),
        closed: "Behoben",
        lasted: |span| format!("dauerte {span}"),
        all_past: "Alle früheren Störungen",
        data: "Daten für Programme (JSON)",
        concerned: |names| format!("Betroffen: {}", list(names, "und")),
        desk_otherwise: "Wenn niemand etwas tut",
        desk_published: |moment| format!("Diese Meldung ist veröffentlicht: {moment}."),
        desk_withdrawn: |moment| format!("Diese Meldung ist zurückgezogen: {moment}."),
        desk_closed: |moment| format!("Diese Störung ist beendet: {moment}."),
        desk_nothing: "Hier ist gerade nichts zu entscheiden.",
        desk_reason_missing: "Bitte schreiben Sie kurz, warum. Es ist noch nichts geschehen.",
        desk_refused: "Das passt nicht mehr: Inzwischen hat sich etwas geändert. So steht es jetzt:",
        busy: "Das geht gerade nicht.",
        busy_lede: "Unser Speicher antwortet nicht. Es ist nichts geschehen. Bitte versuchen Sie es in einer Minute noch einmal.",
        foreign: "Das haben wir nicht angenommen.",
        foreign_lede: "Der Knopf stand auf einer fremden Seite. Es ist nichts geschehen. Bitte öffnen Sie den Link aus der Mail und drücken Sie den Knopf dort.",
        others: |number| format!("+ {number} weitere"),
        then_stale: "Danach ist dieser Hinweis veraltet.",
        to_page: "Zur Lage",
        new_window: "öffnet ein neues Fenster",
    },
    hook: hook::HOOK,
    short: short::SHORT,
    subscription: subscription::SUBSCRIPTION,
    console: &console::CONSOLE,
    print: &print::PRINT,
    handbook: &handbook::HANDBOOK,
    drafts: &draft::DRAFTS,
    uploads: &upload::UPLOADS,
    reach: &reach::REACH,
    ways: &way::WAYS,
    room: &room::ROOM,
    team: &team::TEAM,
    guest: &guest::GUEST,
    report: &report::REPORT,
    panel: &panel::PANELS,
    rubric: rubric::RUBRIC,
};
