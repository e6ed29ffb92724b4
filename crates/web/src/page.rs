//! The public page: rendered to finished bytes, kept in memory and on disk, served from there.

use std::sync::{Arc, PoisonError, RwLock};

pub(crate) mod dial;
pub mod disk;
mod embed;
mod feed;
pub(crate) mod form;
mod front;
pub(crate) mod guest;
mod hero;
pub(crate) mod intake;
mod layout;
mod line;
mod markdown;
pub(crate) mod negotiate;
mod render;
mod scene;
pub(crate) mod serve;
mod site;
mod statuspage;
pub(crate) mod subscription;

pub use render::{RenderError, render, render_after};
pub(crate) use site::hash;
pub use site::{Cache, Coding, Resource, Site};

/// The site as it is served now. Cheap to clone; all clones see what is published.
#[derive(Debug, Clone)]
pub struct Page(Arc<RwLock<Arc<Site>>>);

impl Page {
    /// Serves this site from now on.
    #[must_use]
    pub fn new(site: Site) -> Self {
        Self(Arc::new(RwLock::new(Arc::new(site))))
    }

    /// Replaces what is served. Answers under way finish with the old bytes.
    pub fn publish(&self, site: Site) {
        let mut slot = self.0.write().unwrap_or_else(PoisonError::into_inner);
        *slot = Arc::new(site);
    }

    /// What is served now.
    #[must_use]
    pub fn current(&self) -> Arc<Site> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }
}
