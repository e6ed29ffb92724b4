use crate::language::words::{Subscription, list};

pub(super) const SUBSCRIPTION: Subscription = Subscription {
    head: "Meldungen per E-Mail",
    lede: "Fällt etwas aus, schreiben wir Ihnen. Geht es wieder, schreiben wir Ihnen auch.",
    address: "Ihre E-Mail-Adresse",
    parts: "Worüber sollen wir schreiben?",
    trap: "Dieses Feld bitte leer lassen",
    submit: "Meldungen bestellen",
    privacy: "Ihre Adresse nutzen wir nur für diese Meldungen und geben sie nicht weiter. Bestätigen Sie nicht, vergessen wir sie nach 48 Stunden. Sie können sich jederzeit abmelden, mit dem Link in jeder Mail. Dann löschen wir die Adresse. Dass Sie zugestimmt haben, merken wir uns ohne die Adresse noch drei Jahre.",
    asked: "Bitte sehen Sie in Ihr Postfach.",
    asked_lede: "Dort finden Sie eine Mail mit einem Link. Sie ist in wenigen Minuten da. In einer Stunde schreiben wir nur einmal, auch wenn Sie das Formular noch einmal abschicken. Ist nichts gekommen? Dann prüfen Sie bitte die Adresse und den Ordner für Spam.",
    not_yet: "Das hat noch nicht geklappt:",
    bad_address: "Diese E-Mail-Adresse passt nicht. Bitte prüfen Sie, was Sie geschrieben haben.",
    bad_parts: "Bitte wählen Sie mindestens einen Teil aus.",
    bad_seal: "Das ging sehr schnell, oder die Seite war lange offen. Bitte drücken Sie den Knopf noch einmal.",
    too_long: "Das ist zu viel Text. Bitte füllen Sie das Formular noch einmal aus.",
    busy: "Von Ihrem Anschluss kam gerade sehr viel auf einmal. Bitte warten Sie eine Minute und versuchen Sie es dann noch einmal.",
    foreign: "Das Formular stand auf einer fremden Seite. Es ist nichts geschehen. Bitte füllen Sie unser eigenes aus:",
    confirm: "Meldungen bestätigen",
    confirm_lede: "Mit dem Knopf bekommen Sie unsere Meldungen an diese Adresse.",
    confirm_button: "Ja, Meldungen bekommen",
    confirmed: "Sie bekommen jetzt unsere Meldungen.",
    confirmed_lede: "Fällt etwas aus, schreiben wir Ihnen. In jeder Mail steht, wie Sie die Auswahl ändern und sich abmelden.",
    choices: "Auswahl ändern",
    language: "In welcher Sprache?",
    save: "Auswahl speichern",
    saved: "Ihre Auswahl ist gespeichert.",
    everything: "Ausgewählt: alles",
    chosen: |names| format!("Ausgewählt: {}", list(names, "und")),
    letter: |community| format!("Bitte bestätigen: Meldungen von {community}"),
    letter_why: |community| {
        format!(
            "Jemand hat diese Adresse für Meldungen von {community} eingetragen. Waren Sie das? Dann bestätigen Sie es bitte."
        )
    },
    letter_else: "Waren Sie es nicht? Dann tun Sie nichts: Nach 48 Stunden vergessen wir diese Adresse.",
    again: |community| format!("Ihre Meldungen von {community}"),
    again_why: |community| {
        format!(
            "Jemand hat diese Adresse für Meldungen von {community} eingetragen. Sie bekommen diese Meldungen schon."
        )
    },
    again_else: "Es hat sich nichts geändert. Möchten Sie etwas ändern oder sich abmelden? Das geht mit diesem Link.",
};
