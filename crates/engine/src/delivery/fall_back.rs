//! Who steps in for a channel, and whom that can reach.

use model::dispatch::{Ids, SHARD};
use model::handbook::Handbook;
use model::handbook::channel::{Channel, FallBack};
use store::dispatch::Stored;

use crate::body::Body;
use crate::{Engine, EngineError};

/// Who steps in for the channel of a dispatch.
pub(super) fn stands_in<'a>(
    handbook: &'a Handbook,
    dispatch: &Stored<Body>,
) -> Option<&'a FallBack> {
    handbook.channels.get(&dispatch.order.channel)?.falls_back.as_ref()
}

impl Engine {
    /// Who of this span has an address on that channel.
    pub(super) async fn reachable(&self, channel: &Channel, base: i64) -> Result<Ids, EngineError> {
        let book = channel.address_book();
        let contacts = self.store.contacts(book, base, base + SHARD).await?;
        let offset = |id: i64| u16::try_from(id - base).ok();
        Ok(contacts.iter().filter_map(|contact| offset(contact.recipient)).collect())
    }
}
