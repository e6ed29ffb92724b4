//! Who has not been reached by a notice: a list for those who may see addresses. Each look at it
//! is in the audit.

use std::collections::{BTreeMap, BTreeSet};

use model::dispatch::SHARD;
use model::handbook::channel::Channel;
use model::incident::Refused;
use model::language::Language;
use model::reach::{Stand, Standing, Sum, sum};
use model::recipient::RecipientKind;
use model::value::Key;
use store::audit;

use super::stands_of;
use crate::incident::Case;
use crate::{Engine, EngineError};

/// All who do not have a notice, without their addresses yet.
#[derive(Debug, Clone)]
pub struct Unreached {
    /// The notice.
    pub number: u32,
    /// How everybody stands who was to be told.
    pub sum: Sum,
    spans: BTreeMap<i64, Stand>,
    /// Whose addresses are read: by the channel that has them.
    books: BTreeSet<Key>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The recipient's id; the same person has the same in every list.
    pub id: i64,
    /// Why they are on the list.
    pub standing: Standing,
    /// What they are; none where they have left or no address works any more.
    pub kind: Option<RecipientKind>,
    /// The key in the handbook, for staff, partners and endpoints.
    pub key: Option<String>,
    /// The language to write in.
    pub language: Option<Language>,
    /// Where they can still be told: channel and address.
    pub addresses: Vec<(Key, String)>,
}

impl Unreached {
    /// The first ids of the spans in which there is somebody, from this id on.
    pub fn spans(&self, from: i64) -> impl Iterator<Item = i64> + '_ {
        let base = from.div_euclid(SHARD) * SHARD;
        let some = |stand: &Stand| stand.sum().planned > stand.sum().accepted;
        self.spans.range(base..).filter(move |(_, stand)| some(stand)).map(|(base, _)| *base)
    }
}

impl Engine {
    /// Who does not have this notice; the look is noted.
    ///
    /// # Errors
    ///
    /// [`EngineError::Refused`] when there is no such notice; when the database does not answer.
    pub async fn unreached(
        &self,
        case: &Case,
        number: u32,
        by: &str,
    ) -> Result<Unreached, EngineError> {
        if case.incident.notice(number).is_none() {
            return Err(Refused::NoSuchNotice(number).into());
        }
        let dispatches: Vec<_> = self.store.dispatches_of(&case.incident.id).await?;
        let mine = dispatches.iter().filter(|one| one.order.notice == Some(number));
        let known = self.known(mine).await?;
        let book = |channel: &Key| {
            let channels = &case.handbook.channels;
            channels.get(channel).map_or(channel, Channel::address_book).clone()
        };
        let told = known.iter().map(|one| &one.dispatch.order.channel);
        let books = told.chain(case.handbook.channels.keys()).map(book).collect();
        let spans = stands_of(&known);
        let sum = sum(spans.values());
        let entry = audit::Entry {
            at: self.now(),
            actor: by.to_owned(),
            act: "reach.unreached".into(),
            subject: format!("{}#{number}", case.incident.id),
            detail: (sum.planned - sum.accepted).to_string(),
        };
        self.store.write(audit::note_steps(&entry)).await?;
        Ok(Unreached { number, sum, spans, books })
    }

    /// Those of one span, in the order of their ids, with the addresses that they have now.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn unreached_in(
        &self,
        unreached: &Unreached,
        base: i64,
    ) -> Result<Vec<Person>, EngineError> {
        let mut people: BTreeMap<i64, Person> = BTreeMap::new();
        for standing in Standing::ALL.into_iter().skip(1) {
            let ids = unreached.spans.get(&base).map(|stand| stand.of(standing));
            for offset in ids.into_iter().flat_map(|ids| ids.iter()) {
                let id = base + i64::from(offset);
                people.insert(id, Person::bare(id, standing));
            }
        }
        let (Some((first, _)), Some((last, _))) =
            (people.first_key_value(), people.last_key_value())
        else {
            return Ok(vec![]);
        };
        let (first, last) = (*first, *last);
        for book in &unreached.books {
            for contact in self.store.contacts(book, first, last + 1).await? {
                let Some(person) = people.get_mut(&contact.recipient) else { continue };
                person.kind = Some(contact.kind);
                person.key = contact.key;
                person.language = Some(contact.language);
                person.addresses.push((book.clone(), contact.address));
            }
        }
        Ok(people.into_values().collect())
    }
}

impl Person {
    fn bare(id: i64, standing: Standing) -> Self {
        Self { id, standing, kind: None, key: None, language: None, addresses: Vec::new() }
    }
}
