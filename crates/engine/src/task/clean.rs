use model::recipient::{CHALLENGE_REST, PROOF, UNCONFIRMED};
use store::subscription::clean_steps;
use store::{Write, hook};

use crate::body::LETTER;
use crate::{Engine, EngineError};

impl Engine {
    /// Forgets what must be forgotten: subscriptions that nobody confirmed, the letters about
    /// them, and proofs of consent that are too old. What was deleted since, such as the addresses
    /// of those who left, goes from the files too. One public step of the recurring task.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn clean_step(&self) -> Result<(), EngineError> {
        let now = self.now();
        let steps = clean_steps(LETTER, now.before(UNCONFIRMED), now.before(PROOF));
        let challenges = hook::clean_steps(now.before(CHALLENGE_REST));
        self.store.write(Write::from(steps).and(challenges)).await?;
        self.store.forget().await?;
        Ok(())
    }
}
