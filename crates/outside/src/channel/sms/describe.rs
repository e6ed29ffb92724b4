//! The settings of a gateway, as the handbook and the console show them.

use model::handbook::channel::{Field, Form};

use super::preset;
use crate::channel::PER_SECOND;

/// A setting that may be left out.
const fn may(name: &'static str, form: Form, german: &'static str, english: &'static str) -> Field {
    Field { name, hint: [german, english], required: false, form }
}

/// The settings.
pub(super) const FIELDS: &[Field] = &[
    may(
        "gateway",
        Form::OneOf(preset::NAMES),
        "ein bekanntes Gateway: kannel, seven, sipgate oder twilio; was sonst hier steht, gilt vor dem Bekannten",
        "a gateway that is known by name: kannel, seven, sipgate or twilio; what else is written here counts before that",
    ),
    may(
        "url",
        Form::Line,
        "Adresse des Gateways; darf Platzhalter haben: {to}, {digits}, {text}, {from}, {id}, {coding}, {user}, {password}",
        "address of the gateway; may have slots: {to}, {digits}, {text}, {from}, {id}, {coding}, {user}, {password}",
    ),
    may(
        "method",
        Form::OneOf(&["GET", "POST", "PUT"]),
        "GET, POST (sonst) oder PUT",
        "GET, POST (the usual) or PUT",
    ),
    may(
        "body",
        Form::Line,
        "Inhalt mit Platzhaltern: ein Formular wie to={to}&text={text}, oder JSON wie {\"to\": \"{to}\"}",
        "body with slots: a form such as to={to}&text={text}, or JSON such as {\"to\": \"{to}\"}",
    ),
    may(
        "header",
        Form::Line,
        "eine Kopfzeile, etwa X-Api-Key: {password}",
        "a header, for example X-Api-Key: {password}",
    ),
    may(
        "auth",
        Form::OneOf(&["none", "basic", "bearer"]),
        "Anmeldung: none (sonst), basic oder bearer",
        "how to sign in: none (the usual), basic or bearer",
    ),
    may("user", Form::Line, "Benutzername am Gateway", "user at the gateway"),
    may(
        "password",
        Form::SecretName,
        "Name des Geheimnisses mit Passwort oder Schlüssel",
        "name of the secret with the password or key",
    ),
    may(
        "from",
        Form::Line,
        "Absender: eine Nummer, oder ein Name, wo das Gateway es erlaubt",
        "sender: a number, or a name where the gateway allows it",
    ),
    may(
        "stop",
        Form::Line,
        "Nummer, an die man STOP schreiben kann; ohne sie steht ein Link zum Abmelden in jeder Nachricht",
        "number to which people can text STOP; without it each message has a link to end it",
    ),
    may(
        "accepted",
        Form::Line,
        "woran man ein Ja erkennt, mit | getrennt: ein Status (202), ein JSON-Feld (/success=100), die ganze Antwort (=100), ein Stück davon; sonst jeder Status 2xx",
        "by what a yes is known, parted by |: a status (202), a JSON field (/success=100), the whole answer (=100), a part of it; otherwise every status 2xx",
    ),
    may(
        "later",
        Form::Line,
        "woran „später noch einmal“ erkannt wird, ebenso",
        "by what “try again later” is known, likewise",
    ),
    may(
        "refused",
        Form::Line,
        "woran „für diese Nummer nicht“ erkannt wird, ebenso",
        "by what “not for this number” is known, likewise",
    ),
    may(
        "gone",
        Form::Line,
        "woran „diese Nummer gibt es nicht mehr“ erkannt wird, ebenso",
        "by what “this number no longer exists” is known, likewise",
    ),
    may(
        "down",
        Form::Line,
        "woran man erkennt, dass das Gateway selbst nicht geht, ebenso",
        "by what it is known that the gateway itself does not work, likewise",
    ),
    may(
        "parts",
        Form::Number(1, 6),
        "Teile, die eine Nachricht höchstens hat; sonst 2",
        "parts that a message has at most; otherwise 2",
    ),
    may(
        "connections",
        Form::Number(1, 64),
        "Anfragen, die zugleich unterwegs sind; sonst 10",
        "requests that are under way at once; otherwise 10",
    ),
    PER_SECOND,
    may(
        "timeout",
        Form::Number(1, 60),
        "Sekunden bis zur Antwort; sonst 15",
        "seconds until an answer; otherwise 15",
    ),
];
