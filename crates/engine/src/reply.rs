//! People answer a message: STOP ends what comes to that address.

use model::recipient::says_stop;
use model::value::Key;
use outside::intake::reply::Reply;
use store::contact::{fence_steps, withdraw_steps};
use store::{Write, audit};

use crate::{Engine, EngineError};

impl Engine {
    /// Takes in what somebody answered on a channel; gives the one answer that they get, once.
    /// Whoever says STOP gets nothing more there, also not after the next import.
    ///
    /// # Errors
    ///
    /// When the database does not answer, or the handbook has no such channel.
    pub async fn take_reply(
        &self,
        channel: &Key,
        reply: &Reply,
    ) -> Result<Option<String>, EngineError> {
        let handbook = self.handbook().await?.handbook;
        let Some(found) = handbook.channels.get(channel) else { return Err(EngineError::BadLink) };
        if !says_stop(&reply.text) {
            tracing::info!(%channel, from = reply.from.masked(), "an answer that is no STOP");
            return Ok(None);
        }
        let (book, address, now) = (found.address_book(), reply.from.as_str(), self.now());
        let language = match self.store.holders(book, address).await?.first() {
            Some(id) => {
                let contacts = self.store.contacts(book, *id, id + 1).await?;
                contacts.first().map(|contact| contact.language)
            }
            None => None,
        };
        let entry = audit::Entry {
            at: now,
            actor: format!("channel:{channel}"),
            act: "contact.stop".into(),
            subject: reply.from.masked(),
            detail: String::new(),
        };
        let withdraw = withdraw_steps(book, address, now);
        let fence = fence_steps(book, &self.fence(book, address), now);
        let write = Write::from(audit::note_steps(&entry)).and(withdraw.clone()).and(fence);
        match self.store.write(write).await {
            // It was said before, and answered.
            Err(why) if why.is_conflict() => {
                self.store.write(withdraw).await?;
                return Ok(None);
            }
            other => other?,
        };
        self.store.forget().await?;
        tracing::warn!(%channel, from = reply.from.masked(), "STOP: nothing more is sent there");
        let words = language.unwrap_or(handbook.language()).words();
        Ok(Some((words.short.stopped)(&handbook.community)))
    }
}
