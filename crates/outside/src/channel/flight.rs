//! Many requests in flight at once on one line: each is settled as its answer comes.

use std::panic::AssertUnwindSafe;

use futures_util::stream::FuturesUnordered;
use futures_util::{FutureExt as _, StreamExt as _};
use model::dispatch::Outcome;
use model::value::Timestamp;

use super::{Load, Parcel};

/// Takes from the load and keeps at most `most` under way. Once the channel is down nothing more
/// is begun; what is under way is settled first, so that the last outcome is the bad one.
pub(super) async fn carry<Sending>(
    load: &mut dyn Load,
    most: usize,
    mut send: impl FnMut(Parcel, Timestamp) -> Sending,
) where
    Sending: Future<Output = Outcome> + Send,
{
    let mut under_way = FuturesUnordered::new();
    let mut down: Vec<(u16, Outcome)> = Vec::new();
    loop {
        while down.is_empty() && under_way.len() < most {
            let Some((number, parcel)) = load.next() else { break };
            let sending = AssertUnwindSafe(send(parcel, load.now())).catch_unwind();
            under_way.push(sending.map(move |done| (number, done)));
        }
        let Some((number, done)) = under_way.next().await else { break };
        // It may have got out before it broke.
        let outcome = done
            .unwrap_or_else(|_panic| Outcome::Unknown { reason: "the sending broke off".into() });
        if matches!(outcome, Outcome::ChannelDown { .. }) {
            down.push((number, outcome));
        } else {
            load.settle(number, outcome);
        }
    }
    for (number, outcome) in down {
        load.settle(number, outcome);
    }
}
