//! The few kinds of value that mean the same in both databases.

use model::language::Language;
use model::value::{Day, Key, PublicId, Timestamp};

use crate::error::StoreError;

/// One value of a row or a parameter. Flags are 0 and 1, times are microseconds since 1970,
/// structures are JSON texts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    Int(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl Value {
    /// About how much memory it takes.
    pub(crate) fn size(&self) -> usize {
        match self {
            Self::Null | Self::Int(_) => size_of::<Self>(),
            Self::Text(text) => size_of::<Self>() + text.len(),
            Self::Blob(bytes) => size_of::<Self>() + bytes.len(),
        }
    }
}

macro_rules! value_from {
    ($($kind:ty => |$it:ident| $value:expr;)*) => {
        $(impl From<$kind> for Value {
            fn from($it: $kind) -> Self {
                $value
            }
        })*
    };
}

value_from! {
    i64 => |it| Self::Int(it);
    u32 => |it| Self::Int(i64::from(it));
    // Counters: none comes near the end of 63 bits.
    u64 => |it| Self::Int(i64::try_from(it).unwrap_or(i64::MAX));
    bool => |it| Self::Int(i64::from(it));
    Timestamp => |it| Self::Int(it.0);
    &str => |it| Self::Text(it.to_owned());
    String => |it| Self::Text(it);
    &String => |it| Self::Text(it.clone());
    &Key => |it| Self::Text(it.as_str().to_owned());
    Day => |it| Self::Text(it.to_string());
    &PublicId => |it| Self::Text(it.as_str().to_owned());
    Language => |it| Self::Text(it.tag().to_owned());
    Vec<u8> => |it| Self::Blob(it);
}

impl<T> From<Option<T>> for Value
where
    Self: From<T>,
{
    fn from(it: Option<T>) -> Self {
        it.map_or(Self::Null, Self::from)
    }
}

/// The parameters of one row, in the order of `$1`, `$2`, …
macro_rules! row {
    ($($value:expr),* $(,)?) => { vec![$(crate::value::Value::from($value)),*] };
}
pub(crate) use row;

/// A structure as the JSON text to store.
pub(crate) fn json<T: serde::Serialize>(structure: &T) -> String {
    serde_json::to_string(structure).expect("what is stored has text as keys, so it is JSON")
}

/// A row that was read; its values are taken out from left to right.
pub(crate) struct Row {
    pub(crate) of: &'static str,
    pub(crate) values: std::vec::IntoIter<Value>,
}

impl Row {
    pub(crate) fn new(of: &'static str, values: Vec<Value>) -> Self {
        Self { of, values: values.into_iter() }
    }

    /// The next column.
    pub(crate) fn take<T: Stored>(&mut self) -> Result<T, StoreError> {
        let value = self.values.next().unwrap_or(Value::Null);
        T::stored(value)
            .map_err(|found| StoreError::broken(self.of, format!("unexpected value {found}")))
    }

    /// The next column, a JSON text.
    pub(crate) fn take_json<T: serde::de::DeserializeOwned>(&mut self) -> Result<T, StoreError> {
        let text: String = self.take()?;
        serde_json::from_str(&text).map_err(|error| StoreError::Broken {
            what: self.of.into(),
            reason: "a JSON text does not have the expected shape".into(),
            cause: Some(std::sync::Arc::new(error)),
        })
    }
}

/// A type that can be read from a column. The error describes what was found instead.
pub(crate) trait Stored: Sized {
    fn stored(value: Value) -> Result<Self, String>;
}

fn other<T>(value: &Value) -> Result<T, String> {
    Err(match value {
        Value::Null => "NULL".into(),
        Value::Int(n) => format!("number {n}"),
        // Not the text itself: it may be somebody's address, and errors are logged.
        Value::Text(text) => format!("text of {} bytes", text.len()),
        Value::Blob(bytes) => format!("{} bytes", bytes.len()),
    })
}

impl Stored for i64 {
    fn stored(value: Value) -> Result<Self, String> {
        if let Value::Int(n) = value { Ok(n) } else { other(&value) }
    }
}

impl Stored for u32 {
    fn stored(value: Value) -> Result<Self, String> {
        match value {
            Value::Int(n) => Self::try_from(n).or_else(|_| other(&value)),
            _ => other(&value),
        }
    }
}

impl Stored for u64 {
    fn stored(value: Value) -> Result<Self, String> {
        match value {
            Value::Int(n) => Self::try_from(n).or_else(|_| other(&value)),
            _ => other(&value),
        }
    }
}

impl Stored for bool {
    fn stored(value: Value) -> Result<Self, String> {
        match value {
            Value::Int(0) => Ok(false),
            Value::Int(1) => Ok(true),
            _ => other(&value),
        }
    }
}

impl Stored for Timestamp {
    fn stored(value: Value) -> Result<Self, String> {
        i64::stored(value).map(Self)
    }
}

impl Stored for String {
    fn stored(value: Value) -> Result<Self, String> {
        if let Value::Text(text) = value { Ok(text) } else { other(&value) }
    }
}

impl Stored for Key {
    fn stored(value: Value) -> Result<Self, String> {
        String::stored(value)?.parse().map_err(|_| "text that is no key".into())
    }
}

impl Stored for Day {
    fn stored(value: Value) -> Result<Self, String> {
        String::stored(value)?.parse().map_err(|_| "text that is no day".into())
    }
}

impl Stored for PublicId {
    fn stored(value: Value) -> Result<Self, String> {
        String::stored(value)?.parse().map_err(|_| "text that is no id".into())
    }
}

impl Stored for Language {
    fn stored(value: Value) -> Result<Self, String> {
        String::stored(value)?.parse().map_err(|_| "text that is no language".into())
    }
}

impl Stored for Vec<u8> {
    fn stored(value: Value) -> Result<Self, String> {
        if let Value::Blob(bytes) = value { Ok(bytes) } else { other(&value) }
    }
}

impl<T: Stored> Stored for Option<T> {
    fn stored(value: Value) -> Result<Self, String> {
        if value == Value::Null { Ok(None) } else { T::stored(value).map(Some) }
    }
}
