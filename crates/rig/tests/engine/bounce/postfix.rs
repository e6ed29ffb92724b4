//! The whole way: a real Postfix takes a mail, the other side refuses it, the bounce goes into a
//! real mailbox, is read encrypted, and counts.

use std::path::Path;

use model::incident::Command as Act;
use outside::tls::Trust;

use super::*;

#[path = "../../../../outside/tests/wire/postfix/server.rs"]
mod server;

use server::{BINARY, Postfix, can_run};

/// How long the log may take to show something.
const PATIENCE: Duration = Duration::from_secs(60);

/// Starts a Postfix that puts what comes back into this mailbox, and one of the people's whose
/// server knows only `en-1`; gives the port of the first. None where there is none, which is said
/// loudly.
async fn start(mailbox: &Path) -> Option<(Postfix, u16)> {
    if !can_run(BINARY) {
        return None;
    }
    let folder = server::folder().await;
    let root = folder.path();
    let mut ports = [0; 2];
    for port in &mut ports {
        let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        *port = free.local_addr().unwrap().port();
    }
    let [port, theirs] = ports;
    for (name, text) in [
        ("main.cf", main_cf(root, mailbox)),
        ("master.cf", master_cf(root, port, theirs)),
        ("transport", format!("people.example smtp:[127.0.0.1]:{theirs}\n")),
        ("access", "en-1@people.example OK\npeople.example 550 5.1.1 no such user\n".into()),
        ("boxes", "/^bounces\\+.*@x\\.example$/ bounces/\n".into()),
    ] {
        std::fs::write(root.join("etc").join(name), text).unwrap();
    }
    Some((Postfix::start(folder, PATIENCE).await, port))
}

fn main_cf(root: &Path, mailbox: &Path) -> String {
    let (base, at) = (server::main_cf(root), root.display());
    let boxes = mailbox.parent().unwrap().display();
    format!(
        "{base}notify_classes =\nalias_maps =\n\
         smtpd_recipient_restrictions = permit_mynetworks, reject\n\
         transport_maps = texthash:{at}/etc/transport\ndefault_transport = discard:\n\
         virtual_mailbox_domains = x.example\nvirtual_mailbox_base = {boxes}\n\
         virtual_mailbox_maps = regexp:{at}/etc/boxes\nvirtual_uid_maps = static:65534\n\
         virtual_gid_maps = static:65534\n"
    )
}

fn master_cf(root: &Path, port: u16, theirs: u16) -> String {
    let (root, services) = (root.display(), server::services());
    format!(
        "127.0.0.1:{port} inet n - n - - smtpd\n127.0.0.1:{theirs} inet n - n - - smtpd\n  \
         -o myhostname=mail.people.example\n  -o content_filter=discard:\n  \
         -o {{ smtpd_recipient_restrictions = check_recipient_access texthash:{root}/etc/access, \
         permit }}\nvirtual unix - n n - - virtual\n{services}"
    )
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_that_a_real_server_sends_back_is_read_encrypted_and_counts_as_gone() {
    let Some(dovecot) = Dovecot::start().await else { return };
    let Some((postfix, real)) = start(&dovecot.mailbox()).await else { return };
    let mut house = House::build(crate::both::Kind::Sqlite).await.unwrap();
    house.bounces_to(&format!("imaps://{USER}@127.0.0.1:{}/INBOX", dovecot.tls)).await;
    let sink = house.sink.address().port();
    house.change("channels.toml", &format!("port = {sink}"), &format!("port = {real}")).await;
    house.engine.wire.trust = Trust::with_file(&dovecot.certificate()).unwrap();
    house.subscribe(3).await;
    let opened = house.outage().await;
    house.act(&opened.id, Act::Release { number: 1 }).await;
    house.deliver_all().await;
    let before = house.tallies(&opened.id, "mail").await[0];
    assert_eq!((before.planned, before.accepted), (3, 3), "the relay took them all");
    let two_came = |log: &str| log.matches("delivered to maildir").count() == 2;
    postfix.until("two came back", PATIENCE, two_came).await;
    house.engine.bounce_step().await.unwrap();
    let after = house.tallies(&opened.id, "mail").await[0];
    assert_eq!((after.accepted, after.gone, after.refused), (1, 2, 0));
    // Who has it is known by name: the others get nothing more.
    house.act(&opened.id, update("Neues.")).await;
    house.deliver_all().await;
    let newest = house.tallies(&opened.id, "mail").await[1];
    assert_eq!((newest.planned, newest.accepted), (1, 1));
}
