//! Whom we trust when a line is encrypted: what the machine trusts, and roots that the operator
//! names. No certificate error is ever ignored.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use rustls_platform_verifier::Verifier;

/// The roots that certificates must lead to.
#[derive(Debug, Clone)]
pub struct Trust {
    config: Arc<ClientConfig>,
}

/// Why no trust could be set up.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// The file of extra roots cannot be read.
    #[error("the certificates in {path} cannot be read ({reason}); give a PEM file")]
    File {
        /// The file.
        path: String,
        /// What is wrong.
        reason: String,
    },
    /// A certificate among the extra roots is damaged.
    #[error("a certificate given as an extra root is not usable ({0}); give a CA in PEM form")]
    Root(String),
}

impl Trust {
    /// Trusts what the machine trusts, and these roots besides. On a machine that has no roots at
    /// all only these count, and a warning is logged.
    ///
    /// # Errors
    /// [`TrustError::Root`] if one of the given roots is damaged.
    pub fn new(extra: Vec<CertificateDer<'static>>) -> Result<Self, TrustError> {
        let mut only = RootCertStore::empty();
        for root in &extra {
            only.add(root.clone()).map_err(|error| TrustError::Root(error.to_string()))?;
        }
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .expect("the provider knows TLS 1.2 and 1.3");
        let config = match Verifier::new_with_extra_roots(extra, provider) {
            Ok(verifier) => builder
                .dangerous() // Only the name of the call: the verifier does all checks.
                .with_custom_certificate_verifier(Arc::new(verifier))
                .with_no_client_auth(),
            Err(error) => {
                tracing::warn!(
                    %error,
                    "this machine trusts no certificate authority; install ca-certificates"
                );
                builder.with_root_certificates(only).with_no_client_auth()
            }
        };
        Ok(Self { config: Arc::new(config) })
    }

    /// As [`Trust::new`] with all certificates of a PEM file.
    ///
    /// # Errors
    /// [`TrustError`].
    pub fn with_file(path: &Path) -> Result<Self, TrustError> {
        let wrong = |reason: String| TrustError::File { path: path.display().to_string(), reason };
        let extra = CertificateDer::pem_file_iter(path)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| wrong(error.to_string()))?;
        if extra.is_empty() {
            return Err(wrong("there is none in it".to_owned()));
        }
        Self::new(extra)
    }

    /// For lines that speak one protocol only.
    pub(crate) fn config(&self) -> Arc<ClientConfig> {
        Arc::clone(&self.config)
    }

    /// For HTTP, which agrees on its version while the line is encrypted.
    pub(crate) fn for_http(&self) -> ClientConfig {
        let mut config = (*self.config).clone();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        config
    }
}

/// The TLS error somewhere in a chain of errors, in words for the person who has to mend it.
pub(crate) fn plain(error: &(dyn Error + 'static)) -> Option<String> {
    let mut link = Some(error);
    while let Some(error) = link {
        if let Some(tls) = error.downcast_ref::<rustls::Error>() {
            return Some(words(tls));
        }
        // An I/O error hides what it wraps from `source` and shows only that one's source.
        if let Some(inner) = error.downcast_ref::<std::io::Error>().and_then(|io| io.get_ref())
            && let Some(found) = plain(inner)
        {
            return Some(found);
        }
        link = error.source();
    }
    None
}

fn words(error: &rustls::Error) -> String {
    use rustls::Error::InvalidCertificate;
    let said = match error {
        InvalidCertificate(CertificateError::Expired | CertificateError::ExpiredContext { .. }) => {
            "its certificate has expired"
        }
        InvalidCertificate(
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. },
        ) => "its certificate is not valid yet; check the clocks",
        InvalidCertificate(
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
        ) => "its certificate is for another name",
        InvalidCertificate(CertificateError::UnknownIssuer) => {
            "its certificate comes from an authority that this machine does not trust"
        }
        InvalidCertificate(CertificateError::Revoked) => "its certificate was revoked",
        other => return format!("no encrypted line: {other}"),
    };
    said.to_owned()
}

#[cfg(test)]
mod tests {
    #![expect(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    #[test]
    fn a_file_without_certificates_is_told_by_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roots.pem");
        let missing = Trust::with_file(&path).unwrap_err().to_string();
        assert!(missing.contains("roots.pem"), "{missing}");
        std::fs::write(&path, "no certificate").unwrap();
        let empty = Trust::with_file(&path).unwrap_err().to_string();
        assert!(empty.contains("there is none in it"), "{empty}");
        let made = rcgen::generate_simple_self_signed(["x.example".to_owned()]).unwrap();
        std::fs::write(&path, made.cert.pem()).unwrap();
        assert!(Trust::with_file(&path).is_ok());
        let damaged = vec![CertificateDer::from(vec![1, 2, 3])];
        assert!(matches!(Trust::new(damaged), Err(TrustError::Root(_))));
    }
}
