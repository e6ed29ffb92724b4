//! Telephone numbers of those who are registered: another way to them, with a consent of its own.

use model::handbook::Handbook;
use model::handbook::channel::{Channel, Reaches};
use model::value::{Key, Phone, Timestamp};
use outside::channel::adapter;
use store::contact::{Way, attach_steps, end_steps, lift_steps, set_steps};
use store::{Write, audit};

use crate::{Engine, EngineError};

/// How many numbers of a list go into one transaction.
const BATCH: usize = 2_000;

/// What became of a list of numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Attached {
    /// Registered now.
    pub new: usize,
    /// Left out because their owners said STOP.
    pub fenced: usize,
    /// The rest: they have a number already, the number is somebody else's, or nobody has the
    /// mail address.
    pub left: usize,
}

/// The channel under which the telephone numbers of subscribers are kept: the first that reaches
/// people by telephone.
#[must_use]
pub fn phones_channel(handbook: &Handbook) -> Option<&Key> {
    let by_phone = |channel: &&Channel| {
        adapter(&channel.kind)
            .is_some_and(|adapter| adapter.descriptor().reaches == Reaches::PeopleByPhone)
    };
    handbook.channels.values().find(by_phone).map(Channel::address_book)
}

impl Engine {
    /// The channel of telephone numbers.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoWay`] when the handbook has none.
    pub async fn phones(&self) -> Result<Key, EngineError> {
        let handbook = self.handbook().await?.handbook;
        phones_channel(&handbook).cloned().ok_or_else(|| {
            EngineError::NoWay(
                "the handbook has no channel that reaches people by telephone: add one to \
                 channels.toml (“notlicht check” lists the kinds) and apply it"
                    .into(),
            )
        })
    }

    /// The hash that stands for an address whose owner wants nothing more there.
    pub(crate) fn fence(&self, channel: &Key, address: &str) -> String {
        self.keys.message_id(&["fence", channel.as_str(), address])
    }

    /// Gives a subscriber a telephone number, in the place of an earlier one. `consent` says where
    /// can be seen that they want messages there.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoWay`] when nobody or somebody else has it, or its owner said STOP.
    pub async fn add_number(
        &self,
        address: &str,
        number: &Phone,
        consent: &str,
        author: &str,
    ) -> Result<(), EngineError> {
        let (channel, now) = (self.phones().await?, self.now());
        let recipient = self.registered(address).await?;
        if self.store.fenced(&channel).await?.contains(&self.fence(&channel, number.as_str())) {
            return Err(EngineError::NoWay(format!(
                "{number} said STOP and is kept out; if they want messages again: “notlicht \
                 contacts allow {number} --consent …”"
            )));
        }
        let taken = || EngineError::NoWay(format!("{number} is somebody else's already"));
        if let Some(holder) = self.store.subscriber_at(&channel, number.as_str()).await?
            && holder != recipient
        {
            return Err(taken());
        }
        let proof = self.number_proof(&channel, number, consent, now);
        let note = self.entry("contact.add", recipient.to_string(), consent, author);
        let set = set_steps(recipient, &channel, number.as_str(), &proof, now);
        match self.store.write(Write::from(audit::note_steps(&note)).and(set)).await {
            Err(why) if why.is_conflict() => Err(taken()),
            other => Ok(other.map(drop)?),
        }
    }

    /// Gives many subscribers a number, each found by the mail address beside it. Each transaction
    /// takes some thousand; the same list again changes nothing.
    ///
    /// # Errors
    ///
    /// When the database does not answer: those of earlier transactions have their number.
    pub async fn add_numbers(
        &self,
        pairs: Vec<(String, Phone)>,
        consent: &str,
        author: &str,
    ) -> Result<Attached, EngineError> {
        let (mail, phones) = (self.subscribers_channel().await?, self.phones().await?);
        let (now, fenced) = (self.now(), self.store.fenced(&phones).await?);
        let all = pairs.len();
        let may = |(_, number): &(String, Phone)| {
            fenced.is_empty() || !fenced.contains(&self.fence(&phones, number.as_str()))
        };
        let pairs: Vec<_> = pairs.into_iter().filter(may).collect();
        let pairs: Vec<_> = pairs.into_iter().map(|(at, to)| (at, to.to_string())).collect();
        let note = self.entry("contact.import", pairs.len().to_string(), consent, author);
        self.store.write(audit::note_steps(&note)).await?;
        let mut new = 0;
        for batch in pairs.chunks(BATCH) {
            let steps = attach_steps(&mail, &phones, batch, now);
            new += self.store.write(steps).await?.given.len();
        }
        Ok(Attached { new, fenced: all - pairs.len(), left: pairs.len() - new })
    }

