use model::verdict::stalled;

use crate::alarm::Trouble;
use crate::{Engine, EngineError};

impl Engine {
    /// Looks whether monitoring still goes on; raises an alarm when it has stopped, since an
    /// outage would then go unnoticed. One public step of the recurring task.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn watch_step(&self) -> Result<(), EngineError> {
        self.watch_letters().await?;
        let handbook = self.handbook().await?.handbook;
        let now = self.now();
        let silent = {
            // A probe that hangs inside the judgement must not hang the watch too.
            let Ok(mut memory) = self.shared.judging.try_lock() else { return Ok(()) };
            // Monitoring that never began has stopped too.
            let started = *memory.started.get_or_insert(now);
            stalled(&handbook, &memory.watches, started, now)
        };
        if silent.is_empty() {
            self.calm(&Trouble::Stopped(vec![])).await
        } else {
            self.raise(&Trouble::Stopped(silent)).await.map(|_| ())
        }
    }
}
