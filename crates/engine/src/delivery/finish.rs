//! The end of a dispatch.

use model::reach::thin;
use store::dispatch::{Stored, done_steps};
use store::wave::replace_steps;

use crate::body::Body;
use crate::mark::mark;
use crate::{Engine, EngineError};

impl Engine {
    /// Notes what is done although nobody came to note it: a crash between the last shard and the
    /// note must not leave a dispatch open for ever.
    pub(super) async fn finish_step(&self) -> Result<(), EngineError> {
        let undone: Vec<Stored<Body>> = self.store.undone_dispatches().await?;
        for dispatch in undone.iter().filter(|one| one.frozen_at.is_some()) {
            self.finish(dispatch).await?;
        }
        Ok(())
    }

    /// Notes that a dispatch is done when its last shard is.
    pub(super) async fn finish(&self, dispatch: &Stored<Body>) -> Result<(), EngineError> {
        if self.store.unsettled_shards(dispatch.id).await? > 0 {
            return Ok(());
        }
        match self.store.write(done_steps(dispatch.id, self.now())).await {
            Ok(_) => {
                mark("finish.noted");
                tracing::info!(dispatch = dispatch.id, channel = %dispatch.order.channel, "done");
                self.thin_out(dispatch).await
            }
            // Another shard's walk noted it first.
            Err(why) if why.is_conflict() => Ok(()),
            Err(why) => Err(why.into()),
        }
    }

    /// Keeps of the curve what can still be told apart.
    async fn thin_out(&self, dispatch: &Stored<Body>) -> Result<(), EngineError> {
        let waves = self.store.waves_of(dispatch.id).await?;
        let thin = thin(dispatch.order.created_at, &waves);
        if thin.len() < waves.len() {
            self.store.write(replace_steps(dispatch.id, &thin)).await?;
        }
        Ok(())
    }
}
