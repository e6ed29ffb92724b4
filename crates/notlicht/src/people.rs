//! Lists of people as other tools write them: spreadsheets, listmonk, Mailchimp.
//!
//! The columns are found by the heading, the delimiter by the first line. Every line is looked at,
//! and every fault is told with its line, before anybody is registered.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::io::Write as _;
use std::path::Path;

use anyhow::{Context as _, bail};
use csv::ByteRecord;
use model::language::Language;
use model::value::{Key, Phone, Timestamp};
use outside::channel::email::smtp::Mailbox;
use store::import::Newcomers;

mod columns;

use columns::Columns;

/// A record over more lines than this was most likely swallowed by a quotation mark left open.
const TALLEST: u64 = 20;

/// What a list is read by.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The channel that its addresses belong to.
    pub channel: Key,
    /// The language of whoever has none in the list.
    pub language: Language,
    /// The components that somebody may have chosen.
    pub components: BTreeSet<Key>,
    /// When they consented, as far as we know.
    pub consent_at: Timestamp,
    /// Whether the numbers in a column of telephone numbers are taken.
    pub phones: bool,
}

/// A list that was read.
#[derive(Debug)]
pub struct List {
    /// The good lines, still to be settled.
    pub newcomers: Newcomers,
    /// How many lines name somebody, good or bad.
    pub lines: u64,
    /// The bad ones.
    pub faults: Vec<Fault>,
    /// The telephone numbers of those on the good lines, each with the mail address beside it.
    pub numbers: Vec<(String, Phone)>,
    /// Whether there are numbers that were not taken.
    pub has_more: bool,
}

/// A bad line.
#[derive(Debug)]
pub struct Fault {
    /// Where it begins, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
    from: usize,
    to: usize,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, crate::say::plain(&self.reason))
    }
}

/// Reads a list.
///
/// # Errors
///
/// When it is no list at all: another encoding, or a heading without a column of addresses.
pub fn read(bytes: &[u8], rules: &Rules) -> anyhow::Result<List> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        bail!("the file is UTF-16: save it as “CSV UTF-8”");
    }
    // Spreadsheets put a mark in front that nobody sees.
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(columns::delimiter(text))
        .from_reader(text);
    let mut record = ByteRecord::new();
    let mut lines = Lines { text, at: 0, line: 1 };
    let mut list = List {
        newcomers: Newcomers::new(rules.channel.clone(), rules.consent_at),
        lines: 0,
        faults: Vec::new(),
        numbers: Vec::new(),
        has_more: false,
    };
    let mut desk = Desk { rules, columns: None, domains: HashMap::new(), address: String::new() };
    while reader.read_byte_record(&mut record).context("the file cannot be read as CSV")? {
        let from = lines.begin(record.position().map_or(0, csv::Position::byte));
        if record.iter().all(|field| field.trim_ascii().is_empty()) {
            continue;
        }
        if desk.columns.is_none() {
            let (columns, is_heading) = Columns::find(&record)?;
            desk.columns = Some(columns);
            if is_heading {
                continue;
            }
        }
        list.lines += 1;
        let to = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX).min(text.len());
        let tall = 1 + lines.count(from, to.saturating_sub(1));
        let taken = if tall > TALLEST {
            Err(format!("a quotation mark opens here and closes only {tall} lines later"))
        } else {
            desk.take(&record, &mut list)
        };
        if let Err(reason) = taken {
            list.faults.push(Fault { line: lines.line(from), reason, from, to });
        }
    }
    Ok(list)
}

/// Writes the bad lines as they were, with number and reason in front.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write_faults(path: &Path, bytes: &[u8], faults: &[Fault]) -> anyhow::Result<()> {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let write = || -> anyhow::Result<()> {
        let mut out = csv::Writer::from_path(path)?;
        out.write_record(["line", "reason", "text"])?;
        for fault in faults {
            let line = fault.line.to_string();
            let was = text.get(fault.from..fault.to).unwrap_or_default().trim_ascii_end();
            out.write_record([line.as_bytes(), fault.reason.as_bytes(), was])?;
        }
        out.into_inner().map_err(csv::IntoInnerError::into_error)?.flush()?;
        Ok(())
    };
    write().with_context(|| format!("{} cannot be written", path.display()))
}

