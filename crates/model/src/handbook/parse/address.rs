//! Addresses of pages and machines.

use url::{Host, Url};

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
            "the page's address must not have a “?” or “#”",
            "write the address under which the page begins, other addresses are built on it",
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
            "visitors would read the page unencrypted",
            "write https://…; mail programs follow the link for leaving only over HTTPS",
        );
    }
}

fn parsed(item: &Item<'_>, text: &str) -> Option<Url> {
    let web = text.starts_with("http://") || text.starts_with("https://");
    let url = Url::parse(text).ok().filter(|url| web && url.has_host());
    let Some(url) = url else {
        let what = format!("“{text}” is no web address");
        item.error(what, "write it whole, beginning with https:// or http://");
        return None;
    };
    if !url.username().is_empty() || url.password().is_some() {
        item.error(
            "a name or password stands in this address",
            "take out what stands before the “@”: secrets never stand in the handbook",
        );
    }
    Some(url)
}
