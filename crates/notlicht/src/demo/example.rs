//! The example handbook, as it lies in the repository, with the addresses and spans of the demo.

use std::net::SocketAddr;
use std::path::Path;

use anyhow::{Context as _, anyhow};
use toml_edit::{DocumentMut, TableLike, value};

macro_rules! example {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../../example/", $name)))),*]
    };
}

/// Every file of `example/`, with its path in there.
const FILES: &[(&str, &str)] = example![
    "README.md",
    "channels.toml",
    "contacts.toml",
    "duties.toml",
    "handbook.toml",
    "people.toml",
    "plans/forum-down.toml",
    "plans/login-down.toml",
    "plans/other.toml",
    "plans/shop-down.toml",
    "system.toml",
    "texts/default/all-clear.de.md",
    "texts/default/all-clear.en.md",
    "texts/default/correction.de.md",
    "texts/default/correction.en.md",
    "texts/default/first.de.md",
    "texts/default/first.en.md",
    "texts/default/holding.de.md",
    "texts/default/holding.en.md",
    "texts/default/update.de.md",
    "texts/default/update.en.md",
    "texts/forum-down/all-clear.de.md",
    "texts/forum-down/all-clear.en.md",
    "texts/forum-down/first.de.md",
    "texts/forum-down/first.en.md",
    "texts/forum-down/holding.de.md",
    "texts/forum-down/holding.en.md",
    "texts/imprint.de.md",
    "texts/imprint.en.md",
    "texts/login-down/all-clear.de.md",
    "texts/login-down/all-clear.en.md",
    "texts/login-down/all-clear.partners.de.md",
    "texts/login-down/all-clear.partners.en.md",
    "texts/login-down/first.de.md",
    "texts/login-down/first.en.md",
    "texts/login-down/first.partners.de.md",
    "texts/login-down/first.partners.en.md",
    "texts/login-down/holding.de.md",
    "texts/login-down/holding.en.md",
    "texts/privacy.de.md",
    "texts/privacy.en.md",
    "texts/shop-down/all-clear.de.md",
    "texts/shop-down/all-clear.en.md",
    "texts/shop-down/all-clear.team.de.md",
    "texts/shop-down/all-clear.team.en.md",
    "texts/shop-down/first.de.md",
    "texts/shop-down/first.en.md",
    "texts/shop-down/first.team.de.md",
    "texts/shop-down/first.team.en.md",
    "texts/shop-down/holding.de.md",
    "texts/shop-down/holding.en.md",
    "texts/shop-down/update.de.md",
    "texts/shop-down/update.en.md",
];

/// How long a first notice is held in the demo, in seconds.
pub(super) const HOLD: u64 = 6;

/// The endpoints of the example and the names of their secrets.
pub(super) const ENDPOINTS: [(&str, &str); 2] =
    [("team-chat", "chat-signing"), ("hoster-desk", "hoster-signing")];

/// The people who are alerted, by their addresses in the contacts.
pub(super) const STAFF: &str = "@lindenhof.example";

/// Where the demo's servers are.
#[derive(Debug, Clone, Copy)]
pub struct Places {
    /// The public page.
    pub page: SocketAddr,
    /// The mail server.
    pub mail: SocketAddr,
    /// The shop.
    pub shop: SocketAddr,
    /// Forum, login, app, the page elsewhere, the webhooks.
    pub pages: SocketAddr,
    /// The database.
    pub database: SocketAddr,
}

/// The handbook's files with the demo's addresses and spans; all else stays as it is.
///
/// # Errors
///
/// When a file of the example lacks what is to be changed.
pub fn adapted(places: &Places) -> anyhow::Result<Vec<(&'static str, String)>> {
    let adapt = |(name, text): &(&'static str, &str)| {
        let text = match *name {
            "handbook.toml" => edited(text, |file| front(file, places)),
            "channels.toml" => edited(text, |file| channels(file, places)),
            "system.toml" => edited(text, |file| system(file, places)),
            name if name.starts_with("plans/") => edited(text, plan),
            _ => Ok((*text).to_owned()),
        };
        Ok((*name, text.with_context(|| format!("example/{name} is not as the demo expects it"))?))
    };
    FILES.iter().map(adapt).collect()
}

/// Writes the files into a folder.
///
/// # Errors
///
/// When a file cannot be written.
pub fn write(files: &[(&str, String)], folder: &Path) -> anyhow::Result<()> {
    for (name, text) in files {
        let path = folder.join(name);
        let write = || {
            std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
            std::fs::write(&path, text)
        };
        write().with_context(|| format!("{} cannot be written", path.display()))?;
    }
    Ok(())
}

