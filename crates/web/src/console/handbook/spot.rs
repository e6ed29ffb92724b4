//! Places of the handbook that have a page of their own: a file, or a thing in it.

use model::handbook::shape::{Document, Field, Kind, Name};

/// A thing that has a form of its own: `people.toml` with `role.lead`, or a whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) file: String,
    pub(super) path: String,
}

/// Where the forms are.
const WRITE: &str = "/console/handbook/write/";

impl Spot {
    pub(super) fn new(file: &str, path: &str) -> Self {
        Self { file: file.to_owned(), path: path.to_owned() }
    }

    /// Reads the end of an address: `people.toml/role.lead`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let (name, path) = text.split_once(".toml")?;
        let (file, path) = (format!("{name}.toml"), path.strip_prefix('/').unwrap_or(path));
        let spot = Self { file, path: path.to_owned() };
        spot.fields().is_some().then_some(spot)
    }

    /// The thing around what stands at this path of a file, and the rest of the path.
    pub(super) fn around(file: &str, path: &str) -> Option<(Self, String)> {
        let document = Document::of(file)?;
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        let has_own = |field: &Field| matches!(field.kind, Kind::Named(..) | Kind::List(_));
        let own = match (document.file, document.body) {
            (Name::Fixed(_), Kind::Table(fields)) => {
                fields.iter().any(|field| field.key == first && has_own(field))
            }
            _ => false,
        };
        if !own || rest.is_empty() {
            return Some((Self::new(file, ""), path.to_owned()));
        }
        let (key, inside) = rest.split_once('.').unwrap_or((rest, ""));
        Some((Self::new(file, &format!("{first}.{key}")), inside.to_owned()))
    }

    /// The description of the file.
    pub(super) fn document(&self) -> Option<&'static Document> {
        Document::of(&self.file)
    }

    /// The fields of its form. A file whose things have forms of their own has only the others.
    pub(super) fn fields(&self) -> Option<Vec<&'static Field>> {
        let document = self.document()?;
        let Kind::Table(fields) = document.body else { return None };
        let Some((first, key)) = self.path.split_once('.') else {
            let each = matches!(document.file, Name::Each(..));
            let own = |field: &&Field| {
                // Nobody has to choose what is always the same.
                let is_fixed = matches!(field.kind, Kind::Whole(low, high) if low == high);
                !is_fixed && !matches!(field.kind, Kind::Named(..) | Kind::List(_))
            };
            return self
                .path
                .is_empty()
                .then(|| fields.iter().filter(|field| each || own(field)).collect());
        };
        let field = fields.iter().find(|field| field.key == first)?;
        let fits = !key.is_empty() && !key.contains('.');
        match field.kind {
            Kind::Named(_, fields) if fits => Some(fields.iter().collect()),
            Kind::List(fields) if fits && key.parse::<usize>().is_ok() => {
                Some(fields.iter().collect())
            }
            _ => None,
        }
    }

    /// The key at the end of its path, or of its file: what it is called by.
    pub(super) fn key(&self) -> &str {
        let stem = self.file.trim_end_matches(".toml");
        let name = if self.path.is_empty() { stem } else { &self.path };
        name.rsplit(['.', '/']).next().unwrap_or(name)
    }

    /// The same thing under another key.
    pub(super) fn renamed(&self, key: &str) -> Self {
        match self.path.split_once('.') {
            Some((first, _)) => Self::new(&self.file, &format!("{first}.{key}")),
            None => {
                let folder = self.file.rsplit_once('/').map_or("", |(folder, _)| folder);
                Self::new(&format!("{folder}/{key}.toml"), "")
            }
        }
    }

    /// The address of its form.
    pub(super) fn href(&self) -> String {
        let end = if self.path.is_empty() { String::new() } else { format!("/{}", self.path) };
        format!("{WRITE}{}{end}", self.file)
    }

    /// The path of something inside it.
    pub(super) fn inside(&self, rest: &str) -> String {
        match (self.path.as_str(), rest) {
            ("", rest) => rest.to_owned(),
            (path, "") => path.to_owned(),
            (path, rest) => format!("{path}.{rest}"),
        }
    }
}
