//! Many requests in flight at once on one line: each is settled as its answer comes.

use model::dispatch::Outcome;
use model::value::Timestamp;
use tokio::task::JoinSet;

use super::{Load, Parcel};

/// Takes from the load and keeps at most `most` under way. Once the channel is down nothing more
/// is begun; what is under way is settled first, so that the last outcome is the bad one.
pub(super) async fn carry<Sending>(
    load: &mut dyn Load,
    most: usize,
    mut send: impl FnMut(Parcel, Timestamp) -> Sending,
) where
    Sending: Future<Output = Outcome> + Send + 'static,
{
    let mut under_way = JoinSet::new();
    let mut numbers = std::collections::HashMap::new();
    let mut down: Vec<(u16, Outcome)> = Vec::new();
    loop {
        while down.is_empty() && under_way.len() < most {
            let Some((number, parcel)) = load.next() else { break };
            let task = under_way.spawn(send(parcel, load.now()));
            numbers.insert(task.id(), number);
        }
        let Some(done) = under_way.join_next_with_id().await else { break };
        let (task, outcome) = match done {
            Ok((task, outcome)) => (task, outcome),
            // It may have got out before it broke.
            Err(why) => (why.id(), Outcome::Unknown { reason: "the sending broke off".into() }),
        };
        let Some(number) = numbers.remove(&task) else { continue };
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
