//! Secrets: the handbook only names them, the process is given them at its start.

use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// What an environment variable with a secret begins with.
pub const PREFIX: &str = "NOTLICHT_SECRET_";

/// A secret. It shows nothing of itself when printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a value in.
    #[must_use]
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value, for the one place that sends or signs with it.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// All secrets of a process, by the names that the handbook uses.
#[derive(Debug, Clone, Default)]
pub struct Secrets(BTreeMap<String, Secret>);

/// What is wrong with a secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// It was not given.
    #[error(
        "the secret “{name}” is missing: set {variable}, or put it in a file “{name}” in the \
         folder given with --secrets"
    )]
    Missing {
        /// The name in the handbook.
        name: String,
        /// The environment variable that would hold it.
        variable: String,
    },
    /// The folder or a file in it cannot be read.
    #[error("{path} cannot be read ({reason}); it must be readable for the user of this process")]
    Unreadable {
        /// The path.
        path: String,
        /// What the system said.
        reason: String,
    },
}

impl Secrets {
    /// From environment variables: those named [`PREFIX`] and a name. Values are trimmed, empty ones
    /// do not count.
    #[must_use]
    pub fn from_variables(variables: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut secrets = Self::default();
        for (variable, value) in variables {
            if let Some(name) = variable.strip_prefix(PREFIX) {
                secrets.insert(name, &value);
            }
        }
        secrets
    }

    /// From a folder with a file for each secret, named as in the handbook. Hidden files and
    /// folders in it are passed over, as container platforms put such beside the secrets.
    ///
    /// # Errors
    /// [`SecretError::Unreadable`].
    pub fn from_folder(folder: &Path) -> Result<Self, SecretError> {
        let unreadable = |path: &Path, error: &std::io::Error| SecretError::Unreadable {
            path: path.display().to_string(),
            reason: error.to_string(),
        };
        let mut secrets = Self::default();
        for entry in std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))? {
            let path = entry.map_err(|error| unreadable(folder, &error))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            if name.starts_with('.') || path.is_dir() {
                continue;
            }
            let value = std::fs::read_to_string(&path).map_err(|e| unreadable(&path, &e))?;
            secrets.insert(name, &value);
        }
        Ok(secrets)
    }

    /// Adds the other ones; where both know a name, the other one's counts.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.0.extend(other.0);
        self
    }

    /// Adds one by its name.
    pub fn insert(&mut self, name: &str, value: &str) {
        let value = value.trim();
        if !value.is_empty() {
            self.0.insert(canonical(name), Secret::new(value));
        }
    }

    /// The secret that the handbook names.
    ///
    /// # Errors
    /// [`SecretError::Missing`], which says how to give it.
    pub fn get(&self, name: &str) -> Result<&Secret, SecretError> {
        self.0.get(&canonical(name)).ok_or_else(|| SecretError::Missing {
            name: name.to_owned(),
            variable: format!("{PREFIX}{}", canonical(name)),
        })
    }
}

/// Environment variables know neither hyphens nor lower case by custom.
fn canonical(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    name.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_secret_is_found_by_its_handbook_name_whether_from_a_variable_or_a_file() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("hook-key"), "from file\n").unwrap();
        std::fs::create_dir(folder.path().join("..data")).unwrap();
        let variables = [
            ("NOTLICHT_SECRET_RELAY_PASSWORD", " from variable "),
            ("NOTLICHT_SECRET_EMPTY", " "),
            ("PATH", "/bin"),
        ];
        let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let secrets =
            Secrets::from_variables(variables).with(Secrets::from_folder(folder.path()).unwrap());
        assert_eq!(secrets.get("relay-password").unwrap().expose(), "from variable");
        assert_eq!(secrets.get("hook-key").unwrap().expose(), "from file");
        assert!(secrets.get("path").is_err());
        assert!(secrets.get("empty").is_err());
    }

    #[test]
    fn a_missing_secret_says_how_to_give_it() {
        let error = Secrets::default().get("relay-password").unwrap_err().to_string();
        assert!(error.contains("NOTLICHT_SECRET_RELAY_PASSWORD"), "{error}");
        assert!(error.contains("--secrets"), "{error}");
    }

    #[test]
    fn a_secret_never_shows_itself_in_a_log() {
        let mut secrets = Secrets::default();
        secrets.insert("key", "hunter2");
        assert!(!format!("{secrets:?}").contains("hunter2"));
    }
}
