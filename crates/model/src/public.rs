//! What the world may see. A type of its own, built field by field: what is not here cannot leak.

use serde::{Deserialize, Serialize};

use crate::handbook::plan::Level;
use crate::handbook::system::ComponentState;
use crate::language::{Language, Localized};
use crate::notice::{Kind, Texts};
use crate::value::{PublicId, Timestamp};

mod build;

pub use build::Sources;

/// Everything that the public page, its feeds and its JSON are made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PublicPage {
    /// The page's own id for status-page clients.
    pub id: PublicId,
    /// The community, as visitors call it.
    pub community: String,
    /// The languages of the page; the first is the main one.
    pub languages: Vec<Language>,
    /// The zone's IANA name.
    pub zone: String,
    /// The page's address without a slash at the end.
    pub url: String,
    /// The moment that this view shows.
    pub as_of: Timestamp,
    /// The parts that visitors know, in their order.
    pub components: Vec<PublicComponent>,
    /// Open incidents, newest first. Drills are never here.
    pub open: Vec<PublicIncident>,
    /// Closed incidents, newest first, at most 50.
    pub past: Vec<PublicIncident>,
    /// A notice that an operator published from the host, newest first.
    pub emergencies: Vec<PublicEmergency>,
    /// When anything was last measured.
    pub checked_at: Option<Timestamp>,
    /// Whether visitors can subscribe by mail.
    #[serde(default)]
    pub subscribable: bool,
    /// Legal notice, Markdown.
    pub imprint: Localized,
    /// Privacy notice, Markdown.
    pub privacy: Localized,
}

/// A part that visitors know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicComponent {
    /// Its id for status-page clients.
    pub id: PublicId,
    /// What visitors call it.
    pub name: Localized,
    /// What they do with it.
    pub about: Localized,
    /// How it fares.
    pub state: ComponentState,
    /// Since when it is known here.
    pub created_at: Timestamp,
    /// When its state last changed.
    pub updated_at: Timestamp,
}

/// An incident as visitors see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicIncident {
    /// Its id, part of its permanent link.
    pub id: PublicId,
    /// The plan's title: the name while nothing is published yet.
    pub title: Localized,
    /// How grave.
    pub level: Level,
    /// The worst state that a component had in it.
    pub worst: ComponentState,
    /// Since when something is wrong.
    pub since: Timestamp,
    /// When it was opened here.
    pub opened_at: Timestamp,
    /// When anything last changed.
    pub updated_at: Timestamp,
    /// When the measures were good again, while it is so.
    pub recovered_at: Option<Timestamp>,
    /// When it was closed.
    pub closed_at: Option<Timestamp>,
    /// The ids of the components concerned.
    pub components: Vec<PublicId>,
    /// What was published, oldest first.
    pub notices: Vec<PublicNotice>,
    /// When the next notice is promised.
    pub promise: Option<Timestamp>,
}

/// A published notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicNotice {
    /// Its id for status-page clients.
    pub id: PublicId,
    /// Its number within the incident, from 1.
    pub number: u32,
    /// What it is for.
    pub kind: Kind,
    /// When it was published.
    pub at: Timestamp,
    /// What it says.
    pub texts: Texts,
    /// The number of the notice that it corrects.
    pub corrects: Option<u32>,
    /// The number of the notice that corrects it.
    pub corrected_by: Option<u32>,
}

/// A notice published from the host without the program's database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicEmergency {
    /// Its id.
    pub id: PublicId,
    /// When.
    pub at: Timestamp,
    /// What it says, as typed, in whatever language.
    pub text: String,
}

impl PublicPage {
    /// The worst state of any component. Where there is none yet, nobody sees anything.
    #[must_use]
    pub fn worst(&self) -> ComponentState {
        let worst = self.components.iter().map(|component| component.state).max();
        worst.unwrap_or(ComponentState::Blind)
    }

    /// The next moment at which this view must be made anew although nothing happens: the
    /// earliest promise that is still ahead.
    #[must_use]
    pub fn next_change(&self) -> Option<Timestamp> {
        self.open.iter().filter_map(|one| one.promise).filter(|at| *at > self.as_of).min()
    }

    /// The component of this id.
    #[must_use]
    pub fn component(&self, id: &PublicId) -> Option<&PublicComponent> {
        self.components.iter().find(|component| component.id == *id)
    }
}

impl PublicIncident {
    /// Whether the promised notice is missing at this moment.
    #[must_use]
    pub fn is_overdue(&self, now: Timestamp) -> bool {
        self.closed_at.is_none() && self.promise.is_some_and(|promise| promise <= now)
    }

    /// The newest notice.
    #[must_use]
    pub fn latest(&self) -> Option<&PublicNotice> {
        self.notices.last()
    }
}
