//! Finished bytes: what a request gets, ready in every coding.

use std::collections::BTreeMap;
use std::io::Write as _;

use bytes::Bytes;
use model::language::Language;
use sha2::{Digest, Sha256};

/// All that the public page consists of, by path (`/de/`).
#[derive(Debug, Clone)]
pub struct Site {
    resources: BTreeMap<String, Resource>,
    missing: BTreeMap<Language, Resource>,
    languages: Vec<Language>,
    style: String,
    community: String,
}

/// One finished body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    content_type: &'static str,
    body: Bytes,
    gzip: Option<Bytes>,
    brotli: Option<Bytes>,
    tag: String,
    cache: Cache,
    language: Option<Language>,
}

/// How long others may keep a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cache {
    /// Ask again after seconds; an old copy is better than none while we are unreachable, as the
    /// bytes say themselves from when on they are out of date.
    Brief,
    /// The path changes with the content.
    Forever,
    /// Never keep it.
    Never,
}

/// How a body is packed on the wire.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    /// As it is.
    Identity,
    /// gzip.
    Gzip,
    /// Brotli.
    Brotli,
}

impl Cache {
    /// The value of `Cache-Control`.
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Brief => "public, max-age=5, stale-if-error=86400",
            Self::Forever => "public, max-age=31536000, immutable",
            Self::Never => "no-store",
        }
    }
}

impl Coding {
    /// The value of `Content-Encoding`, where there is one.
    #[must_use]
    pub const fn header(self) -> Option<&'static str> {
        match self {
            Self::Identity => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }
}

impl Resource {
    /// Packs a body. Where packing does not make it smaller it is left out.
    #[must_use]
    pub fn new(content_type: &'static str, body: impl Into<Bytes>, cache: Cache) -> Self {
        let body = body.into();
        let smaller = |packed: Option<Vec<u8>>| {
            packed.filter(|packed| packed.len() < body.len()).map(Bytes::from)
        };
        let (gzip, brotli) = (smaller(gzip(&body)), smaller(brotli(&body)));
        Self { content_type, tag: hash(&body), body, gzip, brotli, cache, language: None }
    }

    /// The same, said to be in this language.
    #[must_use]
    pub fn in_language(mut self, language: Language) -> Self {
        self.language = Some(language);
        self
    }

    /// Media type with character set.
    #[must_use]
    pub const fn content_type(&self) -> &'static str {
        self.content_type
    }

    /// The body in this coding, or as it is where that coding was not worth it.
    #[must_use]
    pub fn body(&self, coding: Coding) -> (Coding, Bytes) {
        let packed = match coding {
            Coding::Identity => None,
            Coding::Gzip => self.gzip.clone(),
            Coding::Brotli => self.brotli.clone(),
        };
        packed.map_or_else(|| (Coding::Identity, self.body.clone()), |packed| (coding, packed))
    }

    /// The body as it is.
    #[must_use]
    pub const fn plain(&self) -> &Bytes {
        &self.body
    }

    /// The hash of the body in 32 hexadecimal digits, the core of its ETag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// How long others may keep it.
    #[must_use]
    pub const fn cache(&self) -> Cache {
        self.cache
    }

    /// The language it is in, where it is in one.
    #[must_use]
    pub const fn language(&self) -> Option<Language> {
        self.language
    }
}

impl Site {
    /// A site without resources, in these languages (the first is the main one), with the path
    /// of its stylesheet and the community's name.
    #[must_use]
    pub fn new(languages: &[Language], style: String, community: String) -> Self {
        let languages = if languages.is_empty() { vec![Language::DE] } else { languages.to_vec() };
        Self { resources: BTreeMap::new(), missing: BTreeMap::new(), languages, style, community }
    }

    /// Puts a resource at a path.
    pub fn put(&mut self, path: impl Into<String>, resource: Resource) {
        self.resources.insert(path.into(), resource);
    }

    /// Sets what is shown in this language where there is nothing at a path.
    pub fn put_missing(&mut self, language: Language, resource: Resource) {
        self.missing.insert(language, resource);
    }

    /// The resource at this path.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Resource> {
        self.resources.get(path)
    }

    /// What is shown in this language where there is nothing at a path.
    #[must_use]
    pub fn missing(&self, language: Language) -> Option<&Resource> {
        self.missing.get(&language).or_else(|| self.missing.values().next())
    }

    /// Every path with its resource, in the order of the paths.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Resource)> {
        self.resources.iter().map(|(path, resource)| (path.as_str(), resource))
    }

    /// The languages of the page, the main one first; there is at least one.
    #[must_use]
    pub fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// The path of the stylesheet.
    #[must_use]
    pub fn style(&self) -> &str {
        &self.style
    }

    /// The community, as visitors call it.
    #[must_use]
    pub fn community(&self) -> &str {
        &self.community
    }
}

/// 32 hexadecimal digits that change with the bytes.
pub(crate) fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

fn gzip(body: &[u8]) -> Option<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(body).ok()?;
    packer.finish().ok()
}

/// Level 5: the higher ones cost a hundred times as much for a tenth of the size.
fn brotli(body: &[u8]) -> Option<Vec<u8>> {
    let mut packed = Vec::new();
    let mut wishes = brotli::enc::BrotliEncoderParams { quality: 5, ..Default::default() };
    wishes.size_hint = body.len();
    brotli::BrotliCompress(&mut &*body, &mut packed, &wishes).ok()?;
    Some(packed)
}
