use crate::value::Timestamp;

/// Which version of the handbook something was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edition {
    /// Files that nobody has put in force.
    Draft,
    /// A version of the database.
    Version {
        /// Its number.
        number: u32,
        /// Since when it is there.
        at: Timestamp,
        /// Who made it.
        author: String,
        /// Why.
        reason: String,
        /// The second person who let it into force, where one had to.
        approved_by: Option<String>,
    },
}
