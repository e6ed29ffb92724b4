//! What a dispatch says, as it is stored with it: everything that is needed to compose the
//! message for one recipient, so that a repeat after a crash is the same message.

use std::collections::{BTreeMap, BTreeSet};

use model::incident::alone;
use model::language::Language;
use model::notice::{Kind, Passage, Texts};
use model::value::{Key, Timestamp};
use serde::{Deserialize, Serialize};

/// The sort of letters about subscriptions.
pub const LETTER: &str = "letter";

/// The content of a dispatch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "body", rename_all = "snake_case")]
pub enum Body {
    /// A notice.
    Notice(NoticeBody),
    /// An alert to staff.
    Alert(AlertBody),
    /// A letter to one address about its subscription. Whose it is stands in the database alone.
    Letter(LetterBody),
}

/// A published notice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NoticeBody {
    /// What it is for.
    pub kind: Kind,
    /// Its number within the incident.
    pub number: u32,
    /// The number of the notice that mails hang under: the first published one, or that which is
    /// corrected.
    pub thread: u32,
    /// The notice that it corrects: it goes to those who were sent that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub corrects: Option<u32>,
    /// What people read.
    pub texts: Texts,
    /// What the audience of the dispatch is told in addition. No other audience is sent it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub passage: BTreeMap<Language, Passage>,
    /// What was told before, for who hears of the incident for the first time.
    #[serde(default, skip_serializing_if = "Texts::is_empty")]
    pub so_far: Texts,
    /// When it was published.
    pub at: Timestamp,
    /// When the next is promised.
    pub next_update: Option<Timestamp>,
    /// The components concerned: who asked for others is not told.
    pub affected: BTreeSet<Key>,
    /// The handbook version.
    pub handbook: u32,
}

/// A letter about a subscription. It holds nothing that somebody typed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LetterBody {
    /// When it was asked for.
    pub at: Timestamp,
    /// The handbook version.
    pub handbook: u32,
}

/// An alert to staff.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlertBody {
    /// A word for programs: `held`, `update_due`, `blind`.
    pub kind: String,
    /// What it says, by language.
    pub words: BTreeMap<Language, AlertWords>,
    /// The notice as it would go out.
    pub preview: Option<Texts>,
    /// When it was raised.
    pub at: Timestamp,
    /// The people who are alerted.
    pub people: BTreeSet<Key>,
    /// The machines that are alerted.
    pub endpoints: BTreeSet<Key>,
    /// The outside partners who are called in.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub partners: BTreeSet<Key>,
    /// How often the link of the partner who is called in had been ended before.
    #[serde(default, skip_serializing_if = "is_first")]
    pub round: u32,
    /// The handbook version.
    pub handbook: u32,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_first(round: &u32) -> bool {
    *round == 0
}

/// An alert in one language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AlertWords {
    /// What is the matter.
    pub subject: String,
    /// What happens if nobody acts, and what else must be known.
    pub paragraphs: Vec<String>,
    /// The label of the link to look and act, where there is something to do.
    pub act: Option<String>,
}

impl NoticeBody {
    /// The same for who got no earlier notice of the incident: it stands alone, and hangs under
    /// none.
    #[must_use]
    pub fn alone(&self) -> Self {
        let texts = alone(&self.texts, &self.so_far);
        Self { texts, so_far: Texts::new(), thread: self.number, ..self.clone() }
    }
}

impl Body {
    /// The handbook version that it was decided under.
    #[must_use]
    pub fn handbook(&self) -> u32 {
        match self {
            Self::Notice(notice) => notice.handbook,
            Self::Alert(alert) => alert.handbook,
            Self::Letter(letter) => letter.handbook,
        }
    }

    /// What sort of message it is: a newer one takes over only from its own sort.
    #[must_use]
    pub fn sort(&self) -> &'static str {
        match self {
            Self::Notice(_) => "notice",
            Self::Alert(_) => "alert",
            Self::Letter(_) => LETTER,
        }
    }
}
