//! Of components, places, and what goes down together.

use super::{Grade, Said, Sort, sorts};

sorts! { THING:
    NO_TIMES "component.times" Should
        ["Bei „{0}“ steht nicht, wie lange es höchstens ausfallen darf und wann es wieder laufen soll.", "“{0}” does not say how long it may be down at most, and when it is to run again."]
        ["Tragen Sie MTPD und RTO ein.", "Write down MTPD and RTO."]
        ["Sonst entscheidet die Lautstärke, was zuerst repariert wird.", "Otherwise loudness decides what is repaired first."];
    RTO_TOO_LONG "component.rto-mtpd" Must
        ["„{0}“ soll nach {1} wieder laufen, darf aber höchstens {2} ausfallen.", "“{0}” is to run again after {1}, but may be down for {2} at most."]
        ["Kürzen Sie die RTO, oder prüfen Sie die MTPD.", "Shorten the RTO, or check the MTPD."]
        ["Selbst wenn alles klappt, kommt es zu spät.", "Even if all goes well, it comes too late."];
    RTO_BEFORE_NEED "component.rto-need" Must
        ["„{0}“ soll nach {1} laufen, braucht aber „{2}“, das erst nach {3} läuft.", "“{0}” is to run after {1}, but needs “{2}”, which runs only after {3}."]
        ["Kürzen Sie die RTO von „{2}“, oder schreiben Sie auf, wie es ohne geht.", "Shorten the RTO of “{2}”, or write down how to do without it."]
        ["Ein Ziel, das nicht zu erreichen ist, hilft niemandem.", "A target that cannot be met helps nobody."];
    NO_RPO "component.rpo" Could
        ["Bei „{0}“ steht nicht, wie viel Daten höchstens verloren gehen dürfen.", "“{0}” does not say how much data may be lost at most."]
        ["Tragen Sie die RPO ein, und vergleichen Sie sie mit dem Abstand der Sicherungen.", "Write down the RPO, and compare it with the time between backups."]
        ["Davon hängt ab, ob man zurückspielen darf.", "Whether one may restore depends on it."];
    NO_COMPONENT_OWNER "component.owner" Could
        ["Für „{0}“ ist niemand zuständig.", "Nobody is in charge of “{0}”."]
        ["Nennen Sie die Rolle.", "Name the role."]
        ["Wer es kennt, findet den Fehler schneller.", "Whoever knows it finds the fault sooner."];
    NO_PLACE "component.runs-on" Should
        ["Bei „{0}“ steht nicht, wo es läuft.", "“{0}” does not say where it runs."]
        ["Tragen Sie den Ort ein.", "Write down the place."]
        ["Nur so ist zu sehen, was zusammen ausfällt.", "Only so can be seen what goes down together."];
    NO_WORKAROUND "component.minimum" Could
        ["Für „{0}“ steht nirgends, was mindestens gehen muss.", "Nothing says what of “{0}” must work at least."]
        ["Schreiben Sie es in einem Satz auf.", "Write it down in a sentence."]
        ["Ein Notbetrieb nach einer Stunde ist besser als ein heiler Betrieb nach einem Tag.", "Running in part after an hour is better than running whole after a day."];
    NO_RESTORE "component.never-restored" Should
        ["Ob sich „{0}“ aus der Sicherung zurückspielen lässt, wurde nie ausprobiert.", "Nobody has ever tried to restore “{0}” from its backup."]
        ["Spielen Sie die Sicherung einmal auf einem anderen Rechner zurück.", "Restore the backup once, on another machine."]
        ["Eine Sicherung, die nie zurückgespielt wurde, ist eine Hoffnung.", "A backup that was never restored is a hope."];
    OLD_RESTORE "component.restore-overdue" Should
        ["Das Zurückspielen von „{0}“ wurde vor {1} Tagen zuletzt ausprobiert.", "Restoring “{0}” was last tried {1} days ago."]
        ["Spielen Sie die Sicherung wieder einmal zurück, und tragen Sie den Tag ein.", "Restore the backup again, and write down the day."]
        ["Was gesichert wird, ändert sich mit jeder Fassung des Programms.", "What is backed up changes with each version of the program."];
    PLACE_WITHOUT_PARTNER "place.partner" Could
        ["Für den Ort „{0}“ steht nirgends, wen man anruft.", "Nothing says whom to call about the place “{0}”."]
        ["Tragen Sie den Partner ein, der ihn betreibt.", "Write down the partner who runs it."]
        ["Fällt ein ganzer Ort aus, hilft nur, wer dort ist.", "When a whole place is gone, only who is there can help."];
    PAGE_FATE "fate.page" Must
        ["Fällt „{0}“ aus, ist auch die öffentliche Seite weg.", "When “{0}” goes down, the public page is gone too."]
        ["Lassen Sie die Seite anderswo laufen.", "Let the page run elsewhere."]
        ["Dann erfährt niemand, dass etwas ausgefallen ist.", "Then nobody learns that anything is down."];
    DNS_FATE "fate.dns" Must
        ["Fällt „{0}“ aus, findet niemand mehr Ihre Adressen (DNS).", "When “{0}” goes down, nobody finds your addresses any more (DNS)."]
        ["Lassen Sie das DNS anderswo laufen, am besten an zwei Orten.", "Let the DNS run elsewhere, best in two places."]
        ["Auch die öffentliche Seite ist dann nicht zu finden.", "The public page cannot be found then either."];
    SIGN_IN_FATE "fate.sign-in" Must
        ["Fällt „{0}“ aus, kann sich niemand mehr bei Notlicht anmelden.", "When “{0}” goes down, nobody can sign in to Notlicht any more."]
        ["Lassen Sie die Anmeldung anderswo laufen.", "Let the sign-in run elsewhere."]
        ["Dann bleibt nur der Weg über die Kommandozeile.", "Then only the command line is left."];
    AUDIENCE_FATE "fate.audience" Must
        ["Fällt „{0}“ aus, erreicht „{1}“ keine Meldung mehr.", "When “{0}” goes down, no notice reaches “{1}” any more."]
        ["Geben Sie der Zielgruppe einen Weg, der anderswo läuft.", "Give the audience a channel that runs elsewhere."]
        ["Genau dann haben die Menschen Fragen.", "That is just when people have questions."];
    ALERT_FATE "fate.alert" Must
        ["Fällt „{0}“ aus, wird nach „{1}“ niemand geweckt.", "When “{0}” goes down, nobody is woken by “{1}”."]
        ["Geben Sie dem Plan einen Weg für Alarme, der anderswo läuft.", "Give the plan an alert channel that runs elsewhere."]
        ["Der Alarm stirbt mit dem, was er melden soll.", "The alarm dies with what it is to report."];
}
