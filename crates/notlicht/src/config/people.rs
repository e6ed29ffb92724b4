//! What concerns people: who is registered, and who is erased.

use std::path::PathBuf;

use clap::Args;
use model::value::Key;

/// Options of `import`.
#[derive(Debug, Args)]
pub struct Import {
    /// The CSV file: address,language,components in each line, or a heading that names the columns
    pub file: PathBuf,
    /// Register the good lines although there are bad ones; these go into FILE.bad.csv
    #[arg(long)]
    pub skip_bad: bool,
    /// Say what would come of it, and register nobody
    #[arg(long)]
    pub dry_run: bool,
    /// Where their consent can be seen: stands beside the import for good
    #[arg(long, value_name = "TEXT", default_value = "imported at the command line")]
    pub consent: String,
    /// Where can be seen that they want text messages: takes the numbers in the column “phone” too
    #[arg(long, value_name = "TEXT")]
    pub phone_consent: Option<String>,
}

/// Options of `erase`.
#[derive(Debug, Args)]
pub struct Erase {
    /// The mail address, or the address of a webhook, as it was subscribed
    #[arg(required_unless_present = "person")]
    pub address: Option<String>,
    /// A person of the handbook instead: name and contact data go, the key stays
    #[arg(long, value_name = "KEY", conflicts_with = "address")]
    pub person: Option<Key>,
}
