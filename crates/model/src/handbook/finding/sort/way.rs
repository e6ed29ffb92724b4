//! Of channels and audiences.

use super::{Grade, Said, Sort, sorts};

sorts! { WAY:
    NO_CHANNEL_TEST "channel.never-tested" Should
        ["Über „{0}“ wurde noch nie etwas zur Probe geschickt.", "Nothing has ever been sent over “{0}” to try it."]
        ["Schicken Sie eine Probe, und tragen Sie den Tag ein.", "Send a trial, and write down the day."]
        ["Ein Weg gilt erst, wenn jemand ihn benutzt hat.", "A channel counts once somebody has used it."];
    OLD_CHANNEL_TEST "channel.test-overdue" Should
        ["„{0}“ wurde vor {1} Tagen zuletzt erprobt.", "“{0}” was last tried {1} days ago."]
        ["Schicken Sie eine Probe, und tragen Sie den Tag ein.", "Send a trial, and write down the day."]
        ["Passwörter laufen ab, und Anbieter ändern ihre Regeln.", "Passwords run out, and providers change their rules."];
    FEW_KNOW "channel.known-by" Could
        ["Den Zugang zu „{0}“ kennt höchstens ein Mensch.", "At most one person has the account of “{0}”."]
        ["Geben Sie einem zweiten Menschen den Zugang.", "Give a second person access."]
        ["Ist dieser Mensch nicht da, ist der Weg zu.", "When that person is away, the channel is shut."];
    NO_CHANNEL_PLACE "channel.runs-on" Could
        ["Bei „{0}“ steht nicht, wo der Dienst dahinter läuft.", "“{0}” does not say where the service behind it runs."]
        ["Tragen Sie den Ort ein.", "Write down the place."]
        ["Nur so ist zu sehen, ob er mit ausfällt.", "Only so can be seen whether it goes down, too."];
    FALL_BACK_FATE "fate.fall-back" Should
        ["„{0}“ springt für „{1}“ ein, fällt aber mit „{2}“ zugleich aus.", "“{0}” steps in for “{1}”, but goes down together with it when “{2}” does."]
        ["Lassen Sie einen Weg einspringen, der woanders läuft.", "Let a channel step in that runs elsewhere."]
        ["Was mit dem ersten Weg ausfällt, ersetzt ihn nicht.", "What goes down with the first channel does not replace it."];
    NO_FALL_BACK "audience.one-way" Should
        ["„{0}“ ist nur über „{1}“ zu erreichen, und nichts springt dafür ein.", "“{0}” can be reached only over “{1}”, and nothing steps in for it."]
        ["Fügen Sie einen zweiten Weg hinzu, oder sagen Sie bei „{1}“, was einspringt.", "Add a second channel, or say at “{1}” what steps in."]
        ["Fällt dieser eine Weg aus, erfährt niemand etwas.", "If that one channel fails, nobody learns anything."];
    ONE_ALERT_WAY "plan.one-alert-way" Should
        ["Nach „{0}“ wird nur auf einem Weg alarmiert.", "“{0}” alerts people in only one way."]
        ["Fügen Sie einen zweiten Weg für Alarme hinzu, am besten Telefon.", "Add a second alert channel, best the telephone."]
        ["Mails liest um drei Uhr nachts niemand.", "Nobody reads mail at three in the morning."];
}
