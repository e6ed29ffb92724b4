//! What can be wrong with an archive.

use super::{LARGEST_FILE, LARGEST_WHOLE, MOST_FILES};
use crate::handbook::Clause;

/// Why something is no archive of a handbook.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadArchive {
    /// It cannot be read.
    #[error("this is no ZIP archive that can be read: {0}; pack the folder anew")]
    NoZip(String),
    /// A name that leads out of the folder, or cannot be a file on every machine.
    #[error("“{0}” cannot be the name of a file in a handbook: take it out of the archive")]
    Name(String),
    /// A link or another thing that is no file.
    #[error("“{0}” is no plain file: put the file itself into the archive")]
    NoFile(String),
    /// Locked with a password.
    #[error("“{0}” is locked with a password: pack the folder without one")]
    Locked(String),
    /// No text.
    #[error("“{0}” is no text: take it out, or save it as UTF-8")]
    NoText(String),
    /// Too much in one file.
    #[error("“{0}” holds more than {LARGEST_FILE} bytes: a text of a handbook is smaller")]
    LargeFile(String),
    /// Too much in all.
    #[error("all files together hold more than {LARGEST_WHOLE} bytes: a handbook is smaller")]
    Large,
    /// Too many files.
    #[error("there are more than {MOST_FILES} files in it: a handbook has fewer")]
    Many,
}

impl BadArchive {
    /// The same in each language that the program speaks.
    #[must_use]
    pub fn said(&self) -> Clause {
        let german = match self {
            Self::NoZip(why) => {
                format!(
                    "Das ist kein ZIP-Archiv, das sich lesen lässt ({why}). Packen Sie den Ordner neu."
                )
            }
            Self::Name(name) => format!(
                "„{name}“ kann in einem Handbuch keine Datei sein. Nehmen Sie sie aus dem Archiv."
            ),
            Self::NoFile(name) => format!(
                "„{name}“ ist keine gewöhnliche Datei. Legen Sie die Datei selbst ins Archiv."
            ),
            Self::Locked(name) => {
                format!(
                    "„{name}“ ist mit einem Passwort verschlossen. Packen Sie den Ordner ohne eines."
                )
            }
            Self::NoText(name) => {
                format!(
                    "„{name}“ ist kein Text. Nehmen Sie es heraus, oder speichern Sie es als UTF-8."
                )
            }
            Self::LargeFile(name) => format!(
                "„{name}“ hat mehr als {LARGEST_FILE} Bytes. Ein Text eines Handbuchs ist kleiner."
            ),
            Self::Large => format!(
                "Alle Dateien zusammen haben mehr als {LARGEST_WHOLE} Bytes. Ein Handbuch ist kleiner."
            ),
            Self::Many => {
                format!("Es sind mehr als {MOST_FILES} Dateien. Ein Handbuch hat weniger.")
            }
        };
        Clause::new(german, self.to_string())
    }
}
