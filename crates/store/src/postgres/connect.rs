//! Connections and the format of the database.

use std::sync::Arc;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls_platform_verifier::Verifier;
use tokio_postgres::NoTls;
use tokio_postgres_rustls::MakeRustlsConnect;

use super::fault;
use crate::address::Server;
use crate::error::StoreError;
use crate::schema;

/// How many connections one node opens at most.
const CONNECTIONS: usize = 16;
/// How long a connection may take to come about, and how long to wait for a free one.
const WAIT: Duration = Duration::from_secs(5);
/// Names the lock under which a format is changed: only one node at a time does that, and nobody
/// writes meanwhile.
pub(super) const LOCK: i64 = 0x6e6f_746c_6963_6874;

pub(super) fn pool(server: &Server) -> Result<Pool, StoreError> {
    let bad = |why: String| StoreError::Address(why);
    let mut config: tokio_postgres::Config =
        server.url.parse().map_err(|why: tokio_postgres::Error| bad(why.to_string()))?;
    if config.get_connect_timeout().is_none() {
        config.connect_timeout(WAIT);
    }
    if config.get_tcp_user_timeout().is_none() {
        // Else a vanished host holds a write for a quarter of an hour.
        config.tcp_user_timeout(Duration::from_secs(15));
    }
    if config.get_application_name().is_none() {
        config.application_name("notlicht");
    }
    let recycle = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = if server.encrypted {
        Manager::from_config(config, MakeRustlsConnect::new(tls(server)?), recycle)
    } else {
        Manager::from_config(config, NoTls, recycle)
    };
    Pool::builder(manager)
        .max_size(CONNECTIONS)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(Duration::from_secs(30)))
        .create_timeout(Some(WAIT * 2))
        .build()
        .map_err(|why| bad(why.to_string()))
}

/// Encryption with a checked certificate, by the machine's trust or the file that was named.
fn tls(server: &Server) -> Result<ClientConfig, StoreError> {
    let bad = |why: String| StoreError::Address(why);
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()
        .map_err(|why| bad(why.to_string()))?;
    let Some(path) = &server.root else {
        let verifier = Verifier::new(provider).map_err(|why| bad(why.to_string()))?;
        return Ok(builder
            .dangerous()
            .with_custom_certificate_verifier(Arc::new(verifier))
            .with_no_client_auth());
    };
    let unread = |why: String| bad(format!("sslrootcert {}: {why}", path.display()));
    let mut roots = rustls::RootCertStore::empty();
    let certificates =
        CertificateDer::pem_file_iter(path).map_err(|why| unread(why.to_string()))?;
    for certificate in certificates {
        let certificate = certificate.map_err(|why| unread(why.to_string()))?;
        roots.add(certificate).map_err(|why| unread(why.to_string()))?;
    }
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

pub(super) async fn migrate(client: &mut Object) -> Result<(), StoreError> {
    let broken = |why| fault("format", why);
    let transaction = client.transaction().await.map_err(broken)?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await.map_err(broken)?;
    let has_meta: bool = transaction
        .query_one("SELECT to_regclass('meta') IS NOT NULL", &[])
        .await
        .and_then(|row| row.try_get(0))
        .map_err(broken)?;
    let found: i64 = if has_meta {
        let row = transaction.query_one("SELECT format FROM meta", &[]).await.map_err(broken)?;
        row.try_get(0).map_err(broken)?
    } else {
        0
    };
    if found > schema::newest() {
        return Err(StoreError::TooNew { found, known: schema::newest() });
    }
    for (number, text) in schema::after(found) {
        transaction.batch_execute(&schema::for_postgres(text)).await.map_err(broken)?;
        transaction.execute("UPDATE meta SET format = $1", &[&number]).await.map_err(broken)?;
    }
    transaction.commit().await.map_err(broken)
}
