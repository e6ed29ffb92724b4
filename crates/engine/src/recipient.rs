//! Subscribers come and go.

use std::sync::Arc;

use model::handbook::Handbook;
use model::handbook::channel::Reaches;
use model::recipient::{Contact, NewRecipient};
use model::value::Key;
use outside::channel::adapter;
use store::contact::{Way, keep_out_steps};
use store::import::{Imported, Newcomers, Stage};
use store::recipient::{add_steps, leave_steps};
use store::{Write, audit};

use crate::mark::mark;
use crate::{Engine, EngineError};

impl Engine {
    /// Registers confirmed subscribers; who is registered already stays as is. Says how many are
    /// new. `consent` says where their consent can be seen.
    ///
    /// # Errors
    ///
    /// When the database does not answer; those of earlier batches are registered then.
    pub async fn subscribe(
        &self,
        newcomers: &[NewRecipient],
        author: &str,
        consent: &str,
    ) -> Result<usize, EngineError> {
        const BATCH: usize = 2_000;
        let entry = audit::Entry {
            at: self.now(),
            actor: author.to_owned(),
            act: "recipient.import".into(),
            subject: newcomers.len().to_string(),
            detail: consent.to_owned(),
        };
        self.store.write(audit::note_steps(&entry)).await?;
        let mut new = 0;
        for batch in newcomers.chunks(BATCH) {
            new += self.store.write(add_steps(batch, self.now())).await?.given.len();
        }
        Ok(new)
    }

    /// Registers a settled list of confirmed subscribers, all or nobody, with one note about it;
    /// who is registered already stays as is, and whoever left or was erased is left out: so many
    /// stand beside the result. A `trial` keeps nothing.
    ///
    /// # Errors
    ///
    /// As [`store::Store::import`].
    pub async fn import(
        &self,
        mut list: Newcomers,
        author: &str,
        consent: &str,
        trial: bool,
        progress: impl Fn(Stage) + Send + 'static,
    ) -> Result<(Imported, u64), EngineError> {
        let channel = list.channel().clone();
        let fenced = self.store.fenced(&channel).await?;
        let is_out = |address: &str| fenced.contains(&self.fence(&channel, address));
        let out = if fenced.is_empty() { 0 } else { list.leave_out(is_out) };
        let entry = audit::Entry {
            at: self.now(),
            actor: author.to_owned(),
            act: "recipient.import".into(),
            subject: list.len().to_string(),
            detail: consent.to_owned(),
        };
        let progress = move |stage| {
            if matches!(stage, Stage::Saving) {
                mark("import.before_commit");
            }
            progress(stage);
        };
        let imported = self.store.import(Arc::new(list), &entry, trial, progress).await?;
        mark("import.committed");
        Ok((imported, out))
    }

    /// The contact of a subscriber on the first channel that has one; nothing once they left.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn subscriber(&self, recipient: i64) -> Result<Option<Contact>, EngineError> {
        let handbook = self.handbook().await?.handbook;
        for channel in handbook.channels.keys() {
            let contacts = self.store.contacts(channel, recipient, recipient + 1).await?;
            if let Some(contact) = contacts.into_iter().next() {
                return Ok(Some(contact));
            }
        }
        Ok(None)
    }

    /// Somebody leaves, and no import brings them back. Leaving twice is no error.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn leave(&self, recipient: i64) -> Result<(), EngineError> {
        let now = self.now();
        let fences = keep_out_steps(&self.fences_of(recipient).await?, now);
        self.store.write(Write::from(leave_steps(recipient, now)).and(fences)).await?;
        Ok(())
    }

    /// What keeps the addresses of this recipient out, for each channel.
    pub(crate) async fn fences_of(&self, id: i64) -> Result<Vec<(Key, String)>, EngineError> {
        let ways = self.store.ways(id).await?.into_iter();
        let fence = |way: Way| (way.channel.clone(), self.fence(&way.channel, &way.address));
        Ok(ways.map(fence).collect())
    }

    /// The channel over which subscribers are registered by mail address: the first mail channel
    /// of an audience that subscribers belong to.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unknown`] when the handbook has none.
    pub async fn subscribers_channel(&self) -> Result<Key, EngineError> {
        let handbook = self.handbook().await?.handbook;
        subscribers_over(&handbook, Reaches::PeopleByMail).ok_or_else(|| EngineError::Unknown {
            kind: "mail channel of an audience with",
            key: "subscribers".into(),
            known: "no such audience".into(),
        })
    }
}

/// The first channel of this sort in an audience that subscribers belong to.
pub(crate) fn subscribers_over(handbook: &Handbook, sort: Reaches) -> Option<Key> {
    let subscribers = &model::handbook::channel::Member::Subscribers;
    let audiences = handbook.audiences.values().filter(|one| one.who.contains(subscribers));
    audiences
        .flat_map(|audience| &audience.channels)
        .find(|key| reaches(handbook, key) == Some(sort))
        .cloned()
}

/// What sort of recipients a channel reaches.
pub(crate) fn reaches(handbook: &Handbook, channel: &Key) -> Option<Reaches> {
    Some(adapter(&handbook.channels.get(channel)?.kind)?.descriptor().reaches)
}
