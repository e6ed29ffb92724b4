//! Where the rig kills the program: at marks in its code, passed for the n-th time.

use std::process::ExitStatus;
use std::sync::atomic::{AtomicU64, Ordering};

/// Every mark of the program: all that stand in its code, and no other.
pub const MARKS: [&str; 11] = [
    "publish.recorded",
    "plan.sharded",
    "walk.leased",
    "send.begun",
    "send.accepted",
    "settle.before_commit",
    "settle.committed",
    "fallback.planned",
    "finish.noted",
    "import.before_commit",
    "import.committed",
];

/// Names the mark for a program that is to die.
pub(crate) const MARK: &str = "NOTLICHT_RIG_MARK";
/// Says how often it is passed before.
pub(crate) const HIT: &str = "NOTLICHT_RIG_HIT";

/// Names a file for a program that is to count how often it has saved what became of people.
pub(crate) const COUNT: &str = "NOTLICHT_RIG_COUNT";
/// The mark that is passed after each such save.
const SAVED: &str = "settle.committed";

/// The number of the signal that ends an aborted program.
const ABORTED: i32 = 6;

/// In the program under test: dies where its environment says. Nothing is flushed, closed or given
/// back, as by SIGKILL.
pub(crate) fn arm() {
    if let Ok(file) = std::env::var(COUNT) {
        let saved = AtomicU64::new(0);
        engine::mark::hear(move |name| {
            if name == SAVED {
                let count = saved.fetch_add(1, Ordering::Relaxed) + 1;
                // A count that cannot be written is seen as too low by whoever reads it.
                let _ = std::fs::write(&file, count.to_string());
            }
        });
    }
    let Ok(mark) = std::env::var(MARK) else { return };
    let hit = std::env::var(HIT).ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    let passed = AtomicU64::new(0);
    engine::mark::hear(move |name| {
        if name == mark && passed.fetch_add(1, Ordering::Relaxed) + 1 == hit {
            std::process::abort();
        }
    });
}

/// Whether a program has died at its mark.
pub(crate) fn has_died_there(status: ExitStatus) -> bool {
    std::os::unix::process::ExitStatusExt::signal(&status) == Some(ABORTED)
}
