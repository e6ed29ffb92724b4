//! Who is on call when.

use crate::language::{Localized, Zone};
use crate::value::{Key, Span, Timestamp, Wall};

/// A rota (Bereitschaftsplan): people take turns.
///
/// Turns follow the clock on the wall, not plain hours: whoever takes over at nine does so at nine
/// also on the day on which the clocks change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rota {
    /// The key.
    pub key: Key,
    /// What it is called.
    pub title: Localized,
    /// Who takes turns, in this order; never empty.
    pub people: Vec<Key>,
    /// When the first of them begins.
    pub starts: Wall,
    /// How long a turn lasts.
    pub turn: Span,
    /// Who steps in for whoever's turn it is, the last written counts.
    pub instead: Vec<Instead>,
}

/// Somebody steps in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Instead {
    /// Who.
    pub person: Key,
    /// From when …
    pub from: Wall,
    /// … until before when.
    pub until: Wall,
}

/// A time for which one person is on call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Who.
    pub person: Key,
    /// From when …
    pub from: Timestamp,
    /// … until before when.
    pub until: Timestamp,
}

impl Rota {
    /// Who is on call; nobody before the first turn begins.
    #[must_use]
    pub fn on_call(&self, at: Timestamp, zone: &Zone) -> Option<&Key> {
        let within =
            |one: &&Instead| zone.moment_of(one.from) <= at && at < zone.moment_of(one.until);
        if let Some(instead) = self.instead.iter().rev().find(within) {
            return Some(&instead.person);
        }
        let turn = self.turn_at(at, zone)?;
        let count = u64::try_from(self.people.len()).ok().filter(|count| *count > 0)?;
        self.people.get(usize::try_from(turn % count).ok()?)
    }

    /// Who is on call from one moment to another, in order and without gaps but those where nobody
    /// is. Nobody follows upon themselves.
    #[must_use]
    pub fn shifts(&self, from: Timestamp, until: Timestamp, zone: &Zone) -> Vec<Shift> {
        let mut edges = vec![from, until];
        let instead = self.instead.iter().flat_map(|one| [one.from, one.until]);
        edges.extend(instead.map(|edge| zone.moment_of(edge)));
        let mut turn = self.turn_at(from, zone).map_or(0, |turn| turn + 1);
        loop {
            let begin = self.begin(turn, zone);
            if begin >= until {
                break;
            }
            edges.push(begin);
            turn += 1;
        }
        edges.retain(|edge| (from..=until).contains(edge));
        edges.sort_unstable();
        edges.dedup();
        let mut shifts: Vec<Shift> = Vec::new();
        for pair in edges.windows(2) {
            let &[from, until] = pair else { continue };
            let Some(person) = self.on_call(from, zone) else { continue };
            match shifts.last_mut() {
                Some(last) if last.person == *person && last.until == from => last.until = until,
                _ => shifts.push(Shift { person: person.clone(), from, until }),
            }
        }
        shifts
    }

    /// The number of the turn in which this moment lies, from 0.
    fn turn_at(&self, at: Timestamp, zone: &Zone) -> Option<u64> {
        if at < zone.moment_of(self.starts) {
            return None;
        }
        let shown = zone.wall(at).since(self.starts);
        let mut turn = shown.as_seconds() / self.turn.as_seconds().max(1);
        // Where clocks go back the wall shows times twice: the moment decides, not what it shows.
        while turn > 0 && self.begin(turn, zone) > at {
            turn -= 1;
        }
        while self.begin(turn + 1, zone) <= at {
            turn += 1;
        }
        Some(turn)
    }

    fn begin(&self, turn: u64, zone: &Zone) -> Timestamp {
        zone.moment_of(self.starts.plus(self.turn.times(turn)))
    }
}
