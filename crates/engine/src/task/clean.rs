use model::recipient::{PROOF, UNCONFIRMED};
use store::subscription::clean_steps;
use store::{Write, session};

use crate::body::LETTER;
use crate::session::ends;
use crate::{Engine, EngineError};

impl Engine {
    /// Forgets what must be forgotten: subscriptions that nobody confirmed, the letters about
    /// them, proofs of consent that are too old, and sessions that are over. One public step of the recurring task.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn clean_step(&self) -> Result<(), EngineError> {
        let now = self.now();
        let steps = clean_steps(LETTER, now.before(UNCONFIRMED), now.before(PROOF));
        let (seen, created) = ends(now);
        self.store.write(Write::from(steps).and(session::clean_steps(seen, created))).await?;
        Ok(())
    }
}
