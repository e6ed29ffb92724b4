//! Notlicht: the emergency light for servers.

use std::process::ExitCode;

use clap::Parser as _;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let cli = notlicht::config::Cli::parse();
    match notlicht::run(cli).await {
        Ok(code) => code,
        Err(why) => {
            anstream::eprintln!("{}", notlicht::say::failure(&why));
            ExitCode::FAILURE
        }
    }
}
