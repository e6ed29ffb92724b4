//! `notlicht contacts`: telephone numbers of those who are registered.

use std::process::ExitCode;

use anstream::println;

use crate::config::{Contacts, ContactsCommand, Place};
use crate::rim::operator;
use crate::say::{GOOD, LIGHT};

pub(crate) async fn run(place: &Place, args: Contacts) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    match args.command {
        ContactsCommand::Show { address } => {
            for way in engine.ways_to(&address).await? {
                let since = way.consent_at.map(|at| format!(", agreed {}", at.iso_millis()));
                let gone =
                    way.gone_at.map(|_| format!("; {LIGHT}does not exist any more{LIGHT:#}"));
                println!(
                    "{}: {}{}{}",
                    way.channel,
                    crate::say::plain(&way.address),
                    since.unwrap_or_default(),
                    gone.unwrap_or_default()
                );
            }
        }
        ContactsCommand::Add { address, number, consent } => {
            engine.add_number(&address, &number, &consent, &operator()).await?;
            println!("{GOOD}Added{GOOD:#}: {number}. It is used where a channel tells them there.");
        }
        ContactsCommand::Remove { number } => {
            engine.remove_number(&number, &operator()).await?;
            println!("{GOOD}Removed{GOOD:#}: {number}. What comes by mail goes on.");
        }
        ContactsCommand::Allow { address, consent } => {
            engine.allow(&address, &consent, &operator()).await?;
            println!(
                "{GOOD}Let in again{GOOD:#}: {}. Not registered yet: “notlicht contacts add”, an \
                 import or the next apply does that.",
                crate::say::plain(&address)
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}
