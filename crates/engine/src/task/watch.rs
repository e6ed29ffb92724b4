use std::collections::BTreeSet;

use model::fare::Position;
use model::value::Key;
use model::verdict::stalled;

use crate::alarm::{CHANNEL_DOWN, Trouble};
use crate::channel::ChannelState;
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
        self.watch_channels().await?;
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
    /// Raises an alarm for each channel that has failed for a while on every node that uses it. It
    /// is over when the channel works again, is paused, or is no longer there.
    async fn watch_channels(&self) -> Result<(), EngineError> {
        let channels = self.channels().await?;
        let down: BTreeSet<&Key> =
            channels.iter().filter(|one| is_lost(one)).map(|one| &one.channel).collect();
        for channel in &down {
            self.raise(&Trouble::ChannelDown((*channel).clone())).await?;
        }
        for open in self.alarms().await?.into_iter().filter(|one| one.kind == CHANNEL_DOWN) {
            let Ok(channel) = open.subject.parse::<Key>() else { continue };
            let tried = channels.iter().any(|one| one.channel == channel && is_doubtful(one));
            if !down.contains(&channel) && !tried {
                self.calm(&Trouble::ChannelDown(channel)).await?;
            }
        }
        Ok(())
    }
}

/// So many tries failed in a row: with the rests between them, more than half a minute.
const TRIES: u32 = 6;

/// Whether nobody gets anything over this channel, wherever it is used.
fn is_lost(state: &ChannelState) -> bool {
    state.position() != Position::Paused
        && !state.healths.is_empty()
        && state.healths.iter().all(|(_, health)| health.failures >= TRIES)
}

/// Whether it has failed and is not known to work: not the time to say that all is well again.
fn is_doubtful(state: &ChannelState) -> bool {
    state.position() != Position::Paused
        && !state.healths.is_empty()
        && state.healths.iter().all(|(_, health)| health.is_down())
}
