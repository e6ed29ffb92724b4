//! Subscriptions: asked for by a form, confirmed by a mailed link, changed, erased.

use std::collections::BTreeSet;

use model::handbook::Handbook;
use model::language::Language;
use model::recipient::{LETTER_REST, RecipientKind, UNCONFIRMED, may_confirm};
use model::value::{Key, Span, Timestamp};
use outside::channel::email::smtp::Mailbox;
use store::Write;
use store::contact::confirmed_steps;
use store::dispatch::Order;
use store::latecomer::note_steps;
use store::subscription::{Subscription, Wish, ask_steps, change_steps, confirm_steps};

use crate::alarm::Trouble;
use crate::body::{Body, LETTER, LetterBody};
use crate::link::Link;
use crate::{Engine, EngineError};

/// The audience under which letters about subscriptions are stored: one address.
const ONE: &str = "one-address";
/// A person needs at least so long to fill in the form.
const FASTEST: Span = Span::seconds(1);
/// A form that lay open for longer must be sent once more.
const SLOWEST: Span = Span::minutes(24 * 60);

impl Engine {
    /// A form was sent. Whether the address is unknown, waits for its confirmation or is
    /// subscribed: the same is done, the same is answered, and it gets a letter unless one went
    /// within the hour. What was asked for changes nothing for a subscriber.
    ///
    /// # Errors
    ///
    /// [`EngineError::Address`] if it cannot be one, or when the database does not answer.
    pub async fn ask(&self, wish: &Wish) -> Result<(), EngineError> {
        let address = Mailbox::parse(wish.address.trim());
        let address = address.map_err(|why| EngineError::Address(why.to_string()))?;
        // One mailbox must not become many by its spelling.
        let wish = Wish { address: address.as_str().to_lowercase(), ..wish.clone() };
        let version = self.handbook().await?;
        let now = self.now();
        let letter = Order {
            incident: None,
            notice: None,
            kind: LETTER.to_owned(),
            channel: self.subscribers_channel().await?,
            audience: ONE.parse().expect("a key"),
            body: Body::Letter(LetterBody { at: now, handbook: version.number }),
            drill: false,
            created_at: now,
        };
        let (fresh_since, most) = (now.before(LETTER_REST), self.letters);
        let steps = || ask_steps(&wish, &letter, fresh_since, most);
        match self.store.write(steps()).await {
            // Another node noted the same address at the same moment.
            Err(why) if why.is_conflict() => self.store.write(steps()).await?,
            other => other?,
        };
        self.shared.delivery_due.notify_one();
        self.watch_letters().await
    }

    /// Raises an alarm while so many letters have gone that no more go, whoever asks: a crowd
    /// that needs a higher limit, or somebody who uses the form to write to strangers.
    pub(crate) async fn watch_letters(&self) -> Result<(), EngineError> {
        let gone = self.store.letters(self.now().before(LETTER_REST)).await?;
        if gone >= u64::from(self.letters) {
            self.raise(&Trouble::Letters(self.letters)).await.map(|_| ())
        } else {
            self.calm(&Trouble::Letters(self.letters)).await
        }
    }

    /// What a confirmation link leads to. Looking changes nothing.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadLink`] if it is no such link, is too old, or the subscription ended.
    pub async fn confirm_look(&self, token: &str) -> Result<Subscription, EngineError> {
        let Link::Confirm { recipient } = Link::read(token, &self.keys)? else {
            return Err(EngineError::BadLink);
        };
        let found = self.store.subscription(recipient).await?.ok_or(EngineError::BadLink)?;
        let waits = found.kind == RecipientKind::Applicant;
        if waits && !may_confirm(found.mailed_at, self.now()) {
            return Err(EngineError::BadLink);
        }
        Ok(found)
    }

    /// Confirms a subscription. Confirming twice changes nothing.
    ///
    /// # Errors
    ///
    /// As [`Engine::confirm_look`].
    pub async fn confirm(&self, token: &str) -> Result<Subscription, EngineError> {
        let before = self.confirm_look(token).await?;
        let Link::Confirm { recipient } = Link::read(token, &self.keys)? else {
            return Err(EngineError::BadLink);
        };
        let now = self.now();
        let proof = self.proof(&before, now);
        let confirm = confirm_steps(recipient, &proof, now.before(UNCONFIRMED), now);
        // Who subscribes while a notice goes out is told of it too.
        let late = match before.kind {
            RecipientKind::Applicant => note_steps(recipient),
            _ => vec![],
        };
        let back = confirmed_steps(&before.channel, &self.fence(&before.channel, &before.address));
        self.store.write(Write::from(confirm).and(late).and(back)).await?;
        self.shared.delivery_due.notify_one();
        let after = self.confirm_look(token).await?;
        if after.kind == RecipientKind::Subscriber { Ok(after) } else { Err(EngineError::BadLink) }
    }

