//! Names and addresses of people and partners, one card at a time.

use model::handbook::parse::written_card;
use model::handbook::people::ContactCard;
use store::{Write, person};

use crate::handbook::check_contacts;
use crate::{Engine, EngineError};

impl Engine {
    /// All cards.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn cards(&self) -> Result<Vec<ContactCard>, EngineError> {
        Ok(self.store.people().await?)
    }

    /// Puts this card in the place of the one that the person or partner had.
    ///
    /// # Errors
    ///
    /// [`EngineError::Faults`] when a part of it does not look as it should, or the handbook knows
    /// nobody of this key.
    pub async fn keep_card(&self, card: &ContactCard, author: &str) -> Result<(), EngineError> {
        let version = self.handbook().await?;
        check_contacts(&written_card(card), &version.handbook).map_err(EngineError::Faults)?;
        let mut cards = self.store.people().await?;
        cards.retain(|one| one.key != card.key);
        cards.push(card.clone());
        let note = self.note(author, "contact.keep", &card.key, "");
        let named = self.named(&version.handbook, Some(&cards)).await?;
        let write = Write::from(person::replace_steps(&cards)).and(note);
        self.store.write(write.and(named)).await?;
        Ok(())
    }
}
