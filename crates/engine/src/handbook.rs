//! The handbook in the database, which is master: apply, read, parsed once per version.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use model::handbook::channel::{Channel, Reaches};
use model::handbook::check::{Checked, check};
use model::handbook::parse::parse_contacts;
use model::handbook::people::ContactCard;
use model::handbook::{Fault, Files, Handbook};
use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind as Kind};
use model::value::{Key, Phone, Timestamp};
use outside::channel::adapter;
use store::{Step, Write, audit, handbook, person, recipient};

use crate::contact::phones_channel;
use crate::{Engine, EngineError};

/// A version with its number.
#[derive(Debug, Clone)]
pub struct Version {
    /// Counted from 1.
    pub number: u32,
    /// What it says.
    pub handbook: Arc<Handbook>,
}

/// Parsed versions: they never change, so they are parsed once.
#[derive(Default)]
pub(crate) struct Cache(Mutex<BTreeMap<u32, Arc<Handbook>>>);

/// Checks the texts of a handbook against the rules and the channels that this program has.
#[must_use]
pub fn check_files(files: &Files) -> Checked {
    let descriptors = outside::channel::descriptors();
    let known: Vec<_> = descriptors.iter().collect();
    check(files, &known)
}

/// Checks the text of `contacts.toml` against a handbook.
///
/// # Errors
///
/// All faults at once; without an error there are only hints.
pub fn check_contacts(text: &str, handbook: &Handbook) -> Result<Vec<Fault>, Vec<Fault>> {
    parse_contacts(text, handbook).map(|contacts| contacts.hints)
}

/// What applying did.
#[derive(Debug, Clone)]
pub struct Applied {
    /// The new version.
    pub number: u32,
    /// Advice, not errors.
    pub hints: Vec<Fault>,
}

impl Engine {
    /// The newest version.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoHandbook`] when there is none.
    pub async fn handbook(&self) -> Result<Version, EngineError> {
        let number = self.store.newest_handbook_number().await?.ok_or(EngineError::NoHandbook)?;
        self.handbook_version(number).await
    }

    /// This version.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadHandbook`] when it does not exist or no longer parses.
    pub async fn handbook_version(&self, number: u32) -> Result<Version, EngineError> {
        let known = {
            let cache = self.shared.handbooks.0.lock().unwrap_or_else(PoisonError::into_inner);
            cache.get(&number).cloned()
        };
        if let Some(handbook) = known {
            return Ok(Version { number, handbook });
        }
        let bad = |why: &str| EngineError::BadHandbook(number, why.to_owned());
        let stored = self.store.handbook(number).await?;
        let (_, files) = stored.ok_or_else(|| bad("it is not in the database"))?;
        let checked = check_files(&files);
        let handbook = checked.handbook.ok_or_else(|| {
            let first = checked.faults.iter().find(|fault| fault.is_error());
            bad(&first.map_or_else(String::new, |fault| format!("{}: {}", fault.file, fault.what)))
        })?;
        let handbook = Arc::new(handbook);
        let mut cache = self.shared.handbooks.0.lock().unwrap_or_else(PoisonError::into_inner);
        cache.insert(number, Arc::clone(&handbook));
        Ok(Version { number, handbook })
    }

    /// Makes a new version of these texts, if they have no error and come from the newest one.
    /// `base` is the version that they were exported from; none for the first.
    ///
    /// # Errors
    ///
    /// [`EngineError::Faults`] with all faults at once, [`EngineError::HandbookMoved`].
    pub async fn apply(
        &self,
        files: &Files,
        base: Option<u32>,
        author: &str,
        reason: &str,
    ) -> Result<Applied, EngineError> {
        let checked = check_files(files);
        let Some(handbook) = checked.handbook else {
            return Err(EngineError::Faults(checked.faults));
        };
        let newest = self.store.newest_handbook_number().await?;
        // Where there is none yet, nothing can be lost, wherever the files come from.
        if newest.is_some() && newest != base {
            let moved =
                EngineError::HandbookMoved { newest: newest.unwrap_or(0), base: base.unwrap_or(0) };
            return Err(moved);
        }
        let now = self.now();
        let number = newest.unwrap_or(0) + 1;
        let steps = handbook::apply_steps(newest, now, author, reason, files);
        let entry = audit::Entry {
            at: now,
            actor: author.to_owned(),
            act: "handbook.apply".into(),
            subject: number.to_string(),
            detail: reason.to_owned(),
        };
        let write = Write::from(steps).and(audit::note_steps(&entry));
        self.store.write(write.and(self.named(&handbook, None).await?)).await.map_err(|why| {
            if why.is_conflict() {
                EngineError::HandbookMoved { newest: number, base: base.unwrap_or(0) }
            } else {
                why.into()
            }
        })?;
        self.shared.probes_changed.notify_waiters();
        self.shared.page_changed.notify_one();
        Ok(Applied { number, hints: checked.faults })
    }

