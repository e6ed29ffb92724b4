use std::time::Duration;

use engine::EngineError;
use engine::link::Link;
use outside::intake::reply;
use web::desk::{Answering, DeskError, Intake, Said, Taken};

use super::Links;

/// An Alertmanager waits for at least ten seconds. Who gets no answer comes again, as does whoever
/// is told that the database does not answer; but the latter stands in their log.
const PATIENCE: Duration = Duration::from_secs(8);

impl Intake for Links {
    fn intake<'a>(
        &'a self,
        source: &'a str,
        token: &'a str,
        body: &'a [u8],
    ) -> Answering<'a, Taken> {
        Box::pin(async move {
            let engine = self.engine()?;
            let from = match Link::read(token, &engine.keys).map_err(DeskError::from)? {
                Link::Intake { source: from } if from.name() == source => from,
                _ => return Err(DeskError::BadLink),
            };
            let taking = tokio::time::timeout(PATIENCE, engine.take_reports(&from, body));
            match taking.await.map_err(|_| DeskError::Unavailable)? {
                Ok(taken) => Ok(Taken::Understood(taken.to_string())),
                Err(EngineError::Unreadable(fault)) => {
                    tracing::warn!(source = %from, %fault, "a report could not be read");
                    Ok(Taken::Unreadable(fault.to_string()))
                }
                Err(other) => Err(DeskError::from(other)),
            }
        })
    }

    fn reply<'a>(
        &'a self,
        channel: &'a str,
        token: &'a str,
        said: Said<'a>,
    ) -> Answering<'a, Taken> {
        Box::pin(async move {
            let engine = self.engine()?;
            let over = match Link::read(token, &engine.keys).map_err(DeskError::from)? {
                Link::Replies { channel: over } if over.as_str() == channel => over,
                _ => return Err(DeskError::BadLink),
            };
            let reply = match reply::read(said.query, said.kind, said.body) {
                Ok(reply) => reply,
                Err(fault) => {
                    tracing::warn!(channel = %over, %fault, "an answer could not be read");
                    return Ok(Taken::Unreadable(fault.to_string()));
                }
            };
            let answer = engine.take_reply(&over, &reply).await.map_err(DeskError::from)?;
            Ok(Taken::Understood(answer.unwrap_or_default()))
        })
    }
}
