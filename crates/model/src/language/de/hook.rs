use crate::language::words::Hook;

pub(super) const HOOK: Hook = Hook {
    head: "Meldungen an ein Programm (Webhook)",
    lede: "Fällt etwas aus, schicken wir Ihrem Programm die Meldung als signierten POST nach Standard Webhooks. Vorher muss es zeigen, dass die Adresse Ihnen gehört.",
    address: "Adresse Ihres Programms, mit https:// am Anfang",
    parts: "Worüber sollen wir es benachrichtigen?",
    submit: "Prüfen und bestellen",
    how: "So prüfen wir die Adresse",
    how_sent: "Sobald Sie den Knopf drücken, schicken wir dorthin:",
    how_answer: "Ihr Programm antwortet binnen zehn Sekunden mit dem Status 200 und schickt den Wert von challenge zurück, als bloßen Text oder so:",
    privacy: "Wir speichern die Adresse, die Sprache und Ihre Auswahl, bis Sie sie abmelden. Der Link dazu steht in jeder Meldung. Dass Sie zugestimmt haben, merken wir uns ohne die Adresse noch drei Jahre.",
    bad_address: "Diese Adresse passt nicht. Sie muss mit https:// beginnen und darf keinen Benutzernamen enthalten.",
    unproven: "Ihr Programm hat nicht so geantwortet, wie es nötig ist. Was wir erwarten, steht unten. An dieselbe Adresse schicken wir nur einmal in der Stunde etwas: Bitte versuchen Sie es dann noch einmal.",
    rest: "An diese Adresse haben wir in der letzten Stunde schon etwas geschickt, oder gerade bestellen sehr viele. Bitte versuchen Sie es in einer Stunde noch einmal.",
    known: "Dieses Programm bekommt unsere Meldungen schon.",
    known_lede: "Es hat sich nichts geändert. Brauchen Sie einen neuen Schlüssel? Dann melden Sie die Adresse ab, mit dem Link leave aus einer Meldung, und bestellen Sie neu. Haben Sie den Link nicht, schreiben Sie uns bitte.",
    done: "Ihr Programm bekommt jetzt unsere Meldungen.",
    done_lede: "Bitte speichern Sie den Schlüssel: Wir zeigen ihn nur jetzt. Mit ihm prüft Ihr Programm, dass eine Meldung von uns ist. Die beiden Links stehen auch in jeder Meldung.",
    secret: "Schlüssel für die Signaturen",
};
