use crate::language::words::{Editor, Room, Told};

fn count(number: u64) -> String {
    crate::language::words::grouped(number, '.')
}

pub(super) static ROOM: Room = Room {
    now: |clock| format!("jetzt {clock}"),
    places: "In dieser Lage",
    read_this: "Lesen Sie diese Meldung. Stimmt sie? Dann geben Sie sie frei.",
    stopped: "Die Uhr steht. Es geht nichts hinaus.",
    recovered: "Alle Messungen sind wieder gut. Geben Sie Entwarnung?",
    next: |clock| {
        format!("Die nächste Meldung ist für {clock} versprochen. Schreiben Sie sie jetzt.")
    },
    late: |clock| format!("Wir sind zu spät: Um {clock} war eine Meldung versprochen."),
    nothing_due: "Im Moment ist nichts zu tun.",
    closed: |when| format!("Geschlossen {when}"),
    else_holding: |clock| {
        format!(
            "Wenn niemand schreibt, geht um {clock} von selbst eine Zwischenmeldung hinaus: „Nichts Neues, wir arbeiten daran.“"
        )
    },
    else_late: |clock| {
        format!("Wenn niemand schreibt, sagt die Seite ab {clock}, dass wir zu spät sind.")
    },
    else_out: |clock, people| {
        format!(
            "Wenn niemand handelt, geht sie um {clock} von selbst hinaus: an {people}, dazu auf die Seite."
        )
    },
    people: |number| match number {
        1 => "1 Person".to_owned(),
        many => format!("{} Menschen", count(many)),
    },
    count,
    left: |span| format!("noch {span}"),
    hold_hint: "Anhalten stoppt die Uhr. Nach einer Weile fragen wir Sie wieder.",
    release: "Jetzt freigeben",
    hold: "Anhalten",
    edit: "Ändern",
    veto: "Zurückziehen",
    reason: "Warum? Ein paar Worte genügen.",
    all_clear: "Entwarnung geben",
    write: "Meldung schreiben",
    changed: "Jemand hat den Text inzwischen geändert. Bitte lesen Sie ihn noch einmal.",
    refused: "Das passt nicht mehr: Die Lage hat sich inzwischen geändert. Bitte sehen Sie sie noch einmal an.",
    reach: "Reichweite",
    no_reach: "Es ist noch nichts hinausgegangen.",
    planned: |n| format!("{n} geplant"),
    accepted: |n| format!("{n} angenommen"),
    unsure: |n| format!("{n} unklar"),
    not_taken: |n| format!("{n} abgelehnt"),
    waiting: |n| format!("{n} offen"),
    passed: |n| format!("{n} an einen anderen Kanal übergeben"),
    reached: |n, of| format!("{n} von {of} haben sie auf mindestens einem Weg."),
    page: "Seite und Feed",
    on_page: "Steht da, für alle.",
    taken_over: "von einer neueren abgelöst",
    counting: "wird gezählt …",
    timeline: "Verlauf",
    expected: "Voraussichtliches Ende",
    no_expected: "Noch keines. Nennen Sie nur eines, an das Sie glauben.",
    expected_at: "Uhrzeit",
    expected_none: "Zurücknehmen",
    bad_time: "Schreiben Sie die Uhrzeit so: 14:30",
    notices: "Meldungen",
    correct: "Richtigstellen",
    editor: Editor {
        head: |kind| format!("{kind} schreiben"),
        headline: "Überschrift",
        text: "Text",
        passages: |count| match count {
            0 => "Zusätze für einzelne Kreise".to_owned(),
            count => format!("Zusätze für einzelne Kreise ({count})"),
        },
        passages_hint: "Alle bekommen dieselbe Meldung. Was hier steht, liest nur dieser Kreis, unter der Meldung. Auf der Seite und in SMS steht es nicht.",
        saved: |by, clock| format!("Gesichert um {clock}, zuletzt von {by}"),
        prepared: "Der vorbereitete Text. Was Sie ändern, wird beim Tippen gesichert.",
        saving: "Wird gesichert …",
        unsaved: "Nicht gesichert: keine Verbindung. Ihr Text bleibt hier stehen, wir versuchen es weiter.",
        also: |who| format!("{who} schreibt auch hier. Sie sehen beides zusammen."),
        save: "Entwurf sichern",
        take: "So übernehmen",
        take_hint: "Übernehmen stoppt die Uhr nicht: Diese Fassung geht dann hinaus.",
        take_release: "So freigeben",
        publish: "Veröffentlichen",
        publish_correction: "Richtigstellung veröffentlichen",
        publish_all_clear: "Entwarnung geben und schließen",
        goes_to: |people| format!("Geht an {people}, dazu auf die Seite."),
        next: "Nächste Meldung",
        by_plan: |span| format!("im Takt des Plans ({span})"),
        within: |span| format!("in {span}"),
        holes: "Was in Klammern steht, füllt Notlicht beim Veröffentlichen aus:",
        previews: "So sieht sie auf jedem Weg aus",
        subject: "Betreff",
        parts: |count| match count {
            1 => ", 1 Nachricht".to_owned(),
            _ => format!(", {count} Teile"),
        },
        faults: "So kann sie noch nicht hinausgehen:",
        fault: |language, line, what| match line {
            0 => format!("{language}: {what}"),
            line => format!("{language}, Zeile {line}: {what}"),
        },
        no_headline: "Es fehlt die Überschrift. Schreiben Sie in einem Satz, was passiert ist.",
        second_headline: "Hier beginnt eine zweite Überschrift mit „#“. Eine Meldung hat nur eine.",
        unknown_heading: |found, known| {
            format!("„## {found}“ kennt eine Meldung nicht. Möglich sind: {known}")
        },
        twice_heading: |found| {
            format!("„## {found}“ steht hier zum zweiten Mal. Fassen Sie beide zusammen.")
        },
        empty_heading: |found| {
            format!(
                "Unter „## {found}“ steht nichts. Schreiben Sie einen Satz, oder lassen Sie es weg."
            )
        },
        states: "Frühere Stände",
        kinds: "Was schreiben Sie?",
        needs_approver: "Hinausgeben darf sie, wer freigeben darf.",
    },
    told: Told {
        program: "Notlicht",
        link: |machine| format!("Jemand über den Link in {machine}"),
        opened: |name| format!("Störung eröffnet: {name} geht nicht."),
        declared: "Störung ausgerufen.",
        attached: |names| format!("Auch betroffen: {names}."),
        confirmed: |names| format!("Die Messung sieht es jetzt auch: {names}."),
        standing: |states| format!("So geht es den Teilen: {states}."),
        standing_well: "Alle Teile messen gut.",
        prepared: |kind, clock| {
            format!("{kind} liegt bereit und geht um {clock} von selbst hinaus.")
        },
        rewritten: |number| format!("Meldung {number} neu geschrieben."),
        held: |number| format!("Meldung {number} angehalten."),
        withdrawn: |number, reason| format!("Meldung {number} zurückgezogen: {reason}"),
        published: |kind, number| format!("{kind} veröffentlicht (Meldung {number})."),
        recovered: "Alle betroffenen Teile sind wieder in Ordnung.",
        relapsed: "Es geht wieder nicht.",
        expected: |clock| format!("Voraussichtliches Ende: {clock}."),
        expected_none: "Kein voraussichtliches Ende mehr.",
        adopted: |number| format!("Ab jetzt gilt Handbuch {number}."),
        closed: "Geschlossen.",
        alert_held: "Gerufen: Eine Meldung wartet.",
        alert_still: "Gerufen: Die Meldung ist noch angehalten.",
        alert_due: |clock| format!("Erinnert: Um {clock} ist eine Meldung versprochen."),
        alert_missed: |clock| format!("Gerufen: Die für {clock} versprochene Meldung fehlt."),
        alert_recovered: "Gerufen: Alles misst wieder gut.",
    },
};
