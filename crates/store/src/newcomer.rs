//! A list of people who are to be registered at once.
//!
//! A list of a million is held as one text and a row of 24 bytes for each, not as a million
//! texts. It is brought into the order of the addresses, because then an index grows at one place
//! and the database keeps only that place in memory.

use std::collections::{BTreeSet, HashMap};

use model::language::Language;
use model::value::{Key, Timestamp};

use crate::error::StoreError;
use crate::value::json;

/// Confirmed subscribers of one channel who are to be registered.
#[derive(Debug)]
pub struct Newcomers {
    pub(crate) channel: Key,
    pub(crate) consent_at: Timestamp,
    addresses: String,
    rows: Vec<Newcomer>,
    languages: Vec<Language>,
    choices: Vec<Option<String>>,
    known_choices: HashMap<String, u16>,
}

#[derive(Debug, Clone, Copy)]
struct Newcomer {
    /// The first eight bytes of the address: most comparisons end here.
    begin: u64,
    at: u32,
    line: u32,
    length: u16,
    choice: u16,
    language: u8,
}

/// One of them, as the databases take it in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Person<'a> {
    pub(crate) address: &'a str,
    pub(crate) language: &'static str,
    pub(crate) components: Option<&'a str>,
}

/// How far an import is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// So many have been gone through.
    Through(u64),
    /// All are there; now they are made to last.
    Saving,
    /// They last. The database tidies up.
    Saved,
}

/// What became of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Registered now.
    pub new: u64,
    /// Registered before, and left as they were.
    pub known: u64,
}

impl Newcomers {
    /// An empty list for this channel.
    #[must_use]
    pub fn new(channel: Key, consent_at: Timestamp) -> Self {
        Self {
            channel,
            consent_at,
            addresses: String::new(),
            rows: Vec::new(),
            languages: Vec::new(),
            choices: vec![None],
            known_choices: HashMap::new(),
        }
    }

    /// Puts somebody on the list; `line` is where the file names them.
    ///
    /// # Errors
    ///
    /// [`StoreError::Unstorable`] when the list is too long (4 GB of addresses, 65,535 different
    /// choices of components) or an address is.
    pub fn add(
        &mut self,
        address: &str,
        language: Language,
        components: Option<&BTreeSet<Key>>,
        line: u32,
    ) -> Result<(), StoreError> {
        let unstorable = |reason| StoreError::Unstorable { step: "import", reason };
        if address.contains('\0') {
            return Err(unstorable("an address contains the character NUL; leave it out"));
        }
        let at = u32::try_from(self.addresses.len());
        let at = at.map_err(|_| unstorable("the list is too long; cut it into several"))?;
        let length = u16::try_from(address.len());
        let length = length.map_err(|_| unstorable("an address is longer than any can be"))?;
        let choice = self.choice(components.map(json));
        let choice = choice.ok_or(unstorable("too many different choices of components"))?;
        let language = self.language(language);
        self.addresses.push_str(address);
        self.rows.push(Newcomer { begin: begin(address), at, line, length, choice, language });
        Ok(())
    }

    /// Puts the list in order and leaves whoever stands on it several times on it once, as the
    /// first line says. Says how many lines went.
    pub fn settle(&mut self) -> u64 {
        let Self { rows, addresses, .. } = self;
        let address = |one: &Newcomer| slice(addresses, one).as_bytes();
        rows.sort_unstable_by(|one, other| {
            let first = one.begin.cmp(&other.begin);
            first.then_with(|| address(one).cmp(address(other))).then(one.line.cmp(&other.line))
        });
        let before = rows.len();
        rows.dedup_by(|later, first| {
            later.begin == first.begin && address(later) == address(first)
        });
        (before - rows.len()) as u64
    }

    /// The channel that its addresses belong to.
    #[must_use]
    pub fn channel(&self) -> &Key {
        &self.channel
    }

    /// Takes off whoever is to be left out; says how many they are.
    pub fn leave_out(&mut self, is_out: impl Fn(&str) -> bool) -> u64 {
        let Self { rows, addresses, .. } = self;
        let before = rows.len();
        rows.retain(|one| !is_out(slice(addresses, one)));
        (before - rows.len()) as u64
    }

    /// How many stand on it.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.rows.len() as u64
    }

    /// Whether nobody stands on it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(crate) fn people(&self) -> impl ExactSizeIterator<Item = Person<'_>> {
        self.rows.iter().map(|one| Person {
            address: slice(&self.addresses, one),
            language: self.languages[usize::from(one.language)].tag(),
            components: self.choices[usize::from(one.choice)].as_deref(),
        })
    }

    fn language(&mut self, language: Language) -> u8 {
        let known = self.languages.iter().position(|one| *one == language);
        let at = known.unwrap_or_else(|| {
            self.languages.push(language);
            self.languages.len() - 1
        });
        u8::try_from(at).expect("the program speaks fewer languages than 256")
    }

    fn choice(&mut self, choice: Option<String>) -> Option<u16> {
        let Some(choice) = choice else { return Some(0) };
        if let Some(known) = self.known_choices.get(&choice) {
            return Some(*known);
        }
        let new = u16::try_from(self.choices.len()).ok()?;
        self.choices.push(Some(choice.clone()));
        self.known_choices.insert(choice, new);
        Some(new)
    }
}

fn slice<'a>(addresses: &'a str, one: &Newcomer) -> &'a str {
    let start = one.at as usize;
    &addresses[start..start + usize::from(one.length)]
}

fn begin(address: &str) -> u64 {
    let mut bytes = [0; 8];
    let length = address.len().min(8);
    bytes[..length].copy_from_slice(&address.as_bytes()[..length]);
    u64::from_be_bytes(bytes)
}
