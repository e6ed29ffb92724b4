//! The way to the engine: closed until the database is open.

use std::sync::{Arc, PoisonError, RwLock};

use engine::Engine;

/// Leads to the engine. All clones open together.
#[derive(Clone, Default)]
pub struct Door(Arc<RwLock<Option<Engine>>>);

impl Door {
    /// The database is open: from now on there is an engine.
    pub fn open(&self, engine: Engine) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Some(engine);
    }

    /// The engine, once the database is open.
    #[must_use]
    pub fn current(&self) -> Option<Engine> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}
