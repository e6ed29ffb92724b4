//! The hand of a node's clock: the rig moves it, and the node follows.

use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context as _;
use model::value::Span;

/// Names the file with the seconds by which a node's clock is ahead.
pub(crate) const CLOCK: &str = "NOTLICHT_RIG_CLOCK";
/// How often a node looks into it.
const LOOK: Duration = Duration::from_millis(20);
/// Sets a node's clock so many seconds ahead.
pub(crate) fn set(clock: &Path, ahead: i64) -> anyhow::Result<()> {
    let fresh = clock.with_extension("fresh");
    std::fs::write(&fresh, ahead.to_string())?;
    std::fs::rename(&fresh, clock).context("the clock cannot be set")
}

/// In the program under test: lets its clock go as the file says.
pub(crate) fn follow() {
    let Some(clock) = std::env::var_os(CLOCK).map(PathBuf::from) else { return };
    let look = move || {
        let ahead = std::fs::read_to_string(&clock).ok().and_then(|text| text.parse().ok());
        engine::clock::shift(Span::seconds(ahead.unwrap_or(0)));
    };
    look();
    tokio::spawn(async move {
        loop {
            tokio::time::sleep(LOOK).await;
            look();
        }
    });
}
