//! `notlicht token`: which programs may use the API.

use std::process::ExitCode;

use anstream::{eprintln, println};
use anyhow::bail;
use model::permission::Permission;

use crate::config::{Place, Token, TokenCommand};
use crate::rim::operator;

/// Does what was asked.
pub(crate) async fn run(place: &Place, args: Token) -> anyhow::Result<ExitCode> {
    let engine = place.engine(None).await?;
    let author = format!("{} (host)", operator());
    match args.command {
        TokenCommand::Add { may: Permission::Administrator, .. } => {
            bail!("a program administers nothing: it may be viewer, writer or approver");
        }
        TokenCommand::Add { name, may } => {
            let secret = engine.add_token(&name, may, &author).await?;
            // Only the token goes to standard output, so that it can go straight into a file.
            eprintln!("{name} is {may}. The token is shown this once; keep it secret:");
            println!("{secret}");
        }
        TokenCommand::List => {
            for token in engine.tokens().await? {
                let used = token.used_at.map_or("never used".into(), |at| format!("used {at}"));
                let ended = token.ended_at.map_or(String::new(), |at| format!("  ended {at}"));
                let (id, name, may) = (&token.id, &token.name, token.permission);
                println!("{id}  {name}  {may}  {used}{ended}");
            }
        }
        TokenCommand::End { id } => {
            let known = engine.tokens().await?;
            let Some(token) = known.iter().find(|one| one.id == id) else {
                bail!("there is no token {id}: “notlicht token list” shows all");
            };
            engine.end_token(&id, &author).await?;
            println!("{} opens nothing any more", token.name);
        }
    }
    Ok(ExitCode::SUCCESS)
}
