//! Addresses of pages and machines.

use url::{Host, Url};

use crate::handbook::fault::said;
use crate::handbook::read::Item;

/// Logs what is wrong with an address that the program calls.
pub(super) fn called(item: &Item<'_>, text: &str) {
    parsed(item, text);
}

/// Logs what is wrong with the address of the public page.
pub(super) fn page(item: &Item<'_>, text: &str) {
    let Some(url) = parsed(item, text) else { return };
    if url.query().is_some() || url.fragment().is_some() {
        item.error(
            said!("in der Adresse der Seite darf kein „?“ oder „#“ stehen", "the page's address must not have a “?” or “#”"),
            said!("schreiben Sie die Adresse, unter der die Seite beginnt: Andere Adressen bauen darauf auf", "write the address under which the page begins, other addresses are built on it"),
        );
    }
    let loopback = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if url.scheme() == "http" && !loopback {
        item.hint(
            said!("Besucher würden die Seite unverschlüsselt lesen", "visitors would read the page unencrypted"),
            said!("schreiben Sie https://…; Mailprogramme folgen dem Link zum Abbestellen nur über HTTPS", "write https://…; mail programs follow the link for leaving only over HTTPS"),
        );
    }
}

fn parsed(item: &Item<'_>, text: &str) -> Option<Url> {
    let web = text.starts_with("http://") || text.starts_with("https://");
    let url = Url::parse(text).ok().filter(|url| web && url.has_host());
    let Some(url) = url else {
        let what = said!("„{text}“ ist keine Webadresse", "“{text}” is no web address");
        item.error(
            what,
            said!(
                "schreiben Sie sie ganz, mit https:// oder http:// am Anfang",
                "write it whole, beginning with https:// or http://"
            ),
        );
        return None;
    };
    if !url.username().is_empty() || url.password().is_some() {
        item.error(
            said!(
                "in dieser Adresse steht ein Name oder ein Passwort",
                "a name or password stands in this address"
            ),
            said!(
                "nehmen Sie heraus, was vor dem „@“ steht: Geheimnisse stehen nie im Handbuch",
                "take out what stands before the “@”: secrets never stand in the handbook"
            ),
        );
    }
    Some(url)
}
