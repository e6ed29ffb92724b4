//! Tokens, by which programs use the API.

use model::permission::Permission;
use model::value::{Key, PublicId, Span};
pub use store::token::Token;
use store::token::{add_steps, end_steps, use_steps};
use store::{Write, audit};

use crate::secret::hash;
use crate::{Engine, EngineError};

/// The last use is noted at most so often.
const USED_EVERY: Span = Span::minutes(5);
/// Begins every token, so that one that lies about is recognised for what it is.
const PREFIX: &str = "notlicht_";

impl Engine {
    /// Makes a token. The answer is shown once: only its hash is kept.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn add_token(
        &self,
        name: &Key,
        permission: Permission,
        author: &str,
    ) -> Result<String, EngineError> {
        let secret = format!("{PREFIX}{}", self.fresh_secret());
        let token = Token {
            id: PublicId::from_chance((self.rim.chance)()),
            name: name.clone(),
            permission,
            author: author.to_owned(),
            created_at: self.now(),
            used_at: None,
            ended_at: None,
        };
        let note = self.note(author, "token.add", name, permission.word());
        self.store.write(Write::from(add_steps(&token, &hash(&secret))).and(note)).await?;
        Ok(secret)
    }

    /// All tokens, the oldest first, also those that ended.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn tokens(&self) -> Result<Vec<Token>, EngineError> {
        Ok(self.store.tokens().await?)
    }

    /// The token with this secret, if it has not ended.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn token(&self, secret: &str) -> Result<Option<Token>, EngineError> {
        let Some(token) = self.store.token(&hash(secret)).await? else { return Ok(None) };
        let now = self.now();
        if token.used_at.is_none_or(|used| used < now.before(USED_EVERY)) {
            self.store.write(use_steps(&token.id, now)).await?;
        }
        Ok(Some(token))
    }

    /// Ends a token. Twice is no error.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn end_token(&self, id: &PublicId, author: &str) -> Result<(), EngineError> {
        let entry = audit::Entry {
            at: self.now(),
            actor: author.to_owned(),
            act: "token.end".into(),
            subject: id.to_string(),
            detail: String::new(),
        };
        let write = Write::from(end_steps(id, entry.at)).and(audit::note_steps(&entry));
        match self.store.write(write).await {
            Ok(_) => Ok(()),
            Err(why) if why.is_conflict() => Ok(()),
            Err(why) => Err(why.into()),
        }
    }
}
