//! Bounces, read from the mailbox that they come back to.

pub mod report;

use std::time::Duration;

use model::handbook::channel::Channel;

use super::setting::{BOUNCES_PASSWORD, BOUNCES_SERVER, bounces};
use super::smtp::Mailbox;
use crate::channel::inbox::{Batch, Inbox, Reading, Report};
use crate::channel::{ChannelError, Trying, Wire, required};
use crate::guard::Guard;
use crate::imap::{self, Account, Session};
use crate::tls::Trust;
use report::{Meaning, meaning};

/// For each answer of the mailbox server.
const LIMIT: Duration = Duration::from_secs(30);
/// How many mails are read at once.
const BATCH: usize = 50;
/// How much of each: a report stands before the mail that it brings back.
const MOST_BYTES: u32 = 64 << 10;
/// How many numbers are asked for at once.
const SPAN: u32 = 10_000;

/// The mailbox that bounces of this channel come back to, if it has one.
pub(super) fn inbox(
    wire: &Wire,
    channel: &Channel,
) -> Result<Option<Box<dyn Inbox>>, ChannelError> {
    let Some(server) = channel.setting(BOUNCES_SERVER) else { return Ok(None) };
    let missing = || ChannelError::Missing { channel: channel.key.to_string(), field: "bounces" };
    let address = bounces(channel)?.ok_or_else(missing)?;
    let password = wire.secrets.get(required(channel, BOUNCES_PASSWORD)?)?.clone();
    let account = Account::parse(server, password, LIMIT).map_err(|why| ChannelError::Setting {
        channel: channel.key.to_string(),
        field: BOUNCES_SERVER,
        reason: why.to_string(),
    })?;
    let (guard, trust) = (wire.guard.clone(), wire.trust.clone());
    let server = server.to_owned();
    Ok(Some(Box::new(Returns { guard, trust, account, server, address, open: None })))
}

/// A mailbox of bounces.
struct Returns {
    guard: Guard,
    trust: Trust,
    account: Account,
    server: String,
    address: Mailbox,
    open: Option<(Session, imap::Mailbox)>,
}

impl Inbox for Returns {
    fn read<'a>(&'a mut self, from: &'a str) -> Reading<'a> {
        Box::pin(self.batch(from))
    }

    fn try_out(&mut self) -> Trying<'_> {
        Box::pin(async move {
            let (session, found) = self.opened().await?;
            session.close().await;
            let line = if self.account.tls { ", encrypted" } else { "" };
            Ok(format!("the mailbox of bounces answers{line}; {} mails in it", found.mails))
        })
    }
}

impl Returns {
    async fn opened(&mut self) -> Result<(Session, imap::Mailbox), String> {
        if let Some(open) = self.open.take() {
            return Ok(open);
        }
        let mut session = Session::open(&self.guard, &self.trust, &self.account).await?;
        let found = session.examine(&self.account.mailbox).await?;
        Ok((session, found))
    }

    async fn batch(&mut self, from: &str) -> Result<Batch, String> {
        let (mut session, found) = self.opened().await?;
        // In another mailbox, or one that was made anew, the same number is another mail.
        let last = self.number(from, found.validity).unwrap_or(0);
        let end = last.saturating_add(SPAN).min(found.next.saturating_sub(1));
        let mut batch = Batch {
            position: self.position(found.validity, last.max(end)),
            reports: Vec::new(),
            unclear: 0,
            more: false,
        };
        if end > last {
            let mut numbers = session.numbers(last + 1, end).await?;
            if let Some(next) = numbers.get(BATCH - 1).filter(|_| numbers.len() > BATCH) {
                batch.position = self.position(found.validity, *next);
                batch.more = true;
                numbers.truncate(BATCH);
            }
            if !numbers.is_empty() {
                for mail in session.beginnings(&numbers, MOST_BYTES).await? {
                    self.take(&mut batch, &mail.bytes);
                }
            }
            batch.more |= end + 1 < found.next;
        }
        if batch.more {
            self.open = Some((session, found));
        } else {
            session.close().await;
        }
        Ok(batch)
    }

    fn take(&self, batch: &mut Batch, mail: &[u8]) {
        match meaning(mail, &self.address) {
            Meaning::Bounce { token, bounce, reason } => {
                batch.reports.push(Report { token, bounce, reason });
            }
            Meaning::NothingYet => {}
            Meaning::Unclear => batch.unclear += 1,
        }
    }

    fn position(&self, validity: u32, number: u32) -> String {
        format!("{validity}:{number} {}", self.server)
    }

    /// The number of the last mail that was read, if that was in this very mailbox.
    fn number(&self, position: &str, validity: u32) -> Option<u32> {
        let (numbers, server) = position.split_once(' ')?;
        let (then, number) = numbers.split_once(':')?;
        let same = server == self.server && then == validity.to_string();
        number.parse().ok().filter(|_| same)
    }
}
