//! What a running process is told at its start.

use std::net::SocketAddr;

use clap::Args;
use outside::guard::Network;

/// Options of `serve`.
#[derive(Debug, Clone, Args)]
pub struct Serve {
    /// Address to listen on; put a TLS proxy in front for the world
    #[arg(long, env = "NOTLICHT_LISTEN", value_name = "ADDRESS", default_value = "127.0.0.1:7600")]
    pub listen: SocketAddr,
    /// Name of this node, where several share a database [default: the host's name]
    #[arg(long, value_name = "NAME", env = "NOTLICHT_NODE")]
    pub node: Option<String>,
    /// Believe what a proxy in this network says of visitors (X-Forwarded-For and -Proto), such
    /// as 127.0.0.1; may be given several times
    #[arg(long, value_name = "NETWORK", value_delimiter = ',', env = "NOTLICHT_TRUSTED_PROXY")]
    pub trusted_proxy: Vec<Network>,
    /// How many confirmation mails go out in an hour, whoever asks for them
    #[arg(long, value_name = "NUMBER", env = "NOTLICHT_LETTERS_PER_HOUR")]
    #[arg(default_value_t = engine::LETTERS)]
    pub letters_per_hour: u32,
}
