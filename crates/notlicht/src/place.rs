//! Where an installation lives, and the engine that runs it.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context as _;
use engine::{Engine, Keys, Node, Rim};
use outside::channel::Wire;
use outside::guard::Guard;
use outside::http::Http;
use outside::secret::Secrets;
use outside::tls::Trust;
use store::Store;

use crate::config::Place;
use crate::rim::{chance, now};

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
