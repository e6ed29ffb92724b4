//! Whom the handbook names: people, partners and machines become recipients.

use std::collections::BTreeSet;

use model::handbook::Handbook;
use model::handbook::channel::{Channel, Reaches};
use model::handbook::people::ContactCard;
use model::language::Language;
use model::recipient::{NewRecipient, RecipientKind as Kind};
use model::value::{Key, Phone, Timestamp};
use outside::channel::adapter;
use store::{Step, recipient};

use crate::contact::phones_channel;
use crate::{Engine, EngineError};

impl Engine {
    /// Steps that make the recipients that the handbook names what it says: people and partners
    /// with their addresses on every channel that reaches people, machines with theirs.
    pub(crate) async fn named(
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
