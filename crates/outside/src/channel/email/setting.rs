//! The settings of a mail channel: what they are called, and what becomes of them.

use model::handbook::channel::{Abilities, Channel, Descriptor, Field, Form, Reaches};

use super::dkim::Signer;
use super::smtp::{Limits, Mailbox, Relay, Security};
use crate::channel::{ChannelError, PER_SECOND, Wire, number, required};

/// The setting with the address of the mailbox of bounces.
pub(super) const BOUNCES_SERVER: &str = "bounces_server";
/// The setting with the name of its password.
pub(super) const BOUNCES_PASSWORD: &str = "bounces_password";

pub(super) static DESCRIPTOR: Descriptor = Descriptor {
    kind: "email",
    label: ["E-Mail", "e-mail"],
    reaches: Reaches::PeopleByMail,
    fields: &[
        Field {
            name: "host",
            hint: ["Name des Mail-Relays, etwa mail.example.org", "name of the mail relay"],
            required: true,
            form: Form::Line,
        },
        Field {
            name: "port",
            hint: [
                "Port; sonst 587 (starttls), 465 (tls) oder 25 (plain)",
                "port; otherwise 587 (starttls), 465 (tls) or 25 (plain)",
            ],
            required: false,
            form: Form::Number(1, 65_535),
        },
        Field {
            name: "security",
            hint: [
                "starttls (sonst), tls, oder plain: nur für ein Relay auf demselben Rechner",
                "starttls (the usual), tls, or plain: only for a relay on the same machine",
            ],
            required: false,
            form: Form::OneOf(&["starttls", "tls", "plain"]),
        },
        Field {
            name: "user",
            hint: [
                "Benutzername, falls das Relay einen verlangt",
                "user, if the relay asks for one",
            ],
            required: false,
            form: Form::Line,
        },
        Field {
            name: "password",
            hint: [
                "Name des Geheimnisses mit dem Passwort",
                "name of the secret with the password",
            ],
            required: false,
            form: Form::SecretName,
        },
        Field {
            name: "from",
            hint: ["Adresse des Absenders", "address of the sender"],
            required: true,
            form: Form::Email,
        },
        Field {
            name: "from_name",
            hint: [
                "Name des Absenders; sonst der Name der Gemeinschaft",
                "name of the sender; otherwise the community's name",
            ],
            required: false,
            form: Form::Line,
        },
        Field {
            name: "connections",
            hint: [
                "Verbindungen zugleich; sonst 10. So viele muss das Relay annehmen",
                "connections at a time; otherwise 10. The relay must take as many",
            ],
            required: false,
            form: Form::Number(1, 100),
        },
        PER_SECOND,
        Field {
            name: "per_second_and_domain",
            hint: [
                "höchstens so viele Mails je Sekunde und Knoten an eine Domain der Empfänger",
                "at most so many mails a second and node to one domain of the recipients",
            ],
            required: false,
            form: Form::Number(1, 1_000_000),
        },
        Field {
            name: "bounces",
            hint: [
                "Adresse, an die Unzustellbares zurückkommt; zusammen mit name+alles@domain",
                "address that undeliverable mails come back to, together with name+anything@domain",
            ],
            required: false,
            form: Form::Email,
        },
        Field {
            name: BOUNCES_SERVER,
            hint: [
                "Postfach dieser Adresse, etwa imaps://bounces@mail.example.org/INBOX",
                "mailbox of that address, such as imaps://bounces@mail.example.org/INBOX",
            ],
            required: false,
            form: Form::Mailbox,
        },
        Field {
            name: BOUNCES_PASSWORD,
            hint: [
                "Name des Geheimnisses mit dem Passwort dieses Postfachs",
                "name of the secret with the password of that mailbox",
            ],
            required: false,
            form: Form::SecretName,
        },
        Field {
            name: "dkim_key",
            hint: [
                "Name des Geheimnisses mit dem DKIM-Schlüssel (PEM), falls das Relay nicht signiert",
                "name of the secret with the DKIM key (PEM), if the relay does not sign",
            ],
            required: false,
            form: Form::SecretName,
        },
        Field {
            name: "dkim_selector",
            hint: [
                "DKIM-Selektor: der öffentliche Schlüssel steht unter SELEKTOR._domainkey.DOMAIN",
                "DKIM selector: the public key stands at SELECTOR._domainkey.DOMAIN",
            ],
            required: false,
            form: Form::Line,
        },
        Field {
            name: "dkim_domain",
            hint: [
                "Domain, für die signiert wird; sonst die des Absenders",
                "domain that is signed for; otherwise the sender's",
            ],
            required: false,
            form: Form::Line,
        },
    ],
    abilities: Abilities { edit: false, thread: true, receipt: false, replies: true, limit: None },
};

/// The address of the sender.
pub(super) fn sender(channel: &Channel) -> Result<Mailbox, ChannelError> {
    mailbox(channel, "from", required(channel, "from")?)
}

/// The address that undeliverable mails come back to, where the handbook names one.
///
/// # Errors
/// [`ChannelError::Setting`] if it is no address.
pub fn bounces(channel: &Channel) -> Result<Option<Mailbox>, ChannelError> {
    channel.setting("bounces").map(|text| mailbox(channel, "bounces", text)).transpose()
}

fn mailbox(channel: &Channel, field: &'static str, text: &str) -> Result<Mailbox, ChannelError> {
    Mailbox::parse(text).map_err(|error| ChannelError::Setting {
        channel: channel.key.to_string(),
        field,
        reason: error.to_string(),
    })
}

/// The relay and how to get in.
pub(super) fn relay(wire: &Wire, channel: &Channel, from: &Mailbox) -> Result<Relay, ChannelError> {
    let security = match channel.setting("security") {
        None | Some("starttls") => Security::StartTls,
        Some("tls") => Security::Tls,
        Some("plain") => Security::Plain,
        Some(other) => {
            return Err(ChannelError::Setting {
                channel: channel.key.to_string(),
                field: "security",
                reason: format!("“{other}”; write starttls, tls or plain"),
            });
        }
    };
    if security == Security::Plain && channel.setting("user").is_some() {
        return Err(ChannelError::Setting {
            channel: channel.key.to_string(),
            field: "security",
            reason:
                "a password is sent over an encrypted line only; write starttls or tls, or leave \
                     user and password out"
                    .to_owned(),
        });
    }
    let login = match channel.setting("user") {
        Some(user) => {
            let password = wire.secrets.get(required(channel, "password")?)?;
            Some((user.to_owned(), password.clone()))
        }
        None => None,
    };
    Ok(Relay {
        host: required(channel, "host")?.to_owned(),
        port: number(channel, "port")?.unwrap_or(security.usual_port()),
        security,
        login,
        greet_as: from.domain().to_owned(),
        limits: Limits::default(),
    })
}

/// What signs the mails, where the handbook names a key.
pub(super) fn signer(
    wire: &Wire,
    channel: &Channel,
    from: &Mailbox,
) -> Result<Option<Signer>, ChannelError> {
    let Some(key) = channel.setting("dkim_key") else { return Ok(None) };
    let key = wire.secrets.get(key)?;
    let selector = required(channel, "dkim_selector")?;
    let domain = channel.setting("dkim_domain").unwrap_or(from.domain());
    let signer = Signer::new(domain, selector, key.expose());
    signer.map(Some).map_err(|reason| ChannelError::Setting {
        channel: channel.key.to_string(),
        field: "dkim_key",
        reason,
    })
}
