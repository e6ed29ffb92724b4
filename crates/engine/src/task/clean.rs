use model::recipient::{CHALLENGE_REST, PROOF, UNCONFIRMED};
use model::value::Span;
use store::subscription::clean_steps;
use store::{Write, hook, intake, session};

use crate::body::LETTER;
use crate::session::ends;
use crate::{Engine, EngineError};

/// A report of what has been up for so long is not needed to know a late one.
const OVER: Span = Span::minutes(24 * 60);

impl Engine {
    /// Forgets what must be forgotten: subscriptions that nobody confirmed, the letters about
    /// them, proofs of consent that are too old, sessions that are over, and reports of what has
    /// been up for long. What was deleted since, such as the addresses of those who left, goes
    /// from the files too. One public step of the recurring task.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn clean_step(&self) -> Result<(), EngineError> {
        let now = self.now();
        let steps = clean_steps(LETTER, now.before(UNCONFIRMED), now.before(PROOF));
        let (seen, created) = ends(now);
        let write = Write::from(steps)
            .and(hook::clean_steps(now.before(CHALLENGE_REST)))
            .and(session::clean_steps(seen, created))
            .and(intake::clean_steps(now.before(OVER)));
        self.store.write(write).await?;
        self.store.forget().await?;
        Ok(())
    }
}
