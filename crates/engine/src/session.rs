//! Signing in to the console, and what a browser shows to stay signed in.

use model::value::{Key, PublicId, Span, Timestamp};
use store::Write;
pub use store::session::Session;
use store::session::{add_steps, end_steps, see_steps};

use crate::secret::hash;
use crate::{Engine, EngineError};

/// Who does not come back for so long must sign in anew.
pub const IDLE: Span = Span::minutes(7 * 24 * 60);
/// After so long everybody must.
pub const LONGEST: Span = Span::minutes(30 * 24 * 60);
/// The last use is noted at most so often.
const SEEN_EVERY: Span = Span::minutes(5);
/// So much of what a browser says of itself is kept.
const AGENT: usize = 200;

impl Engine {
    /// Signs in: the secret for the browser, or nothing where name and password do not fit. It
    /// takes as long for a name that nobody has.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        agent: &str,
    ) -> Result<Option<String>, EngineError> {
        let nobody: Key = "nobody".parse().expect("a key");
        let key = name.trim().to_lowercase().parse::<Key>();
        let known = key.is_ok();
        let key = key.unwrap_or(nobody);
        if !(self.is_password(&key, password).await? && known) {
            tracing::warn!(account = %key, "somebody could not sign in");
            return Ok(None);
        }
        let secret = self.fresh_secret();
        let id = PublicId::from_chance((self.rim.chance)());
        let agent: String = agent.chars().filter(|c| !c.is_control()).take(AGENT).collect();
        let steps = add_steps(&id, &key, &hash(&secret), &agent, self.now());
        let note = self.note(key.as_str(), "session.begin", &key, "");
        match self.store.write(Write::from(steps).and(note)).await {
            Ok(_) => Ok(Some(secret)),
            // The account ended in this moment.
            Err(why) if why.is_conflict() => Ok(None),
            Err(why) => Err(why.into()),
        }
    }

    /// Who shows this secret, if it is a session's that still goes on.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn session(&self, secret: &str) -> Result<Option<Session>, EngineError> {
        let Some(session) = self.store.session(&hash(secret)).await? else { return Ok(None) };
        let now = self.now();
        if session.seen_at < now.before(IDLE) || session.created_at < now.before(LONGEST) {
            return Ok(None);
        }
        if session.seen_at < now.before(SEEN_EVERY) {
            self.store.write(see_steps(&session.id, now)).await?;
        }
        Ok(Some(session))
    }

    /// Ends a session: one's own, or as an administrator anybody's. Twice is no error.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn end_session(&self, id: &PublicId) -> Result<(), EngineError> {
        self.store.write(end_steps(id)).await?;
        Ok(())
    }

    /// All sessions that still go on, the last used first.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn sessions(&self) -> Result<Vec<Session>, EngineError> {
        let (seen, created) = ends(self.now());
        let all = self.store.sessions().await?.into_iter();
        Ok(all.filter(|one| one.seen_at >= seen && one.created_at >= created).collect())
    }

    /// What proves that a form was shown to this session.
    #[must_use]
    pub fn form_token(&self, session: &PublicId) -> String {
        let (id, tag) = self.keys.sign(&["console", session.as_str()]);
        format!("{id}.{tag}")
    }

    /// Whether [`Engine::form_token`] made this for the session.
    #[must_use]
    pub fn is_form_token(&self, session: &PublicId, token: &str) -> bool {
        token
            .split_once('.')
            .is_some_and(|(id, tag)| self.keys.verify(id, &["console", session.as_str()], tag))
    }
}

/// Sessions last used or begun before these moments are over.
pub(crate) fn ends(now: Timestamp) -> (Timestamp, Timestamp) {
    (now.before(IDLE), now.before(LONGEST))
}
