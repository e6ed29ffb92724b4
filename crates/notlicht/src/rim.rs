//! The rim: clock, chance, the folder, the wire. Only here they are taken from the system.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use engine::{Engine, Keys, Node, Rim};
use model::value::{PublicId, Timestamp};
use outside::channel::Wire;
use outside::guard::Guard;
use outside::http::Http;
use outside::secret::Secrets;
use outside::tls::Trust;
use store::Store;

use crate::config::Place;

/// The time, by the system's clock.
#[expect(clippy::disallowed_methods, reason = "this is the one place where the clock is read")]
pub(crate) fn now() -> Timestamp {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    Timestamp(since.map_or(0, |since| i64::try_from(since.as_micros()).unwrap_or(i64::MAX)))
}

/// 64 bits of chance, by the system's generator.
#[expect(clippy::disallowed_methods, reason = "this is the one place where chance is drawn")]
pub(crate) fn chance() -> u64 {
    rand::random()
}

/// A fresh public id.
pub(crate) fn fresh_id() -> PublicId {
    PublicId::from_chance(chance())
}

/// Who sits at this command line, by the name that the system gives.
pub(crate) fn operator() -> String {
    ["SUDO_USER", "USER", "LOGNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
        .unwrap_or_else(|| "host".into())
}

impl Place {
    /// The data folder, made if it is not there.
    pub(crate) fn folder(&self) -> anyhow::Result<PathBuf> {
        std::fs::create_dir_all(&self.data).with_context(|| {
            format!("the data folder {} cannot be made: choose another with --data", self.data.display())
        })?;
        Ok(self.data.clone())
    }

    /// Where the page lies on disk.
    pub(crate) fn page(&self) -> PathBuf {
        self.data.join("page")
    }

    /// The database's address.
    pub(crate) fn address(&self) -> anyhow::Result<store::Address> {
        let fallback = || format!("sqlite:{}", self.data.join("notlicht.db").display());
        Ok(self.database.clone().unwrap_or_else(fallback).parse()?)
    }

    /// What goes out, with the guard in front.
    pub(crate) fn wire(&self) -> anyhow::Result<Wire> {
        let guard = Guard::new(self.allow_private, vec![]);
        let trust = match &self.trust {
            Some(file) => Trust::with_file(file)?,
            None => Trust::new(vec![])?,
        };
        let folder = match &self.secrets {
            Some(folder) => Secrets::from_folder(folder)?,
            None => Secrets::default(),
        };
        let secrets = folder.with(Secrets::from_variables(std::env::vars()));
        let http = Http::new(guard.clone(), &trust)?;
        Ok(Wire { guard, http, trust, secrets: Arc::new(secrets) })
    }

    /// The engine, with the database opened.
    pub(crate) async fn engine(&self, node: Option<&str>) -> anyhow::Result<Engine> {
        let data = self.folder()?;
        let store = Store::open(&self.address()?).await?;
        let keys = Keys::open(&data, chance)?;
        let name = node.map_or_else(host_name, str::to_owned);
        let rim = Rim { clock: Arc::new(now), chance: Arc::new(chance) };
        Ok(Engine::new(store, self.wire()?, keys, Node { name, data }, rim))
    }
}

fn host_name() -> String {
    let name = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let name = name.trim();
    if name.is_empty() { "node".into() } else { name.to_owned() }
}
