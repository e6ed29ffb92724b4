//! Accounts of the console and their passwords.

use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use model::language::Language;
use model::permission::Permission;
use model::value::Key;
pub use store::account::Account;
use store::account::{add_steps, end_steps, permit_steps};
use store::account::{set_language_steps, set_password_steps};
use store::{Step, StoreError, Write, audit, session};
use tokio::sync::Semaphore;

use crate::{Engine, EngineError};

/// The shortest password, in characters (NIST SP 800-63B asks for 8 with a second factor and 15
/// without; a limit of tries stands in front of ours).
pub const SHORTEST_PASSWORD: usize = 12;
/// The longest, in bytes: hashing more is work that anybody could ask for.
pub const LONGEST_PASSWORD: usize = 1024;
/// So many passwords are hashed at once: each takes 19 MiB and a core.
const AT_ONCE: usize = 2;

/// Why an account cannot be as it was asked for.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// The memory failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The name is taken.
    #[error("there is or was an account “{0}”: choose another name")]
    Taken(Key),
    /// There is none, or it has ended.
    #[error("there is no account “{0}”: “notlicht account list” shows all")]
    Missing(Key),
    /// Nobody would be an administrator any more.
    #[error(
        "nothing was changed: “{0}” is the last account that may administer; give another one \
         this permission first"
    )]
    Last(Key),
    /// Too short or too long.
    #[error(
        "a password has at least {SHORTEST_PASSWORD} characters, and at most {LONGEST_PASSWORD} bytes"
    )]
    Password,
    /// It could not be hashed.
    #[error("the password could not be hashed: {0}")]
    Hash(String),
}

/// Keeps too many passwords from being hashed at once.
pub(crate) struct Hashing(Arc<Semaphore>);

impl Default for Hashing {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

impl Hashing {
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
        let _turn = self.0.acquire().await.ok()?;
        tokio::task::spawn_blocking(work).await.ok()
    }

    /// Whether the password is the one that was hashed. Without a hash it takes as long and says
    /// no, so that nobody learns which accounts there are.
    pub(crate) async fn verify(&self, password: &str, hash: Option<String>) -> bool {
        let password = password.to_owned();
        let work = move || {
            let known = hash.filter(|hash| !hash.is_empty());
            match known.as_deref().map(PasswordHash::new) {
                Some(Ok(hash)) => {
                    Argon2::default().verify_password(password.as_bytes(), &hash).is_ok()
                }
                _ => {
                    let salt = b"nobody has this";
                    let _ = Argon2::default().hash_password_with_salt(password.as_bytes(), salt);
                    false
                }
            }
        };
        self.run(work).await.unwrap_or(false)
    }

    async fn hash(&self, password: String, salt: Vec<u8>) -> Result<String, AccountError> {
        let work = move || {
            Argon2::default()
                .hash_password_with_salt(password.as_bytes(), &salt)
                .map(|hash| hash.to_string())
                .map_err(|why| AccountError::Hash(why.to_string()))
        };
        self.run(work).await.unwrap_or_else(|| Err(AccountError::Hash("interrupted".into())))
    }
}

impl Engine {
    /// Adds an account.
    ///
    /// # Errors
    ///
    /// [`AccountError::Taken`], [`AccountError::Password`].
    pub async fn add_account(
        &self,
        name: &Key,
        permission: Permission,
        language: Language,
        password: &str,
        author: &str,
    ) -> Result<(), AccountError> {
        let hash = self.hashed(password).await?;
        let (name, created_at) = (name.clone(), self.now());
        let account = Account { name, permission, language, created_at, ended_at: None };
        let steps = add_steps(&account, &hash);
        let note = self.note(author, "account.add", &account.name, permission.word());
        match self.store.write(Write::from(steps).and(note)).await {
            Ok(_) => Ok(()),
            Err(why) if why.is_conflict() => Err(AccountError::Taken(account.name)),
            Err(why) => Err(why.into()),
        }
    }

    /// All accounts by name, also those that ended.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn accounts(&self) -> Result<Vec<Account>, EngineError> {
        Ok(self.store.accounts().await?)
    }

    /// Gives another permission.
    ///
    /// # Errors
    ///
    /// [`AccountError::Missing`], [`AccountError::Last`].
    pub async fn permit(
        &self,
        name: &Key,
        permission: Permission,
        author: &str,
    ) -> Result<(), AccountError> {
        let note = self.note(author, "account.permit", name, permission.word());
        self.change_account(name, permit_steps(name, permission), note).await
    }

    /// Ends an account and all its sessions.
    ///
    /// # Errors
    ///
    /// [`AccountError::Missing`], [`AccountError::Last`].
    pub async fn end_account(&self, name: &Key, author: &str) -> Result<(), AccountError> {
        let mut steps = end_steps(name, self.now());
        steps.extend(session::end_all_steps(name, None));
        let note = self.note(author, "account.end", name, "");
        self.change_account(name, steps, note).await
    }

    /// Sets a new password and ends all sessions of the account but `keep`.
    ///
    /// # Errors
    ///
    /// [`AccountError::Password`], [`AccountError::Missing`].
    pub async fn set_password(
        &self,
        name: &Key,
        password: &str,
        keep: Option<&model::value::PublicId>,
        author: &str,
    ) -> Result<(), AccountError> {
        let mut steps = set_password_steps(name, &self.hashed(password).await?);
        steps.extend(session::end_all_steps(name, keep));
        let note = self.note(author, "account.set-password", name, "");
        self.change_account(name, steps, note).await
    }

    /// Sets the language of the console.
    ///
    /// # Errors
    ///
    /// [`AccountError::Missing`].
    pub async fn set_language(&self, name: &Key, language: Language) -> Result<(), AccountError> {
        self.change_account(name, set_language_steps(name, language), vec![]).await
    }

    /// Whether this is the account's password.
    ///
    /// # Errors
    ///
    /// When the database does not answer.
    pub async fn is_password(&self, name: &Key, password: &str) -> Result<bool, EngineError> {
        let hash = self.store.account(name).await?.map(|(_, hash)| hash);
        Ok(password.len() <= LONGEST_PASSWORD && self.shared.hashing.verify(password, hash).await)
    }

    async fn change_account(
        &self,
        name: &Key,
        steps: Vec<Step>,
        note: Vec<Step>,
    ) -> Result<(), AccountError> {
        match self.store.write(Write::from(steps).and(note)).await {
            Ok(_) => Ok(()),
            Err(why) if why.is_conflict() => {
                let found = self.store.account(name).await?;
                Err(match found.filter(|(account, _)| account.ended_at.is_none()) {
                    Some(_) => AccountError::Last(name.clone()),
                    None => AccountError::Missing(name.clone()),
                })
            }
            Err(why) => Err(why.into()),
        }
    }

    async fn hashed(&self, password: &str) -> Result<String, AccountError> {
        if password.chars().count() < SHORTEST_PASSWORD || password.len() > LONGEST_PASSWORD {
            return Err(AccountError::Password);
        }
        let salt = [(self.rim.chance)().to_be_bytes(), (self.rim.chance)().to_be_bytes()].concat();
        self.shared.hashing.hash(password.to_owned(), salt).await
    }

    /// Notes who did what to which account or token.
    pub(crate) fn note(&self, author: &str, act: &str, subject: &Key, detail: &str) -> Vec<Step> {
        audit::note_steps(&audit::Entry {
            at: self.now(),
            actor: author.to_owned(),
            act: act.to_owned(),
            subject: subject.to_string(),
            detail: detail.to_owned(),
        })
    }
}