    /// What a link to change one's choices leads to. Looking changes nothing.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadLink`] if it is no such link or the subscription ended.
    pub async fn choices(&self, token: &str) -> Result<Subscription, EngineError> {
        let found = self.store.subscription(chooser(token, self)?).await?;
        found.filter(|one| one.kind == RecipientKind::Subscriber).ok_or(EngineError::BadLink)
    }

    /// Changes what a subscriber is told about (`None`: everything), and in which language.
    ///
    /// # Errors
    ///
    /// As [`Engine::choices`].
    pub async fn change(
        &self,
        token: &str,
        language: Language,
        components: Option<&BTreeSet<Key>>,
    ) -> Result<Subscription, EngineError> {
        let recipient = chooser(token, self)?;
        self.store.write(change_steps(recipient, language, components)).await?;
        self.choices(token).await
    }

    /// The link by which this subscriber leaves, from the link to the choices.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadLink`] if it is no such link.
    pub fn leave_token(&self, token: &str) -> Result<String, EngineError> {
        Ok(Link::Leave { recipient: chooser(token, self)? }.token(&self.keys))
    }

    /// A stamp for a form that is shown now: see [`Engine::is_timely`].
    #[must_use]
    pub fn stamp(&self) -> String {
        let now = self.now().0.to_string();
        let (id, tag) = self.keys.sign(&["form", &now]);
        format!("{now}.{id}.{tag}")
    }

    /// Whether a form with this stamp was shown by us, at least a second and at most a day ago.
    /// It keeps out the simplest programs without a cookie and without asking anybody anything.
    #[must_use]
    pub fn is_timely(&self, stamp: &str) -> bool {
        let mut fields = stamp.splitn(3, '.');
        let (Some(at), Some(id), Some(tag)) = (fields.next(), fields.next(), fields.next()) else {
            return false;
        };
        let Ok(shown) = at.parse().map(Timestamp) else { return false };
        let (now, known) = (self.now(), self.keys.verify(id, &["form", at], tag));
        known && shown.after(FASTEST) <= now && now <= shown.after(SLOWEST)
    }

    /// What can be shown about a consent later: that the holder of this address pressed the
    /// button. A keyed hash stands for the address, so that only who knows it can compare.
    fn proof(&self, of: &Subscription, now: Timestamp) -> String {
        let (id, tag) = self.keys.sign(&["consent", of.channel.as_str(), &of.address]);
        let letter = of.mailed_at.map_or_else(String::new, Timestamp::iso_millis);
        let (channel, language, at) = (&of.channel, of.language, now.iso_millis());
        format!(
            "double opt-in over {channel}: letter {letter}, confirmed {at} by its link and a \
             button, in {language}; address {id}.{tag}"
        )
    }
}

fn chooser(token: &str, engine: &Engine) -> Result<i64, EngineError> {
    match Link::read(token, &engine.keys)? {
        Link::Choices { recipient } => Ok(recipient),
        _ => Err(EngineError::BadLink),
    }
}

/// The choice behind ticked keys: what the handbook does not have is left out, and who ticked all
/// wants to hear of everything, also of parts to come. `Err` if nothing is left.
///
/// # Errors
///
/// [`EngineError::Unknown`] if none of the keys is a component.
pub fn chosen(
    handbook: &Handbook,
    ticked: &[String],
) -> Result<Option<BTreeSet<Key>>, EngineError> {
    let known = || handbook.components.iter().map(|one| &one.key);
    let chosen: BTreeSet<Key> =
        known().filter(|key| ticked.iter().any(|one| one == key.as_str())).cloned().collect();
    match chosen.len() {
        0 => Err(EngineError::Unknown {
            kind: "component",
            key: "that was ticked".into(),
            known: known().map(Key::as_str).collect::<Vec<_>>().join(", "),
        }),
        all if all == known().count() => Ok(None),
        _ => Ok(Some(chosen)),
    }
}
