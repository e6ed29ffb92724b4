//! Short messages to telephones (SMS), over the HTTP interface of a gateway.

mod describe;
mod gateway;
mod preset;
mod template;
pub mod text;
mod verdict;

use std::sync::Arc;

use model::dispatch::{Dispatch, Outcome, Real};
use model::handbook::channel::{Abilities, Channel, Descriptor, Reaches};
use model::value::Phone;

use super::post::{Post, Recipient};
use super::{
    Adapter, Carrying, ChannelError, Form, Line, Load, Parcel, Preview, Trying, Wire, flight,
    number,
};
use crate::http::Http;
use gateway::Gateway;

/// The channel.
#[derive(Debug, Clone, Copy)]
pub struct Sms;

/// The handbook says how many lines there are; each waits for its answer.
const AT_ONCE: usize = 1;
/// How many parts a message has at most where the handbook says nothing.
const USUAL_PARTS: u32 = 2;

static DESCRIPTOR: Descriptor = Descriptor {
    kind: "sms",
    label: ["SMS", "text message (SMS)"],
    reaches: Reaches::PeopleByPhone,
    fields: describe::FIELDS,
    abilities: Abilities { edit: false, thread: false, receipt: false, replies: true, limit: None },
};

impl Adapter for Sms {
    fn descriptor(&self) -> &'static Descriptor {
        &DESCRIPTOR
    }

    fn prepare(&self, channel: &Channel, post: &Post) -> Result<Box<dyn Form>, ChannelError> {
        let parts = number(channel, "parts")?.unwrap_or(USUAL_PARTS);
        let stop = channel.setting("stop").map(str::to_owned);
        Ok(Box::new(Draft { post: post.clone(), stop, parts }))
    }

    fn preview(&self, channel: &Channel, post: &Post) -> Preview {
        let most = number(channel, "parts").ok().flatten().unwrap_or(USUAL_PARTS);
        let leave = Some(format!("{}/leave/…", post.page));
        let somebody = Recipient { unsubscribe: leave, ..Recipient::default() };
        let text = text::compose(post, &somebody, channel.setting("stop"), most);
        let parts = Some(text::parts(&text));
        Preview { subject: None, text, machine: false, parts }
    }

    fn open(&self, wire: &Wire, channel: &Channel) -> Result<Box<dyn Line>, ChannelError> {
        let gateway = Arc::new(Gateway::open(channel, &wire.secrets)?);
        Ok(Box::new(Texter { http: wire.http.clone(), gateway }))
    }
}

/// A message without its recipient.
struct Draft {
    post: Post,
    stop: Option<String>,
    parts: u32,
}

impl Form for Draft {
    fn fill(&self, to: &Recipient) -> Result<Parcel, ChannelError> {
        let number: Phone =
            to.address.parse().map_err(|why| ChannelError::Message(format!("{why}")))?;
        let text = text::compose(&self.post, to, self.stop.as_deref(), self.parts);
        let (id, to, body) = (to.id.clone(), number.to_string(), text.into_bytes());
        Ok(Parcel { id, from: None, to, secret: None, own: None, body })
    }
}

struct Texter {
    http: Http,
    gateway: Arc<Gateway>,
}

impl Line for Texter {
    fn carry<'a>(
        &'a mut self,
        _dispatch: &'a Dispatch<Real>,
        load: &'a mut dyn Load,
    ) -> Carrying<'a> {
        let (http, gateway) = (&self.http, &self.gateway);
        Box::pin(flight::carry(load, AT_ONCE, move |parcel, now| async move {
            let refused = |reason| Outcome::Refused { reason };
            let to: Phone = match parcel.to.parse() {
                Ok(to) => to,
                Err(why) => return refused(format!("{why}")),
            };
            let text = String::from_utf8_lossy(&parcel.body);
            match gateway.call(&to, &parcel.id, &text) {
                Ok(call) => gateway.rules.judge(http.call(call).await, now),
                Err(reason) => refused(reason),
            }
        }))
    }

    fn try_out(&mut self) -> Trying<'_> {
        Box::pin(async move {
            let call = self.gateway.knock()?;
            let host = call.url.host_str().unwrap_or_default().to_owned();
            match self.http.call(call).await {
                Ok(_) => Ok(format!("the gateway at {host} answers; nothing was sent")),
                Err(error) => Err(format!("the gateway at {host}: {error}")),
            }
        })
    }
}