    /// Puts in names and contact data from the text of `contacts.toml`.
    ///
    /// # Errors
    ///
    /// [`EngineError::Faults`] with all faults at once.
    pub async fn apply_contacts(&self, text: &str) -> Result<usize, EngineError> {
        let version = self.handbook().await?;
        let contacts = parse_contacts(text, &version.handbook).map_err(EngineError::Faults)?;
        let cards = contacts.cards;
        let steps = person::replace_steps(&cards);
        let named = self.named(&version.handbook, Some(&cards)).await?;
        self.store.write(Write::from(steps).and(named)).await?;
        Ok(cards.len())
    }

    /// Steps that make the recipients that the handbook names what it says: people and partners
    /// with their addresses on every channel that reaches people, machines with theirs.
    async fn named(
        &self,
        handbook: &Handbook,
        cards: Option<&[ContactCard]>,
    ) -> Result<Vec<Step>, EngineError> {
        let stored = match cards {
            Some(cards) => cards.to_vec(),
            None => self.store.people().await?,
        };
        let now = self.now();
        let fenced = match phones_channel(handbook) {
            Some(book) => self.store.fenced(book).await?,
            None => BTreeSet::new(),
        };
        let ways = |card: &ContactCard| -> Vec<(Key, String)> {
            let way = |channel: &Channel| {
                let reaches = adapter(&channel.kind)?.descriptor().reaches;
                let written = card.address(reaches)?;
                let number = Some(written).filter(|_| reaches == Reaches::PeopleByPhone);
                let number = number.and_then(|number| number.parse::<Phone>().ok());
                let address = number.map_or_else(|| written.to_owned(), |it| it.to_string());
                let is_out = fenced.contains(&self.fence(channel.address_book(), &address));
                (!is_out).then(|| (channel.key.clone(), address))
            };
            handbook.channels.values().filter_map(way).collect()
        };
        let card = |key: &Key| stored.iter().find(|card| card.key == *key);
        let mut steps = Vec::new();
        let mut keep: BTreeSet<(&str, Key)> = BTreeSet::new();
        for person in handbook.people.values() {
            let contacts = card(&person.key).map(ways).unwrap_or_default();
            steps.extend(name(Kind::Staff, &person.key, person.language, contacts, now));
            keep.insert((Kind::Staff.word(), person.key.clone()));
        }
        for key in handbook.partners.keys() {
            let contacts = card(key).map(ways).unwrap_or_default();
            steps.extend(name(Kind::Partner, key, handbook.language(), contacts, now));
            keep.insert((Kind::Partner.word(), key.clone()));
        }
        for point in handbook.endpoints.values() {
            let contacts = vec![(point.channel.clone(), point.address.clone())];
            steps.extend(name(Kind::Endpoint, &point.key, point.language, contacts, now));
            keep.insert((Kind::Endpoint.word(), point.key.clone()));
        }
        for kind in [Kind::Staff, Kind::Partner, Kind::Endpoint] {
            for (key, _) in self.store.named_recipients(kind).await? {
                if !keep.contains(&(kind.word(), key.clone())) {
                    steps.extend(recipient::leave_named_steps(kind, &key, now));
                }
            }
        }
        Ok(steps)
    }
}

/// Makes or renews a recipient that the handbook names, with these contacts instead of the former.
fn name(
    kind: Kind,
    key: &Key,
    language: Language,
    contacts: Vec<(Key, String)>,
    now: Timestamp,
) -> Vec<Step> {
    let recipient = |(channel, address): (Key, String)| NewRecipient {
        kind,
        key: Some(key.to_string()),
        channel: channel.to_string(),
        address,
        language,
        consent_at: None,
        components: None,
    };
    let new: Vec<_> = contacts.into_iter().map(recipient).collect();
    let mut steps = recipient::clear_named_steps(kind, key);
    steps.extend(recipient::add_steps(&new, now));
    steps
}
