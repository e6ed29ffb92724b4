//! The way to a PostgreSQL on another machine.

use store::{Store, StoreError};

use crate::both::cluster;
use crate::postgres::Cluster;

/// Gives the server a certificate; its PEM text.
fn certify(cluster: &Cluster) -> String {
    let pair = rcgen::generate_simple_self_signed(vec!["127.0.0.1".to_owned()]).unwrap();
    let (certificate, secret) = (pair.cert.pem(), pair.signing_key.serialize_pem());
    for (file, text) in [("server.crt", &certificate), ("server.key", &secret)] {
        cluster.sql(
            "postgres",
            &format!(
                "COPY (SELECT unnest(string_to_array('{text}', E'\\n')))
                 TO PROGRAM 'umask 077; cat > {file}'"
            ),
        );
    }
    cluster.sql("postgres", "ALTER SYSTEM SET ssl = on");
    cluster.sql("postgres", "SELECT pg_reload_conf()");
    // The server takes it over by and by; each look takes a new connection.
    let taken_over = (0..500).any(|_| cluster.sql("postgres", "SHOW ssl") == "on");
    assert!(taken_over, "the server did not take the certificate");
    certificate
}

#[tokio::test]
async fn a_distant_database_is_spoken_to_encrypted_and_only_with_a_certificate_that_holds() {
    let Some(cluster) = cluster() else { return };
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root.pem");
    std::fs::write(&root, certify(cluster)).unwrap();
    let name = cluster.database();
    let open = async |host: &str, options: &str| {
        let port = cluster.port();
        let address = format!("postgres://postgres@{host}:{port}/{name}?{options}");
        Store::open(&address.parse().unwrap()).await
    };
    let trusting = format!("sslmode=verify-full&sslrootcert={}", root.display());
    let store = open("127.0.0.1", &trusting).await.unwrap();
    store.write(store::page::turn_steps()).await.unwrap();
    let encrypted = cluster.sql(
        "postgres",
        &format!(
            "SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)
             WHERE datname = '{name}'"
        ),
    );
    assert_eq!(encrypted, "t");
    // The machine does not know the certificate, and it is made out to another name.
    for (host, options) in [("127.0.0.1", "sslmode=require"), ("localhost", trusting.as_str())] {
        let why = open(host, options).await.err().unwrap();
        assert!(matches!(why, StoreError::Unavailable { .. }), "{why}");
        assert!(why.to_string().contains("certificate"), "{why}");
    }
}
