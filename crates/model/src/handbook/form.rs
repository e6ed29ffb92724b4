//! Whether the text of a setting looks as its adapter wants it.

use super::channel::Form;
use super::fault::{Clause, said};

/// What is wrong with the text and what to write instead, if it does not fit.
pub(super) fn misfit(form: Form, text: &str) -> Option<(Clause, Clause)> {
    let wrong = |[german, english]: [&str; 2], help: Clause| {
        Some((
            Clause::new(format!("„{text}“ ist {german}"), format!("“{text}” is no {english}")),
            help,
        ))
    };
    match form {
        Form::Line if text.contains(['\n', '\r']) => Some((
            said!("das geht über mehr als eine Zeile", "this goes over more than one line"),
            said!("schreiben Sie es auf eine Zeile", "write it on one line"),
        )),
        Form::Line => None,
        Form::Number(low, high) => match text.parse::<u32>() {
            Ok(number) if (low..=high).contains(&number) => None,
            _ => wrong(
                ["keine Zahl, die passt", "number that fits"],
                said!(
                    "schreiben Sie eine ganze Zahl von {low} bis {high}",
                    "write a whole number from {low} to {high}"
                ),
            ),
        },
        Form::OneOf(words) if words.contains(&text) => None,
        Form::OneOf(words) => wrong(
            ["kein Wort, das hier bekannt ist", "word that is known here"],
            said!("nehmen Sie eines davon: {}", "use one of: {}", words.join(", ")),
        ),
        Form::Email if is_email(text) => None,
        Form::Email => wrong(
            ["keine Mailadresse", "mail address"],
            said!("schreiben Sie sie wie name@example.org", "write it like name@example.org"),
        ),
        Form::Mailbox => mailbox(text),
        Form::SecretName if is_name(text) => None,
        Form::SecretName => Some((
            said!("das ist kein Name eines Geheimnisses", "this is no name of a secret"),
            said!(
                "schreiben Sie hier nur einen Namen, zum Beispiel mail-password: Buchstaben, Ziffern, „-“ \
                 und „_“, höchstens 64; das Geheimnis selbst bekommt das Programm",
                "write only a name here, for example \"mail-password\": letters, digits, “-” and “_”, \
                 at most 64; the secret itself is given to the process"
            ),
        )),
    }
}

/// Whether this is a mail address: one @ between something and a host.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, host)) = text.rsplit_once('@') else { return false };
    let ordinary = |c: char| !c.is_whitespace() && !c.is_control() && !"<>()[],;:\\\"@".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    text.len() <= 254
        && !local.is_empty()
        && local.chars().all(ordinary)
        && host.split('.').all(label)
}

/// The address of a mailbox: whoever reads it is in it, the password is not.
fn mailbox(text: &str) -> Option<(Clause, Clause)> {
    let help = || {
        said!(
            "schreiben Sie sie wie imaps://user@mail.example.org/INBOX",
            "write it like imaps://user@mail.example.org/INBOX"
        )
    };
    let rest = text.strip_prefix("imaps://").or_else(|| text.strip_prefix("imap://"));
    let whole = rest.map(|rest| rest.split('/').next().unwrap_or_default());
    match whole.and_then(|whole| whole.rsplit_once('@')) {
        Some((user, _)) if user.contains(':') => Some((
            said!("in dieser Adresse steht ein Passwort", "a password stands in this address"),
            said!(
                "nehmen Sie es heraus, geben Sie es dem Programm als Geheimnis, und schreiben Sie dessen \
                 Namen unter bounces_password; dann ändern Sie es: Dieser Text kann gesehen worden sein",
                "take it out, give it to the process as a secret, and write the secret's name under \
                 bounces_password; then change it: this text may have been seen"
            ),
        )),
        Some((user, host)) if !user.is_empty() && !host.is_empty() => None,
        Some(_) => Some((
            said!(
                "„{text}“ nennt keinen Benutzer oder keinen Server",
                "“{text}” names no user or no server"
            ),
            help(),
        )),
        None => Some((
            said!(
                "„{text}“ ist keine Adresse eines Postfachs",
                "“{text}” is no address of a mailbox"
            ),
            help(),
        )),
    }
}

fn is_name(text: &str) -> bool {
    let known = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    text.len() <= 64
        && text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(known)
}

/// Whether a text that stands for a secret's name looks like the secret itself: a known beginning,
/// or long, without a break, and mixed from letters and digits as chance mixes them.
pub(super) fn looks_secret(text: &str) -> bool {
    const BEGINNINGS: [&str; 7] = ["whsec_", "sk_", "sk-", "ghp_", "glpat-", "xox", "eyJ"];
    if BEGINNINGS.iter().any(|beginning| text.starts_with(beginning)) {
        return true;
    }
    let longest = text.split(['-', '_']).max_by_key(|part| part.len()).unwrap_or("");
    let has = |what: fn(&char) -> bool| longest.chars().any(|c| what(&c));
    longest.len() >= 12 && has(char::is_ascii_digit) && has(char::is_ascii_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_that_was_pasted_into_the_handbook_is_noticed() {
        for secret in ["whsec_MfKQ9r8GKYqrTwjU", "a8f3kd92mvb1x0", "prod-8f14e45fceea167a5a36"] {
            assert!(looks_secret(secret), "{secret}");
        }
        for name in ["mail-password", "MAIL_PASSWORD_2", "chat-signing-key", "relay1"] {
            assert!(!looks_secret(name) && misfit(Form::SecretName, name).is_none(), "{name}");
        }
    }

    #[test]
    fn the_address_of_a_mailbox_has_a_user_and_no_password() {
        let fits = |text| misfit(Form::Mailbox, text).is_none();
        assert!(fits("imaps://me@mail.example") && fits("imap://a@b.example@c.example:143/In box"));
        for bad in ["", "mail.example", "imaps://mail.example", "imaps://@a", "imaps://me@/x"] {
            assert!(!fits(bad), "{bad}");
        }
        let said = misfit(Form::Mailbox, "imaps://me:pw@mail.example").unwrap_or_default();
        let (what, help) = said;
        let [what, help] = [what, help].map(|clause| clause.to_string());
        assert!(what.contains("password") && help.contains("bounces_password"), "{what}: {help}");
    }

    #[test]
    fn a_mail_address_is_told_from_what_is_none() {
        for good in ["a@example.org", "erika.muster+x@mail.lindenhof.example", "ü@localhost"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "@b.de", "a@", "a@b@c.de", "a b@c.de", "a@b..de", "A <a@b.de>"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
