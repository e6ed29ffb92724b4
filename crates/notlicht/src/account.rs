//! `notlicht account`: who may sign in to the console.

use std::io::{BufRead as _, IsTerminal as _};
use std::process::ExitCode;

use anstream::println;
use anyhow::{Context as _, bail};

use crate::config::{Account, AccountCommand, Place};
use crate::rim::operator;

/// Does what was asked.
pub(crate) async fn run(place: &Place, args: Account) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let author = format!("{} (host)", operator());
    match args.command {
        AccountCommand::Add { name, may, language } => {
            let password = password()?;
            engine.add_account(&name, may, language, &password, &author).await?;
            println!("{name} can sign in under /console/ and is {may}");
        }
        AccountCommand::List => {
            let accounts = engine.accounts().await?;
            if accounts.is_empty() {
                println!("there is no account yet: add one with “notlicht account add NAME”");
            }
            for account in accounts {
                let ended = account.ended_at.map_or(String::new(), |at| format!("  ended {at}"));
                println!("{}  {}{ended}", account.name, account.permission);
            }
        }
        AccountCommand::Password { name } => {
            engine.set_password(&name, &password()?, None, &author).await?;
            println!("{name} has a new password; all sessions ended");
        }
        AccountCommand::Permit { name, may } => {
            engine.permit(&name, may, &author).await?;
            println!("{name} is {may} from now on");
        }
        AccountCommand::End { name } => {
            engine.end_account(&name, &author).await?;
            println!("{name} can no longer sign in");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Asks twice without showing it at a terminal; elsewhere reads the first line of standard input.
fn password() -> anyhow::Result<String> {
    if std::io::stdin().is_terminal() {
        let password = rpassword::prompt_password("Password: ")?;
        if rpassword::prompt_password("Once more: ")? != password {
            bail!("the two passwords differ: nothing was changed");
        }
        return Ok(password);
    }
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    if read.context("no password on standard input")? == 0 {
        bail!("no password: run this at a terminal, or write the password to standard input");
    }
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
