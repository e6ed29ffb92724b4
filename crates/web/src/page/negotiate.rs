//! What the other side would like: language, coding, and whether it has the bytes already.

use model::language::Language;

use super::site::Coding;

/// The language of these that an `Accept-Language` header likes best, else the first.
pub(crate) fn language(header: Option<&str>, known: &[Language]) -> Language {
    let fallback = known.first().copied().unwrap_or(Language::DE);
    let mut best = (0.0_f32, fallback);
    for (range, weight) in weighed(header.unwrap_or_default()) {
        let tag = range.split('-').next().unwrap_or_default();
        let fits = |language: &&Language| language.tag().eq_ignore_ascii_case(tag);
        let found = if tag == "*" { Some(fallback) } else { known.iter().find(fits).copied() };
        // Strictly more: of equal wishes the first counts.
        if let Some(found) = found
            && weight > best.0
        {
            best = (weight, found);
        }
    }
    best.1
}

/// The smallest coding that an `Accept-Encoding` header allows.
pub(crate) fn coding(header: Option<&str>) -> Coding {
    let wishes: Vec<_> = weighed(header.unwrap_or_default()).collect();
    let allowed = |name: &str| {
        let own = wishes.iter().find(|(coding, _)| coding.eq_ignore_ascii_case(name));
        let any = wishes.iter().find(|(coding, _)| *coding == "*");
        own.or(any).is_some_and(|(_, weight)| *weight > 0.0)
    };
    if allowed("br") {
        Coding::Brotli
    } else if allowed("gzip") {
        Coding::Gzip
    } else {
        Coding::Identity
    }
}

/// Whether an `If-None-Match` header names this tag, in whichever coding.
pub(crate) fn has(header: Option<&str>, tag: &str) -> bool {
    header.unwrap_or_default().split(',').map(str::trim).any(|one| {
        let bare = one.strip_prefix("W/").unwrap_or(one).trim_matches('"');
        one == "*" || bare.split('-').next() == Some(tag)
    })
}

/// The entries of a header with their weights; an unreadable weight is none.
fn weighed(header: &str) -> impl Iterator<Item = (&str, f32)> {
    header.split(',').take(50).filter_map(|entry| {
        let mut parts = entry.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?;
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        Some((name, weight.map_or(1.0, |weight| weight.parse().unwrap_or(0.0))))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visitor_gets_the_language_that_the_browser_asks_for() {
        let known = [Language::DE, Language::EN];
        for (header, wanted) in [
            ("", Language::DE),
            ("en", Language::EN),
            ("en-GB,en;q=0.9,de;q=0.8", Language::EN),
            ("de;q=0.2, EN-us;q=0.3", Language::EN),
            ("fr, *;q=0.1", Language::DE),
            ("fr", Language::DE),
            ("en;q=0, de;q=0.1", Language::DE),
            ("en;q=nonsense", Language::DE),
            (";;;,,q=1,en;q=0.5", Language::EN),
        ] {
            assert_eq!(language(Some(header), &known), wanted, "{header}");
        }
    }

    #[test]
    fn nobody_gets_a_coding_that_they_cannot_read() {
        for (header, wanted) in [
            (None, Coding::Identity),
            (Some("gzip, deflate, br"), Coding::Brotli),
            (Some("gzip"), Coding::Gzip),
            (Some("br;q=0, gzip"), Coding::Gzip),
            (Some("*"), Coding::Brotli),
            (Some("identity"), Coding::Identity),
            (Some("*;q=0"), Coding::Identity),
        ] {
            assert_eq!(coding(header), wanted, "{header:?}");
        }
    }
}
