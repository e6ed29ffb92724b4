//! Mail, over one relay.

pub mod compose;
pub mod render;
pub mod smtp;
pub mod verp;

use model::dispatch::{Dispatch, Outcome, Real};
use model::handbook::channel::{Abilities, Channel, Descriptor, Field, Form as Text, Reaches};

use super::post::{Post, Recipient};
use super::{
    Adapter, Carrying, ChannelError, Form, Line, Load, Parcel, Preview, Trying, Wire, number,
    required,
};
use compose::Letter;
use smtp::{Connection, Limits, Mail, Mailbox, Mails, Relay, Security};

/// The channel.
#[derive(Debug, Clone, Copy)]
pub struct Email;

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "email",
    label: ["E-Mail", "e-mail"],
    reaches: Reaches::PeopleByMail,
    fields: &[
        Field {
            name: "host",
            hint: ["Name des Mail-Relays, etwa mail.example.org", "name of the mail relay"],
            required: true,
            form: Text::Line,
        },
        Field {
            name: "port",
            hint: [
                "Port; sonst 587 (starttls), 465 (tls) oder 25 (plain)",
                "port; otherwise 587 (starttls), 465 (tls) or 25 (plain)",
            ],
            required: false,
            form: Text::Number(1, 65_535),
        },
        Field {
            name: "security",
            hint: [
                "starttls (sonst), tls, oder plain: nur für ein Relay auf demselben Rechner",
                "starttls (the usual), tls, or plain: only for a relay on the same machine",
            ],
            required: false,
            form: Text::OneOf(&["starttls", "tls", "plain"]),
        },
        Field {
            name: "user",
            hint: [
                "Benutzername, falls das Relay einen verlangt",
                "user, if the relay asks for one",
            ],
            required: false,
            form: Text::Line,
        },
        Field {
            name: "password",
            hint: [
                "Name des Geheimnisses mit dem Passwort",
                "name of the secret with the password",
            ],
            required: false,
            form: Text::SecretName,
        },
        Field {
            name: "from",
            hint: ["Adresse des Absenders", "address of the sender"],
            required: true,
            form: Text::Email,
        },
        Field {
            name: "from_name",
            hint: [
                "Name des Absenders; sonst der Name der Gemeinschaft",
                "name of the sender; otherwise the community's name",
            ],
            required: false,
            form: Text::Line,
        },
        Field {
            name: "connections",
            hint: [
                "Verbindungen zugleich; sonst 10. So viele muss das Relay annehmen",
                "connections at a time; otherwise 10. The relay must take as many",
            ],
            required: false,
            form: Text::Number(1, 100),
        },
        Field {
            name: "bounces",
            hint: [
                "Adresse, an die Unzustellbares zurückkommt; zusammen mit name+alles@domain",
                "address that undeliverable mails come back to, together with name+anything@domain",
            ],
            required: false,
            form: Text::Email,
        },
    ],
    abilities: Abilities { edit: false, thread: true, receipt: false, replies: true, limit: None },
};

impl Adapter for Email {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn prepare(&self, channel: &Channel, post: &Post) -> Result<Box<dyn Form>, ChannelError> {
        let from = sender(channel)?;
        let bounces = bounces(channel)?;
        let from_name = channel.setting("from_name").unwrap_or(&post.community).to_owned();
        Ok(Box::new(Draft { from, bounces, from_name, post: post.clone() }))
    }

    fn preview(&self, post: &Post) -> Preview {
        let rendered = render::render(post, None, None);
        Preview { subject: Some(rendered.subject), text: rendered.text, machine: false }
    }

    fn open(&self, wire: &Wire, channel: &Channel) -> Result<Box<dyn Line>, ChannelError> {
        let from = sender(channel)?;
        let relay = relay(wire, channel, &from)?;
        let connection = Connection::new(wire.guard.clone(), wire.trust.clone(), relay);
        Ok(Box::new(Mailer { from, connection }))
    }
}

fn sender(channel: &Channel) -> Result<Mailbox, ChannelError> {
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

fn relay(wire: &Wire, channel: &Channel, from: &Mailbox) -> Result<Relay, ChannelError> {
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

/// A mail without its recipient.
struct Draft {
    from: Mailbox,
    bounces: Option<Mailbox>,
    from_name: String,
    post: Post,
}

impl Form for Draft {
    fn fill(&self, to: &Recipient) -> Result<Parcel, ChannelError> {
        let (from, post) = (&self.from, &self.post);
        let id = |id: &str| format!("<{id}@{}>", from.domain());
        let rendered = render::render(post, to.unsubscribe.as_deref(), to.choices.as_deref());
        let letter = Letter {
            from_name: self.from_name.clone(),
            from_address: from.as_str().to_owned(),
            to: to.address.clone(),
            subject: rendered.subject,
            date: post.at,
            message_id: id(&to.id),
            in_reply_to: to.thread.as_deref().map(id),
            language: post.language,
            list_id: to.unsubscribe.is_some().then(|| format!("notices.{}", from.domain())),
            list_unsubscribe: to.unsubscribe.clone(),
            text: rendered.text,
            html: rendered.html,
        };
        let body =
            compose::compose(&letter).map_err(|error| ChannelError::Message(error.to_string()))?;
        let back = match (&self.bounces, &to.bounce) {
            (Some(bounces), Some(token)) => Some(verp::return_address(bounces, token)),
            (bounces, _) => bounces.clone(),
        };
        let from = back.map(|address| address.as_str().to_owned());
        let (id, address) = (to.id.clone(), to.address.clone());
        Ok(Parcel { id, from, to: address, secret: None, own: None, body })
    }
}

/// One kept connection to the relay.
struct Mailer {
    from: Mailbox,
    connection: Connection,
}

impl Line for Mailer {
    fn carry<'a>(
        &'a mut self,
        _dispatch: &'a Dispatch<Real>,
        load: &'a mut dyn Load,
    ) -> Carrying<'a> {
        let Self { from, connection } = self;
        Box::pin(async move { connection.carry(&mut Bag { from, load }).await })
    }

    fn try_out(&mut self) -> Trying<'_> {
        Box::pin(self.connection.try_out())
    }
}

/// The parcels of a load as mails.
struct Bag<'a> {
    from: &'a Mailbox,
    load: &'a mut dyn Load,
}

impl Mails for Bag<'_> {
    fn next(&mut self) -> Option<Mail> {
        let (number, Parcel { from, to, body, .. }) = self.load.next()?;
        let from = from.unwrap_or_else(|| self.from.as_str().to_owned());
        Some(Mail { number, from, to, body })
    }

    fn settle(&mut self, number: u16, outcome: Outcome) {
        self.load.settle(number, outcome);
    }
}
