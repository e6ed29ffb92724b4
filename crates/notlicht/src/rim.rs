//! The rim: only here clock and chance are taken from the system.

use model::value::{PublicId, Timestamp};

/// The time, by the system's clock.
#[expect(clippy::disallowed_methods, reason = "this is the one place where the clock is read")]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let micros = since.map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX));
    engine::clock::shifted(Timestamp(micros))
}

/// 64 bits of chance, by the system's generator.
#[expect(clippy::disallowed_methods, reason = "this is the one place where chance is drawn")]
pub(crate) fn chance() -> u64 {
    rand::random()
}

/// A fresh public id.
pub(crate) fn fresh_id() -> PublicId {
    PublicId::from_chance(chance())
}

/// Who sits at this command line, by the name that the system gives.
pub(crate) fn operator() -> String {
    ["SUDO_USER", "USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "host".into())
}
