//! Mail, over one relay.

pub mod bounce;
pub mod compose;
mod dkim;
mod draft;
pub mod render;
mod setting;
mod slot;
pub mod smtp;
pub mod verp;

use model::dispatch::{Dispatch, Outcome, Real};
use model::handbook::channel::{Channel, Descriptor};

use super::inbox::Inbox;
use super::post::Post;
use super::{Adapter, Carrying, ChannelError, Form, Line, Load, Parcel, Preview, Trying, Wire};
use dkim::Signer;
use draft::Draft;
pub use setting::bounces;
use setting::{DESCRIPTOR, relay, sender, signer};
use smtp::{Connection, Mail, Mailbox, Mails};

/// The channel.
#[derive(Debug, Clone, Copy)]
pub struct Email;

impl Adapter for Email {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn prepare(&self, channel: &Channel, post: &Post) -> Result<Box<dyn Form>, ChannelError> {
        let from = sender(channel)?;
        let bounces = bounces(channel)?;
        let from_name = channel.setting("from_name").unwrap_or(&post.community).to_owned();
        Ok(Box::new(Draft::new(from, bounces, from_name, post.clone())))
    }

    fn preview(&self, _channel: &Channel, post: &Post) -> Preview {
        let rendered = render::render(post, None, None);
        Preview {
            subject: Some(rendered.subject),
            text: rendered.text,
            machine: false,
            parts: None,
        }
    }

    fn open(&self, wire: &Wire, channel: &Channel) -> Result<Box<dyn Line>, ChannelError> {
        let from = sender(channel)?;
        let relay = relay(wire, channel, &from)?;
        let connection = Connection::new(wire.guard.clone(), wire.trust.clone(), relay);
        let signer = signer(wire, channel, &from)?;
        Ok(Box::new(Mailer { from, signer, connection }))
    }

    fn inbox(
        &self,
        wire: &Wire,
        channel: &Channel,
    ) -> Result<Option<Box<dyn Inbox>>, ChannelError> {
        bounce::inbox(wire, channel)
    }
}

/// One kept connection to the relay.
struct Mailer {
    from: Mailbox,
    signer: Option<Signer>,
    connection: Connection,
}

impl Line for Mailer {
    fn carry<'a>(
        &'a mut self,
        _dispatch: &'a Dispatch<Real>,
        load: &'a mut dyn Load,
    ) -> Carrying<'a> {
        let Self { from, signer, connection } = self;
        let mut bag = Bag { from, signer: signer.as_ref(), load };
        Box::pin(async move { connection.carry(&mut bag).await })
    }

    fn try_out(&mut self) -> Trying<'_> {
        Box::pin(self.connection.try_out())
    }
}

/// The parcels of a load as mails.
struct Bag<'a> {
    from: &'a Mailbox,
    signer: Option<&'a Signer>,
    load: &'a mut dyn Load,
}

impl Mails for Bag<'_> {
    fn next(&mut self) -> Option<Mail> {
        let (number, Parcel { from, to, body, .. }) = self.load.next()?;
        let from = from.unwrap_or_else(|| self.from.as_str().to_owned());
        let body = match self.signer {
            Some(signer) => signer.sign(&body),
            None => body,
        };
        Some(Mail { number, from, to, body })
    }

    fn settle(&mut self, number: u16, outcome: Outcome) {
        self.load.settle(number, outcome);
    }
}
