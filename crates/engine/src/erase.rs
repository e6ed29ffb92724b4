//! Erasure of a person's data, at their wish. What is kept: that and when it was done, without
//! whose address it was, and the proof of consent, which holds none.

use model::value::{Key, Phone};
use store::contact::keep_out_steps;
use store::person::erase_steps;
use store::recipient::leave_steps;
use store::{Write, audit};

use crate::{Engine, EngineError};

impl Engine {
    /// Erases an address of subscribers and of those who did not confirm yet; says how many
    /// subscriptions it ended. The note about it does not hold the address, and a keyed hash keeps the
    /// next import from bringing it back.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn erase(&self, address: &str, author: &str) -> Result<usize, EngineError> {
        let (now, exact) = (self.now(), address.trim());
        // Mail addresses are kept in lower case, those of webhooks as they were given.
        let mut found = self.store.subscriptions_of(exact).await?;
        found.extend(self.store.subscriptions_of(&exact.to_lowercase()).await?);
        if let Ok(number) = exact.parse::<Phone>() {
            found.extend(self.store.subscriptions_of(number.as_str()).await?);
        }
        found.sort_unstable();
        found.dedup();
        let entry = self.erasure("recipient.erase", &found.len().to_string(), author);
        let mut write = Write::from(audit::note_steps(&entry));
        for id in &found {
            let fences = keep_out_steps(&self.fences_of(*id).await?, now);
            write = write.and(leave_steps(*id, now)).and(fences);
        }
        self.store.write(write).await?;
        self.store.forget().await?;
        Ok(found.len())
    }

    /// Erases the name and all contact data of somebody whom the handbook names. The key stays,
    /// as versions and timelines name it, and the next import does not bring the rest back.
    ///
    /// # Errors
    ///
    /// [`EngineError::Unknown`] if nobody has this key, or when the database does not answer.
    pub async fn erase_person(&self, key: &Key, author: &str) -> Result<(), EngineError> {
        let entry = self.erasure("person.erase", key.as_str(), author);
        let write = Write::from(audit::note_steps(&entry)).and(erase_steps(key, entry.at));
        match self.store.write(write).await {
            Err(why) if why.is_conflict() => {
                let people = self.store.people().await?;
                let known: Vec<&str> = people.iter().map(|card| card.key.as_str()).collect();
                let known = if known.is_empty() { "nobody".into() } else { known.join(", ") };
                return Err(EngineError::Unknown {
                    kind: "person with contact data of the key",
                    key: key.to_string(),
                    known,
                });
            }
            other => other?,
        };
        self.store.forget().await?;
        Ok(())
    }

    fn erasure(&self, act: &str, subject: &str, author: &str) -> audit::Entry {
        audit::Entry {
            at: self.now(),
            actor: author.to_owned(),
            act: act.to_owned(),
            subject: subject.to_owned(),
            detail: String::new(),
        }
    }
}
