//! Webhooks that somebody subscribes: a signed challenge shows that the address is theirs, and
//! from then on they are told as endpoints are, signed with a secret of their own.

use model::handbook::Handbook;
use model::handbook::channel::Reaches;
use model::recipient::CHALLENGE_REST;
use model::value::Key;
use outside::channel::webhook::{Challenge, challenge, subscribable};
use outside::secret::Secret;
use store::hook::{challenge_steps, subscribe_steps};
use store::subscription::Wish;

use crate::link::Link;
use crate::recipient::subscribers_over;
use crate::{Engine, EngineError};

/// What became of a wish whose address proved to be the asker's.
#[derive(Debug)]
pub enum Hooked {
    /// It is told from now on.
    New {
        /// Shown once, and kept nowhere.
        secret: Secret,
        /// The token of the link to the choices.
        choices: String,
        /// The token of the link to leave.
        leave: String,
    },
    /// It was told already. Nothing has changed: else whoever can make a receiver answer would
    /// get to know how its messages are signed.
    Known,
}

/// Why nothing was subscribed.
#[derive(Debug, thiserror::Error)]
pub enum HookError {
    /// It cannot be subscribed.
    #[error("this address cannot be subscribed: it must be https, without a user's name")]
    Address,
    /// A challenge went there within the hour.
    #[error("a challenge went to this address within the hour: try again later")]
    Rest,
    /// The challenge was not answered as it must be.
    #[error("the address did not prove to be the asker's ({0})")]
    Unproven(#[from] outside::channel::webhook::Unproven),
    /// Something else.
    #[error(transparent)]
    Engine(#[from] EngineError),
}

/// The channel over which subscribed webhooks are told, where the handbook has one.
#[must_use]
pub fn hooks_channel(handbook: &Handbook) -> Option<Key> {
    subscribers_over(handbook, Reaches::Machines)
}

impl Engine {
    /// Subscribes a webhook. The same is done whether it is known or not until it has answered the
    /// challenge; who can make it answer may know.
    ///
    /// # Errors
    ///
    /// [`HookError`].
    pub async fn hook(&self, wish: &Wish) -> Result<Hooked, HookError> {
        let url = subscribable(&wish.address).ok_or(HookError::Address)?;
        let wish = Wish { address: url.to_string(), ..wish.clone() };
        let handbook = self.handbook().await?.handbook;
        let channel = hooks_channel(&handbook).ok_or_else(|| EngineError::Unknown {
            kind: "webhook channel of an audience with",
            key: "subscribers".into(),
            known: "none".into(),
        })?;
        let asked = self.now();
        let hash = self.keys.message_id(&["challenge", &wish.address]);
        let since = asked.before(CHALLENGE_REST);
        match self.store.write(challenge_steps(&hash, asked, since, self.letters)).await {
            Err(why) if why.is_conflict() => return Err(HookError::Rest),
            other => other.map_err(EngineError::from)?,
        };
        let chance = &*self.rim.chance;
        let word = format!("{:016x}{:016x}", chance(), chance());
        let id = self.keys.message_id(&["challenge", &word]);
        let seed = self.keys.seed(chance);
        let secret = self.keys.secret(&seed).expect("the key of a fresh seed is there");
        let it = Challenge {
            url: &url,
            id: &id,
            word: &word,
            community: &handbook.community,
            secret: &secret,
        };
        challenge(&self.wire.http, &it, asked).await?;
        let now = self.now();
        let steps =
            subscribe_steps(&channel, &wish, &seed, &self.hook_proof(&channel, &wish, &id), now);
        let written = self.store.write(steps).await.map_err(EngineError::from)?;
        self.shared.delivery_due.notify_one();
        let Some(recipient) = written.given.first().copied() else { return Ok(Hooked::Known) };
        let choices = Link::Choices { recipient }.token(&self.keys);
        let leave = Link::Leave { recipient }.token(&self.keys);
        Ok(Hooked::New { secret, choices, leave })
    }

    /// What can be shown about a consent later; a keyed hash stands for the address.
    fn hook_proof(&self, channel: &Key, wish: &Wish, id: &str) -> String {
        let (key, tag) = self.keys.sign(&["consent", channel.as_str(), &wish.address]);
        let at = self.now().iso_millis();
        let language = wish.language;
        format!("answered the challenge {id} at {at}, in {language}; address {key}.{tag}")
    }
}
