use crate::language::words::Uploads;

pub(super) static UPLOADS: Uploads = Uploads {
    head: "Archiv einspielen",
    lede: "Aus dem Archiv wird ein Entwurf. Nichts gilt, bevor Sie ihn in Kraft setzen. Stammt das Archiv von hier, bleibt erhalten, was andere seitdem geändert haben.",
    file: "Archiv",
    file_hint: "Eine ZIP-Datei, wie sie „Als Archiv sichern“ gibt, oder ein Ordner mit den Dateien des Handbuchs, als ZIP gepackt.",
    contacts: "Auch Namen und Adressen daraus übernehmen",
    contacts_hint: "Sie stehen in keiner Fassung, gelten sofort und ersetzen alle bisherigen.",
    send: "Einspielen",
    no_file: "Bitte wählen Sie eine Datei.",
    too_large: |most| format!("Das Archiv ist größer als {most} MiB. Ein Handbuch ist kleiner."),
    has_faults: |count| match count {
        1 => "Im Archiv ist ein Fehler. Es wurde nichts geändert.".to_owned(),
        _ => format!("Im Archiv sind {count} Fehler. Es wurde nichts geändert."),
    },
    at_line: |file, line| format!("{file}, Zeile {line}"),
    same: "Das Archiv sagt dasselbe wie Ihr Entwurf oder die geltende Fassung.",
    done: "Das Archiv steht jetzt in Ihrem Entwurf.",
    with_contacts: "Namen und Adressen daraus gelten schon.",
    without_contacts: "Namen und Adressen im Archiv wurden nicht übernommen.",
    contacts_early: "Namen und Adressen wurden nicht übernommen: Sie nennen Menschen, die erst der Entwurf kennt. Spielen Sie das Archiv noch einmal ein, wenn er gilt.",
    may_not: "Zum Einspielen braucht es ein Konto, das schreiben darf.",
};