    /// Takes a number away from the subscriber who has it; mail goes on.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoWay`] when no subscriber has it.
    pub async fn remove_number(&self, number: &Phone, author: &str) -> Result<(), EngineError> {
        let channel = self.phones().await?;
        let found = self.store.subscriber_at(&channel, number.as_str()).await?;
        let recipient = found
            .ok_or_else(|| EngineError::NoWay(format!("no subscriber has the number {number}")))?;
        let note = self.entry("contact.remove", recipient.to_string(), "", author);
        let end = end_steps(recipient, &channel, self.now());
        self.store.write(Write::from(audit::note_steps(&note)).and(end)).await?;
        self.store.forget().await?;
        Ok(())
    }

    /// Lets a number or mail address in again that was kept out because its owner said STOP, left
    /// or was erased.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoWay`] when it was not kept out.
    pub async fn allow(
        &self,
        address: &str,
        consent: &str,
        author: &str,
    ) -> Result<(), EngineError> {
        let (channel, spelt) = match address.trim().parse::<Phone>() {
            Ok(number) => (self.phones().await?, number.to_string()),
            Err(_) => (self.subscribers_channel().await?, address.trim().to_lowercase()),
        };
        let note = self.entry("contact.allow", channel.to_string(), consent, author);
        let lift = lift_steps(&channel, &self.fence(&channel, &spelt));
        match self.store.write(Write::from(audit::note_steps(&note)).and(lift)).await {
            Err(why) if why.is_conflict() => {
                Err(EngineError::NoWay(format!("{spelt} is not kept out")))
            }
            other => Ok(other.map(drop)?),
        }
    }

    /// All ways to the subscriber who has this address on any channel.
    ///
    /// # Errors
    ///
    /// [`EngineError::NoWay`] when nobody is registered with it.
    pub async fn ways_to(&self, address: &str) -> Result<Vec<Way>, EngineError> {
        let recipient = self.registered(address).await?;
        Ok(self.store.ways(recipient).await?)
    }

    /// The subscriber who has this mail address or number.
    async fn registered(&self, address: &str) -> Result<i64, EngineError> {
        let exact = address.trim();
        let spelt = match exact.parse::<Phone>() {
            Ok(number) => number.to_string(),
            Err(_) => exact.to_lowercase(),
        };
        let found = self.store.subscriptions_of(&spelt).await?;
        for id in found {
            let subscription = self.store.subscription(id).await?;
            if subscription
                .is_some_and(|one| one.kind == model::recipient::RecipientKind::Subscriber)
            {
                return Ok(id);
            }
        }
        Err(EngineError::NoWay(format!(
            "nobody is registered with “{exact}”: they subscribe on the page, or you register them \
             with “notlicht import”"
        )))
    }

    /// What can be shown about a consent later; a keyed hash stands for the number.
    fn number_proof(&self, channel: &Key, number: &Phone, consent: &str, now: Timestamp) -> String {
        let (key, tag) = self.keys.sign(&["consent", channel.as_str(), number.as_str()]);
        format!("{consent}; entered {} over {channel}; address {key}.{tag}", now.iso_millis())
    }

    fn entry(&self, act: &str, subject: String, detail: &str, author: &str) -> audit::Entry {
        audit::Entry {
            at: self.now(),
            actor: author.to_owned(),
            act: act.to_owned(),
            subject,
            detail: detail.to_owned(),
        }
    }
}
