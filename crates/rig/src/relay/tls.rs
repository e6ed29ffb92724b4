//! Who the scripted relay says it is: truly, or with a certificate that nobody trusts.

use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio_rustls::TlsAcceptor;

/// A trusted certificate, and one that is not.
pub(crate) struct Identities {
    good: TlsAcceptor,
    wrong: TlsAcceptor,
}

impl Identities {
    /// Makes both; writes the trusted one into a file, as PEM.
    pub(crate) fn make(trusted: &Path) -> anyhow::Result<Self> {
        let (good, pem) = made()?;
        std::fs::write(trusted, pem)?;
        let (wrong, _) = made()?;
        Ok(Self { good, wrong })
    }

    pub(super) fn acceptor(&self, wrong: bool) -> &TlsAcceptor {
        if wrong { &self.wrong } else { &self.good }
    }
}

fn made() -> anyhow::Result<(TlsAcceptor, String)> {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()])?;
    let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)?;
    Ok((TlsAcceptor::from(Arc::new(config)), made.cert.pem()))
}
