//! What two people made of one version of the handbook, put together. What both changed is shown,
//! and nothing of it is lost.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::Files;

mod align;
mod pieces;
mod text;
mod toml;

pub(super) use align::named;

/// Something that both changed, each in another way.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// In which file.
    pub file: String,
    /// Where in it, as people read it: `step.0.within`, `line 7`. Empty for the whole file.
    pub place: String,
    /// What it was, as it is written; nothing where it was not there.
    pub base: Option<String>,
    /// What I made of it; nothing where I took it out.
    pub mine: Option<String>,
    /// What the other made of it.
    pub theirs: Option<String>,
}

/// Which of two holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// What I made of it.
    Mine,
    /// What the other made of it.
    Theirs,
}

/// Which of two holds in which conflict, by [`Conflict::id`].
pub type Chosen = BTreeMap<String, Side>;

/// Both together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merged {
    /// The files. Where both changed the same thing and nobody chose, they say what I made of it.
    pub files: Files,
    /// What nobody chose in yet.
    pub conflicts: Vec<Conflict>,
}

impl Conflict {
    /// Names this conflict when somebody chooses.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}#{}", self.file, self.place)
    }
}

/// Puts together what both made of `base`.
#[must_use]
pub fn merge(base: &Files, mine: &Files, theirs: &Files, chosen: &Chosen) -> Merged {
    let mut merged = Merged { files: Files::new(), conflicts: Vec::new() };
    let names: BTreeSet<&String> = mine.keys().chain(theirs.keys()).collect();
    for file in names {
        let (base, mine, theirs) = (base.get(file), mine.get(file), theirs.get(file));
        let text = match (mine, theirs) {
            _ if mine == theirs || theirs == base => mine.cloned(),
            _ if mine == base => theirs.cloned(),
            (Some(mine), Some(theirs)) => {
                let base = base.map_or("", String::as_str);
                let mut desk = Desk { file, chosen, conflicts: &mut merged.conflicts };
                let whole =
                    file.ends_with(".toml").then(|| toml::merge(&mut desk, [base, mine, theirs]));
                whole.flatten().or_else(|| Some(text::merge(&mut desk, base, mine, theirs)))
            }
            _ => {
                let mut desk = Desk { file, chosen, conflicts: &mut merged.conflicts };
                let [old, one, two] = [base, mine, theirs].map(|it| it.map(String::as_str));
                let side = desk.choose("", old, one, two);
                if side == Side::Mine { mine.cloned() } else { theirs.cloned() }
            }
        };
        if let Some(text) = text {
            merged.files.insert(file.clone(), text);
        }
    }
    merged
}

/// Where conflicts of a file are laid before somebody.
struct Desk<'a> {
    file: &'a str,
    chosen: &'a Chosen,
    conflicts: &'a mut Vec<Conflict>,
}

impl Desk<'_> {
    /// Which side holds; where nobody chose, this is a conflict, and mine does.
    fn choose(
        &mut self,
        place: &str,
        base: Option<&str>,
        mine: Option<&str>,
        theirs: Option<&str>,
    ) -> Side {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let conflict = Conflict {
            file: self.file.to_owned(),
            place: place.to_owned(),
            base: own(base),
            mine: own(mine),
            theirs: own(theirs),
        };
        if let Some(side) = self.chosen.get(&conflict.id()) {
            return *side;
        }
        self.conflicts.push(conflict);
        Side::Mine
    }
}
