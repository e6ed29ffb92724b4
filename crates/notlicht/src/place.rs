//! Where an installation lives, and the engine that runs it.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use engine::{Engine, Keys, Node, Rim};
use model::value::{Span, Timestamp};
use outside::channel::Wire;
use outside::guard::Guard;
use outside::http::Http;
use outside::secret::Secrets;
use outside::tls::Trust;
use store::Store;

use crate::config::Place;
use crate::rim::{chance, now};

/// A running process makes the page on disk anew four times as often.
pub(crate) const STALE: Span = Span::minutes(1);

impl Place {
    /// The data folder, made if it is not there.
    pub(crate) fn folder(&self) -> anyhow::Result<PathBuf> {
        std::fs::create_dir_all(&self.data).with_context(|| {
            format!(
                "the data folder {} cannot be made: choose another with --data",
                self.data.display()
            )
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
        let guard = Guard::new(self.allow_private, self.allow_network.clone())
            .letting_strangers(self.allow_subscriber_network.clone());
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

    /// Refuses to put an empty database where one is gone: it would hide the loss, and be in the
    /// way of the backup.
    fn not_lost(&self, address: &store::Address) -> anyhow::Result<()> {
        let store::Address::Sqlite(file) = address else { return Ok(()) };
        let view = self.page().join("site.json");
        if self.database.is_none() && !file.exists() && view.exists() {
            bail!(
                "the database {} is gone, but {} says that there was one: put it back from a \
                 backup, or name it with --database. To begin anew instead, remove {}",
                file.display(),
                view.display(),
                self.page().display()
            );
        }
        Ok(())
    }

    /// For how long the page on disk has not been made anew; none where there is none.
    pub(crate) fn page_age(&self) -> Option<Span> {
        let made = std::fs::metadata(self.page().join("site.json")).ok()?.modified().ok()?;
        let since = made.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(now().since(Timestamp(i64::try_from(since.as_micros()).ok()?)))
    }

    /// The engine, with the database opened.
    pub(crate) async fn engine(&self, node: Option<&str>) -> anyhow::Result<Engine> {
        let data = self.folder()?;
        let address = self.address()?;
        self.not_lost(&address)?;
        let store = Store::open(&address).await?;
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
