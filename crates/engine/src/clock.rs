//! A clock that the rig can put ahead or back. Only a program that is built with the feature `rig`
//! has one; in one that is shipped, the time is what the system says.

use model::value::Timestamp;

#[cfg(feature = "rig")]
static AHEAD: std::sync::atomic::AtomicI64 = std::sync::atomic::AtomicI64::new(0);

/// Puts the clock so far ahead of the system's, in all of this process.
#[cfg(feature = "rig")]
pub fn shift(ahead: model::value::Span) {
    AHEAD.store(ahead.micros(), std::sync::atomic::Ordering::Relaxed);
}

/// The time, where the system says that it is this.
#[inline]
#[must_use]
pub fn shifted(system: Timestamp) -> Timestamp {
    #[cfg(feature = "rig")]
    let system = Timestamp(system.0 + AHEAD.load(std::sync::atomic::Ordering::Relaxed));
    system
}