/// Takes in one line after the other.
struct Desk<'a> {
    rules: &'a Rules,
    columns: Option<Columns>,
    /// What stands behind an `@`, and what of it goes into the address: a list of a million has
    /// few of them, and looking closely takes longer than all the rest.
    domains: HashMap<String, Option<String>>,
    address: String,
}

/// So many domains are remembered.
const DOMAINS: usize = 100_000;

impl Desk<'_> {
    fn take(&mut self, record: &ByteRecord, list: &mut List) -> Result<(), String> {
        let Some(columns) = self.columns else { return Ok(()) };
        let field = |column: Option<usize>| {
            let bytes = column.and_then(|at| record.get(at)).unwrap_or_default();
            let text = std::str::from_utf8(bytes);
            text.map(str::trim).map_err(|_| "not UTF-8: save the file as “CSV UTF-8”".to_owned())
        };
        let status = field(columns.status)?;
        if !columns::is_willing(status) {
            return Err(format!("its status is “{status}”: they do not want mail"));
        }
        self.read_address(field(Some(columns.address))?)?;
        let language = match field(columns.language)? {
            "" => self.rules.language,
            tag => columns::language(tag)?,
        };
        let components = field(columns.components)?;
        let components = columns::components(components, &self.rules.components)?;
        let number = match field(columns.phone)? {
            "" => None,
            _ if !self.rules.phones => {
                list.has_more = true;
                None
            }
            text => Some(text.parse::<Phone>().map_err(|why| why.to_string())?),
        };
        let line = u32::try_from(list.lines).unwrap_or(u32::MAX);
        let added = list.newcomers.add(&self.address, language, components.as_ref(), line);
        added.map_err(|why| why.to_string())?;
        list.numbers.extend(number.map(|number| (self.address.clone(), number)));
        Ok(())
    }

    /// Brings an address into the form in which it is stored.
    fn read_address(&mut self, text: &str) -> Result<(), String> {
        let bad = || match text {
            "" => "no address".to_owned(),
            _ => format!("“{}” is no mail address", text.chars().take(100).collect::<String>()),
        };
        let (local, domain) = text.split_once('@').ok_or_else(bad)?;
        if !self.domains.contains_key(domain) {
            let whole = Mailbox::parse(&format!("x@{domain}"));
            let ascii = whole.ok().map(|whole| whole.domain().to_owned());
            if self.domains.len() >= DOMAINS {
                self.domains.clear();
            }
            self.domains.insert(domain.to_owned(), ascii);
        }
        let ascii = self.domains[domain].as_ref().ok_or_else(bad)?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b == b'-';
        self.address.clear();
        // The common case; all others are left to the one who knows the rules.
        if !local.is_empty() && local.len() + ascii.len() < 64 && local.bytes().all(plain) {
            self.address.push_str(local);
            self.address.make_ascii_lowercase();
            self.address.push('@');
            self.address.push_str(ascii);
        } else {
            let whole = Mailbox::parse(text).map_err(|_| bad())?;
            self.address.push_str(&whole.as_str().to_lowercase());
        }
        Ok(())
    }
}

/// Counts lines as the reading goes on.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    /// Where a record begins: the reader's place may be before empty lines.
    fn begin(&self, place: u64) -> usize {
        let place = usize::try_from(place).unwrap_or(usize::MAX).min(self.text.len());
        let empty = self.text[place..].iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        place + empty
    }

    /// How many lines end between two places.
    fn count(&self, from: usize, to: usize) -> u64 {
        let between = self.text.get(from..to).unwrap_or_default();
        between.iter().filter(|byte| **byte == b'\n').count() as u64
    }

    /// The line of a place; places may only grow.
    fn line(&mut self, place: usize) -> u64 {
        self.line += self.count(self.at, place);
        self.at = place;
        self.line
    }
}
