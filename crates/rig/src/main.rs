//! The rig.

use std::process::ExitCode;

use clap::Parser as _;

#[tokio::main]
async fn main() -> anyhow::Result<ExitCode> {
    rig::run(rig::Cli::parse()).await
}
