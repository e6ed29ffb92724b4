//! Makes the messages of one dispatch: what is common once, what is personal for each.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use model::dispatch::Outcome;
use model::handbook::Handbook;
use model::handbook::channel::Channel;
use model::language::Language;
use model::recipient::Contact;
use model::value::Key;
use outside::channel::{ChannelError, Form, Parcel};
use store::dispatch::Stored;

use super::letter::Letters;
use super::way::kind;
use crate::body::Body;
use crate::{Engine, EngineError, Keys};

/// The reason where somebody left between freezing and sending: nothing about the address.
pub(super) const LEFT: &str = "left before it was sent";

/// The reason where a subscribed webhook outlived the key of its secret.
const KEYLESS: &str = "the key of its secret is no longer in keys.json: it must subscribe anew";

/// Composes for one dispatch over one channel.
pub(super) struct Composer {
    pub(super) handbook: Arc<Handbook>,
    pub(super) dispatch: Arc<Stored<Body>>,
    pub(super) keys: Arc<Keys>,
    /// The common part, by the language that the recipient wants.
    pub(super) forms: BTreeMap<Language, Box<dyn Form>>,
}

impl Composer {
    /// The message for one recipient, or why there is none.
    pub(super) fn compose(
        &mut self,
        channel: &Channel,
        contact: Option<&Contact>,
    ) -> Result<Parcel, Outcome> {
        let contact = contact.ok_or_else(|| Outcome::Gone { reason: LEFT.into() })?;
        let letters =
            Letters { handbook: &self.handbook, dispatch: &self.dispatch, keys: &self.keys };
        let to = letters.recipient(contact);
        // A stranger's address is never told anything unsigned, nor called as if it were ours.
        if contact.seed.is_some() && to.own.is_none() {
            return Err(Outcome::Refused { reason: KEYLESS.into() });
        }
        let refused = |why: ChannelError| Outcome::Refused { reason: why.to_string() };
        let adapter = kind(channel).map_err(refused)?;
        // A notice is the same for all of a language; any other message may name its recipient.
        if !matches!(self.dispatch.order.body, Body::Notice(_)) {
            return adapter.compose(channel, &letters.post(contact), &to).map_err(refused);
        }
        if let Some(form) = self.forms.get(&contact.language) {
            return form.fill(&to).map_err(refused);
        }
        let form = adapter.prepare(channel, &letters.post(contact)).map_err(refused)?;
        let parcel = form.fill(&to).map_err(refused);
        self.forms.insert(contact.language, form);
        parcel
    }
}

/// Recipients so far apart are read from the database separately.
const FAR: i64 = 2000;

impl Engine {
    /// Where these recipients can be reached now: consent is looked at again.
    pub(super) async fn contacts_of(
        &self,
        book: &Key,
        base: i64,
        offsets: &[u16],
    ) -> Result<BTreeMap<i64, Contact>, EngineError> {
        let wanted: BTreeSet<i64> = offsets.iter().map(|one| base + i64::from(*one)).collect();
        let mut spans: Vec<(i64, i64)> = Vec::new();
        for id in wanted {
            match spans.last_mut() {
                Some((_, end)) if id - *end < FAR => *end = id + 1,
                _ => spans.push((id, id + 1)),
            }
        }
        let mut found = BTreeMap::new();
        for (from, to) in spans {
            let contacts = self.store.contacts(book, from, to).await?;
            found.extend(contacts.into_iter().map(|contact| (contact.recipient, contact)));
        }
        Ok(found)
    }
}
