//! How a notice will look on each channel, before it goes out.

use std::collections::{BTreeMap, BTreeSet};

use model::incident::fill;
use model::language::Language;
use model::notice::{Kind, Texts};
use model::recipient::{Contact, RecipientKind};
use model::value::{Key, Timestamp};
use outside::channel::adapter;
use store::dispatch::{Order, Stored};

use super::letter::Letters;
use crate::Engine;
use crate::body::{Body, NoticeBody};
use crate::incident::{Case, told};

/// How a notice looks on one channel in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// The channel.
    pub channel: Key,
    /// What people call its kind, German and English.
    pub label: [&'static str; 2],
    /// The language.
    pub language: Language,
    /// The subject, where the channel has one.
    pub subject: Option<String>,
    /// The text.
    pub text: String,
    /// Whether it is written for machines.
    pub machine: bool,
    /// At most so many characters fit.
    pub limit: Option<u32>,
    /// In how many parts it travels, where each of them is paid for.
    pub parts: Option<u32>,
}

impl Engine {
    /// How these texts, holes filled as of `at`, look on every channel by which the plan tells.
    #[must_use]
    pub fn previews(
        &self,
        case: &Case,
        kind: Kind,
        texts: &Texts,
        next_update: Option<Timestamp>,
        at: Timestamp,
    ) -> Vec<Look> {
        let (incident, handbook) = (&case.incident, &case.handbook);
        let Some(plan) = handbook.plans.get(&incident.plan) else { return vec![] };
        let number = u32::try_from(incident.notices.len()).unwrap_or(u32::MAX - 1) + 1;
        let body = Body::Notice(NoticeBody {
            kind,
            number,
            thread: number,
            corrects: None,
            texts: fill(handbook, incident, texts, next_update, at),
            passage: BTreeMap::new(),
            so_far: Texts::new(),
            at,
            next_update,
            affected: incident.affected.clone(),
            handbook: incident.handbook,
        });
        let channels: BTreeSet<Key> =
            told(handbook, &plan.policy).map(|(_, channel)| channel).collect();
        let mut looks = Vec::new();
        for channel in channels.iter().filter_map(|key| handbook.channels.get(key)) {
            let Some(adapter) = adapter(&channel.kind) else { continue };
            let order = Order {
                incident: Some(incident.id.clone()),
                notice: Some(number),
                kind: body.sort().to_owned(),
                channel: channel.key.clone(),
                audience: channel.key.clone(),
                body: body.clone(),
                drill: incident.drill,
                created_at: at,
            };
            let dispatch =
                Stored { id: 0, order, frozen_at: None, superseded_by: None, done_at: None };
            let letters = Letters { handbook, dispatch: &dispatch, keys: &self.keys };
            let descriptor = adapter.descriptor();
            for language in texts.keys() {
                let post = letters.post(&somebody(&channel.key, *language));
                let seen = adapter.preview(channel, &post);
                looks.push(Look {
                    channel: channel.key.clone(),
                    label: descriptor.label,
                    language: *language,
                    subject: seen.subject,
                    text: seen.text,
                    machine: seen.machine,
                    limit: descriptor.abilities.limit,
                    parts: seen.parts,
                });
            }
        }
        looks
    }
}

/// A recipient who stands for all of this language.
fn somebody(channel: &Key, language: Language) -> Contact {
    Contact {
        channel: channel.to_string(),
        recipient: 0,
        kind: RecipientKind::Subscriber,
        key: None,
        address: String::new(),
        language,
        seed: None,
    }
}