fn edited(
    text: &str,
    edit: impl FnOnce(&mut DocumentMut) -> anyhow::Result<()>,
) -> anyhow::Result<String> {
    let mut file: DocumentMut = text.parse()?;
    edit(&mut file)?;
    Ok(file.to_string())
}

/// The table under these keys.
fn table<'t>(file: &'t mut DocumentMut, keys: &[&str]) -> anyhow::Result<&'t mut dyn TableLike> {
    let mut item = file.as_item_mut();
    for key in keys {
        item = item.get_mut(key).ok_or_else(|| anyhow!("[{}] is missing", keys.join(".")))?;
    }
    item.as_table_like_mut().ok_or_else(|| anyhow!("[{}] is no table", keys.join(".")))
}

fn front(file: &mut DocumentMut, places: &Places) -> anyhow::Result<()> {
    table(file, &[])?.insert("page", value(format!("http://{}", places.page)));
    Ok(())
}

fn channels(file: &mut DocumentMut, places: &Places) -> anyhow::Result<()> {
    let mail = table(file, &["channel", "mail"])?;
    mail.insert("host", value(places.mail.ip().to_string()));
    mail.insert("port", value(i64::from(places.mail.port())));
    mail.insert("security", value("plain"));
    mail.remove("user");
    mail.remove("password");
    for (endpoint, _) in ENDPOINTS {
        let address = format!("http://{}/hooks/{endpoint}", places.pages);
        table(file, &["endpoint", endpoint])?.insert("address", value(address));
    }
    Ok(())
}

fn system(file: &mut DocumentMut, places: &Places) -> anyhow::Result<()> {
    let Places { shop, pages, database, .. } = places;
    for (monitor, address) in [
        ("shop-page", format!("http://{shop}/")),
        ("login", format!("http://{pages}/login/health")),
        ("app", format!("http://{pages}/app/health")),
        ("forum-page", format!("http://{pages}/forum")),
        ("reference-a", format!("http://{pages}/elsewhere")),
    ] {
        table(file, &["monitor", monitor])?.insert("every", value("1s"));
        let http = table(file, &["monitor", monitor, "http"])?;
        http.insert("url", value(address));
        http.insert("timeout", value("400ms"));
    }
    table(file, &["monitor", "db"])?.insert("every", value("1s"));
    let tcp = table(file, &["monitor", "db", "tcp"])?;
    tcp.insert("host", value(database.ip().to_string()));
    tcp.insert("port", value(i64::from(database.port())));
    tcp.insert("timeout", value("400ms"));
    Ok(())
}

fn plan(file: &mut DocumentMut) -> anyhow::Result<()> {
    let notice = table(file, &["notice"])?;
    notice.insert("hold", value(format!("{HOLD}s")));
    notice.insert("rhythm", value("14s"));
    notice.insert("remind", value("5s"));
    notice.insert("holding", value(true));
    if notice.contains_key("all_clear_after") {
        notice.insert("all_clear_after", value("4s"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use std::collections::BTreeSet;

    use model::handbook::Files;

    use super::*;

    fn places() -> Places {
        let at = |port| SocketAddr::from(([127, 0, 0, 1], port));
        Places { page: at(1), mail: at(2), shop: at(3), pages: at(4), database: at(5) }
    }

    #[test]
    fn the_demo_shows_the_whole_example_and_nothing_else() {
        let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../example"));
        let mut found = BTreeSet::new();
        let mut folders = vec![root.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if !path.ends_with(crate::folder::MARK) {
                    found.insert(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        let built_in: BTreeSet<_> = FILES.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(found, built_in);
    }

    #[test]
    fn the_example_is_still_a_faultless_handbook_with_the_addresses_of_the_demo() {
        let files: Files = adapted(&places())
            .unwrap()
            .into_iter()
            .filter(|(name, _)| !["README.md", "contacts.toml"].contains(name))
            .map(|(name, text)| (name.to_owned(), text))
            .collect();
        let descriptors = outside::channel::descriptors();
        let known: Vec<_> = descriptors.iter().collect();
        let checked = model::handbook::check::check(&files, &known);
        assert!(checked.faults.iter().all(|fault| !fault.is_error()), "{:#?}", checked.faults);
        let handbook = checked.handbook.unwrap();
        assert_eq!(handbook.page, "http://127.0.0.1:1");
        assert!(files.values().all(|text| !text.contains("https://shop.lindenhof")));
        assert!(files["system.toml"].contains("# One bad look opens nothing."), "comments stay");
    }
}
