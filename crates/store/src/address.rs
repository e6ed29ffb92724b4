//! Where the database is.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use crate::error::StoreError;

/// Where the database is: a file, or a PostgreSQL server. The password is never shown.
#[derive(Clone, PartialEq, Eq)]
pub enum Address {
    /// A SQLite file.
    Sqlite(PathBuf),
    /// A PostgreSQL server.
    Postgres(Server),
}

/// A PostgreSQL server, as its address says.
#[derive(Clone, PartialEq, Eq)]
pub struct Server {
    /// The address without what only we understand.
    pub(crate) url: String,
    /// Whether the connection is encrypted and the server's certificate checked.
    pub(crate) encrypted: bool,
    /// Certificates to trust instead of those of the machine.
    pub(crate) root: Option<PathBuf>,
}

impl FromStr for Address {
    type Err = StoreError;

    /// Understands `sqlite:PATH`, a bare path, and `postgres://user:password@host/name`.
    ///
    /// With PostgreSQL, `sslmode=disable` means no encryption; `require` and `verify-full` both
    /// mean encryption with a checked certificate (one that nobody checks keeps out nobody).
    /// Without `sslmode`, a server on this machine is spoken to plainly, any other encrypted.
    /// `sslrootcert=FILE` names certificates (PEM) to trust instead of those of the machine.
    fn from_str(text: &str) -> Result<Self, StoreError> {
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return server(text).map(Self::Postgres);
        }
        let path = text.strip_prefix("sqlite:").unwrap_or(text);
        let path = path.strip_prefix("//").unwrap_or(path);
        if path.is_empty() || path.starts_with(':') {
            return Err(StoreError::Address(
                "a file is needed, for example sqlite:/var/lib/notlicht/notlicht.db".into(),
            ));
        }
        if text == path && path.contains("://") {
            return Err(StoreError::Address(
                "write sqlite:PATH or postgres://user@host/name".into(),
            ));
        }
        Ok(Self::Sqlite(PathBuf::from(path)))
    }
}

/// Takes out of the address what tokio-postgres does not know.
fn server(text: &str) -> Result<Server, StoreError> {
    let (base, query) = text.split_once('?').unwrap_or((text, ""));
    let mut mode = None;
    let mut root = None;
    let mut kept = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        match pair.split_once('=') {
            Some(("sslmode", value)) => mode = Some(value),
            Some(("sslrootcert", value)) => root = Some(PathBuf::from(value)),
            _ => kept.push(pair),
        }
    }
    let encrypted = match mode {
        Some("disable") => false,
        Some("require" | "verify-full") => true,
        None => !is_on_this_machine(base, &kept),
        Some(other) => {
            return Err(StoreError::Address(format!(
                "sslmode={other} is not known here: use disable, require or verify-full"
            )));
        }
    };
    kept.push(if encrypted { "sslmode=require" } else { "sslmode=disable" });
    let url = format!("{base}?{}", kept.join("&"));
    url.parse::<tokio_postgres::Config>().map_err(|error| {
        StoreError::Address(format!("{error}; write postgres://user@host:5432/name"))
    })?;
    Ok(Server { url, encrypted, root })
}

/// Whether every host of the address is a socket folder or a loopback address.
fn is_on_this_machine(base: &str, options: &[&str]) -> bool {
    let Ok(config) = format!("{base}?{}", options.join("&")).parse::<tokio_postgres::Config>()
    else {
        return false;
    };
    config.get_hosts().iter().all(|host| match host {
        tokio_postgres::config::Host::Tcp(name) => {
            name == "localhost"
                || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
        }
        tokio_postgres::config::Host::Unix(_) => true,
    })
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(server) => {
                let base = server.url.split('?').next().unwrap_or_default();
                match base.rsplit_once('@') {
                    Some((_, rest)) => write!(f, "postgres://{rest}"),
                    None => f.write_str(base),
                }
            }
        }
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Server").field("encrypted", &self.encrypted).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn encrypted(text: &str) -> bool {
        match text.parse().unwrap() {
            Address::Postgres(server) => server.encrypted,
            Address::Sqlite(path) => panic!("{} is a file", path.display()),
        }
    }

    #[test]
    fn a_file_may_be_named_with_or_without_the_word_sqlite() {
        for text in ["sqlite:/a/b.db", "/a/b.db", "sqlite:///a/b.db"] {
            assert_eq!(text.parse::<Address>().unwrap(), Address::Sqlite("/a/b.db".into()));
        }
        for text in ["", "sqlite:", "sqlite::memory:", "mysql://host/name"] {
            assert!(text.parse::<Address>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_password_travels_plainly_only_inside_the_machine_unless_asked_for() {
        assert!(!encrypted("postgres://me:pw@127.0.0.1:5433/n"));
        assert!(!encrypted("postgres://me@/n?host=/run/postgresql"));
        assert!(encrypted("postgres://me:pw@db.example/n"));
        assert!(!encrypted("postgres://me:pw@db.example/n?sslmode=disable"));
        assert!(encrypted("postgresql://localhost/n?sslmode=verify-full&sslrootcert=/ca.pem"));
        assert!("postgres://h/n?sslmode=prefer".parse::<Address>().is_err());
    }

    #[test]
    fn a_password_is_never_shown() {
        let address: Address = "postgres://me:s3cret@db.example/n".parse().unwrap();
        assert_eq!(address.to_string(), "postgres://db.example/n");
        assert!(!format!("{address:?}").contains("s3cret"));
    }
}
