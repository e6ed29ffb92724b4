//! Links that carry their own authority: look at a notice and act, leave, report a heartbeat.
//! A link is `key id.what.for whom.signature`; who has it may do what it says, nothing else.

use std::str::FromStr;

use model::incident::Actor;
use model::intake::Source;
use model::value::{Key, PublicId};

use crate::{EngineError, Keys};

/// What a link allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Look at an incident's notice and hold, release, withdraw or resolve.
    Act {
        /// The incident.
        incident: PublicId,
        /// As whom.
        by: Actor,
    },
    /// Look at one incident as an outside partner, and answer.
    Guest {
        /// The incident.
        incident: PublicId,
        /// As which partner.
        partner: Key,
        /// How often their link had been ended before: see [`model::incident::Aid::round`].
        round: u32,
    },
    /// Leave: no more notices for this recipient.
    Leave {
        /// The recipient's id.
        recipient: i64,
    },
    /// Confirm a subscription.
    Confirm {
        /// The recipient's id.
        recipient: i64,
    },
    /// Choose what to be told about.
    Choices {
        /// The recipient's id.
        recipient: i64,
    },
    /// Report that something is alive.
    Beat {
        /// The heartbeat monitor.
        monitor: Key,
    },
    /// Report what is down and what is up again.
    Intake {
        /// As whom.
        source: Source,
    },
    /// Bring what people answer on a channel.
    Replies {
        /// The channel.
        channel: Key,
    },
}

impl Link {
    fn parts(&self) -> Vec<String> {
        match self {
            Self::Act { incident, by } => {
                let (kind, key) = match by {
                    Actor::Person(key) => ("p", key.to_string()),
                    Actor::Link(key) => ("l", key.to_string()),
                    Actor::Program
                    | Actor::Host(_)
                    | Actor::Account(_)
                    | Actor::Token(_)
                    | Actor::Partner(_) => ("x", "program".into()),
                };
                vec!["a".into(), incident.to_string(), kind.into(), key]
            }
            Self::Guest { incident, partner, round } => {
                let round = (*round > 0).then(|| round.to_string());
                let parts = ["g".into(), incident.to_string(), partner.to_string()];
                parts.into_iter().chain(round).collect()
            }
            Self::Leave { recipient } => vec!["u".into(), recipient.to_string()],
            Self::Confirm { recipient } => vec!["c".into(), recipient.to_string()],
            Self::Choices { recipient } => vec!["w".into(), recipient.to_string()],
            Self::Beat { monitor } => vec!["b".into(), monitor.to_string()],
            Self::Intake { source: Source::Alertmanager } => vec!["i".into()],
            Self::Intake { source: Source::Hook(monitor) } => {
                vec!["h".into(), monitor.to_string()]
            }
            Self::Replies { channel } => vec!["r".into(), channel.to_string()],
        }
    }

    /// The token to put into an address: letters, digits, `-`, `_`, `.` and `~`.
    #[must_use]
    pub fn token(&self, keys: &Keys) -> String {
        let parts = self.parts();
        let refs: Vec<&str> = parts.iter().map(String::as_str).collect();
        let (id, tag) = keys.sign(&refs);
        format!("{id}.{}.{tag}", parts.join("~"))
    }

    /// Reads a token.
    ///
    /// # Errors
    ///
    /// [`EngineError::BadLink`] whatever is wrong with it.
    pub fn read(token: &str, keys: &Keys) -> Result<Self, EngineError> {
        let mut fields = token.splitn(3, '.');
        let (Some(id), Some(what), Some(tag)) = (fields.next(), fields.next(), fields.next())
        else {
            return Err(EngineError::BadLink);
        };
        let parts: Vec<&str> = what.split('~').collect();
        if !keys.verify(id, &parts, tag) {
            return Err(EngineError::BadLink);
        }
        match parts.as_slice() {
            ["a", incident, kind, key] => {
                let key = read(key)?;
                let by = match *kind {
                    "p" => Actor::Person(key),
                    "l" => Actor::Link(key),
                    _ => return Err(EngineError::BadLink),
                };
                Ok(Self::Act { incident: read(incident)?, by })
            }
            ["g", incident, partner] => {
                Ok(Self::Guest { incident: read(incident)?, partner: read(partner)?, round: 0 })
            }
            ["g", incident, partner, round] => Ok(Self::Guest {
                incident: read(incident)?,
                partner: read(partner)?,
                round: read(round)?,
            }),
            ["u", recipient] => Ok(Self::Leave { recipient: read(recipient)? }),
            ["c", recipient] => Ok(Self::Confirm { recipient: read(recipient)? }),
            ["w", recipient] => Ok(Self::Choices { recipient: read(recipient)? }),
            ["b", monitor] => Ok(Self::Beat { monitor: read(monitor)? }),
            ["r", channel] => Ok(Self::Replies { channel: read(channel)? }),
            ["i"] => Ok(Self::Intake { source: Source::Alertmanager }),
            ["h", monitor] => Ok(Self::Intake { source: Source::Hook(read(monitor)?) }),
            _ => Err(EngineError::BadLink),
        }
    }
}

fn read<T: FromStr>(text: &str) -> Result<T, EngineError> {
    text.parse().map_err(|_| EngineError::BadLink)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_does_what_it_says_and_nothing_else() -> anyhow::Result<()> {
        let folder = tempfile::tempdir()?;
        let keys = Keys::open(folder.path(), || 7)?;
        let link =
            Link::Act { incident: PublicId::from_chance(1), by: Actor::Person("erika".parse()?) };
        let token = link.token(&keys);
        assert_eq!(Link::read(&token, &keys)?, link);
        let forged = token.replace("erika", "jonas");
        assert!(Link::read(&forged, &keys).is_err());
        assert!(Link::read("", &keys).is_err());
        assert!(Link::read("k1.u~5.AAAA", &keys).is_err());
        let again = Keys::open(folder.path(), || 8)?;
        assert_eq!(Link::read(&token, &again)?, link, "links outlive a restart");
        Ok(())
    }
}
