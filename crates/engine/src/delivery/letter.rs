//! From what a dispatch says to what one recipient is sent.

use model::handbook::Handbook;
use model::handbook::channel::Channel;
use model::incident::Actor;
use model::language::Language;
use model::notice::{Text, Texts};
use model::recipient::{Contact, RecipientKind};
use model::value::{Key, PublicId};
use outside::channel::post::{Alert, Aside, Content, Notice, Post, Recipient};
use store::dispatch::Stored;

use crate::Keys;
use crate::body::{AlertBody, Body, NoticeBody};
use crate::link::Link;

/// Composes posts and recipients for one dispatch.
pub(super) struct Letters<'a> {
    pub(super) handbook: &'a Handbook,
    pub(super) dispatch: &'a Stored<Body>,
    pub(super) keys: &'a Keys,
}

impl Letters<'_> {
    /// What this contact is sent.
    pub(super) fn post(&self, contact: &Contact) -> Post {
        let language = self.spoken(contact.language);
        // Told in another language beats silence; the message says which one it is.
        let language = match &self.dispatch.order.body {
            Body::Notice(notice) => written(&notice.texts, language),
            Body::Alert(_) | Body::Letter(_) => language,
        };
        let page = &self.handbook.page;
        let order = &self.dispatch.order;
        let (at, content) = match &order.body {
            Body::Notice(notice) => {
                let content = self.notice(notice, order.incident.as_ref(), language);
                (notice.at, Content::Notice(content))
            }
            Body::Alert(alert) => (alert.at, Content::Alert(self.alert(alert, contact, language))),
            Body::Letter(letter) => (letter.at, Content::Alert(self.letter(contact, language))),
        };
        Post {
            community: self.handbook.community.clone(),
            page: page.clone(),
            imprint: format!("{page}/{language}/imprint"),
            privacy: format!("{page}/{language}/privacy"),
            language,
            zone: self.handbook.zone.clone(),
            at,
            incident: order.incident.clone(),
            content,
        }
    }

    /// To whom, under which id.
    pub(super) fn recipient(&self, contact: &Contact) -> Recipient {
        let who = contact.recipient.to_string();
        let order = &self.dispatch.order;
        let (id, thread) = match (&order.body, &order.incident) {
            (Body::Notice(notice), Some(incident)) => {
                let id = |number: u32| self.id(incident, &number.to_string(), &who);
                let opens = notice.thread == notice.number;
                (id(notice.number), (!opens).then(|| id(notice.thread)))
            }
            _ => {
                let dispatch = self.dispatch.id.to_string();
                (self.keys.message_id(&["alert", &dispatch, &who]), None)
            }
        };
        let point = contact.key.as_deref().and_then(|key| self.handbook.endpoints.get(key));
        // A letter about a subscription is no list mail: it goes to one who may not be on the list.
        let list =
            contact.kind == RecipientKind::Subscriber && matches!(order.body, Body::Notice(_));
        let leave = Link::Leave { recipient: contact.recipient };
        let choices = Link::Choices { recipient: contact.recipient };
        Recipient {
            address: contact.address.clone(),
            id,
            thread,
            bounce: Some(self.keys.bounce_token(self.dispatch.id, contact.recipient)),
            unsubscribe: list.then(|| self.link("leave", &leave)),
            choices: list.then(|| self.link("choices", &choices)),
            secret: point.and_then(|point| point.secret.clone()),
            own: contact.seed.as_deref().and_then(|seed| self.keys.secret(seed)),
        }
    }

    fn id(&self, incident: &PublicId, number: &str, who: &str) -> String {
        // A second relay brings the same message to the same address.
        let channel = &self.dispatch.order.channel;
        let book = self.handbook.channels.get(channel).map_or(channel, Channel::address_book);
        self.keys.message_id(&["notice", incident.as_str(), number, book.as_str(), who])
    }

    fn link(&self, path: &str, link: &Link) -> String {
        format!("{}/{path}/{}", self.handbook.page, link.token(self.keys))
    }

    /// A letter about a subscription: free of whatever was typed into the form.
    fn letter(&self, contact: &Contact, language: Language) -> Alert {
        let (handbook, recipient) = (self.handbook, contact.recipient);
        let words = language.words();
        let (say, community) = (&words.subscription, handbook.community.as_str());
        let imprint = format!("{}: {}/{language}/imprint", words.mail.imprint, handbook.page);
        let (kind, subject, why, or_else, link) = if contact.kind == RecipientKind::Subscriber {
            let link = self.link("choices", &Link::Choices { recipient });
            let link = (say.choices.to_owned(), link);
            ("again", (say.again)(community), (say.again_why)(community), say.again_else, link)
        } else {
            let link = self.link("confirm", &Link::Confirm { recipient });
            let link = (say.confirm.to_owned(), link);
            ("confirm", (say.letter)(community), (say.letter_why)(community), say.letter_else, link)
        };
        Alert {
            kind: kind.to_owned(),
            subject,
            paragraphs: vec![why, or_else.to_owned(), imprint],
            links: vec![link],
            preview: None,
        }
    }

    /// The language if the handbook has it, else its main one.
    fn spoken(&self, language: Language) -> Language {
        if self.handbook.languages.contains(&language) {
            language
        } else {
            self.handbook.language()
        }
    }

    fn notice(
        &self,
        notice: &NoticeBody,
        incident: Option<&PublicId>,
        language: Language,
    ) -> Notice {
        let page = &self.handbook.page;
        let link = incident.map_or_else(
            || format!("{page}/{language}/"),
            |id| format!("{page}/{language}/incident/{id}#n{}", notice.number),
        );
        Notice {
            kind: notice.kind,
            number: notice.number,
            text: in_language(&notice.texts, language),
            aside: self.aside(notice, language),
            link,
            next_update: notice.next_update,
        }
    }

    /// What the audience of this dispatch is told in addition, in this language alone: what
    /// somebody took out in it does not come back in another.
    fn aside(&self, notice: &NoticeBody, language: Language) -> Option<Aside> {
        let said = notice.passage.get(&language).filter(|said| !said.is_empty())?;
        let audience = &self.dispatch.order.audience;
        let title = self.handbook.audiences.get(audience).map(|one| one.title.get(language));
        let head = (language.words().mail.for_audience)(title.unwrap_or(audience.as_str()));
        Some(Aside { head, paragraphs: said.0.clone() })
    }

    fn alert(&self, alert: &AlertBody, contact: &Contact, language: Language) -> Alert {
        let words = alert.words.get(&language).or_else(|| alert.words.values().next());
        let key: Option<Key> = contact.key.as_deref().and_then(|key| key.parse().ok());
        let act = words.and_then(|words| words.act.clone());
        let links = match (act, key, self.dispatch.order.incident.clone()) {
            (Some(label), Some(key), Some(incident)) => {
                let (path, link) = match contact.kind {
                    RecipientKind::Endpoint => {
                        ("act", Link::Act { incident, by: Actor::Link(key) })
                    }
                    RecipientKind::Partner => {
                        ("guest", Link::Guest { incident, partner: key, round: alert.round })
                    }
                    _ => ("act", Link::Act { incident, by: Actor::Person(key) }),
                };
                vec![(label, self.link(path, &link))]
            }
            _ => vec![],
        };
        Alert {
            kind: alert.kind.clone(),
            subject: words.map(|words| words.subject.clone()).unwrap_or_default(),
            paragraphs: words.map(|words| words.paragraphs.clone()).unwrap_or_default(),
            links,
            preview: alert.preview.as_ref().map(|texts| in_language(texts, language)),
        }
    }
}

/// This language if the text is there in it, else the first in which it is.
fn written(texts: &Texts, language: Language) -> Language {
    if texts.contains_key(&language) {
        return language;
    }
    texts.keys().next().copied().unwrap_or(language)
}

/// The text in this language, else in any.
fn in_language(texts: &Texts, language: Language) -> Text {
    texts.get(&language).or_else(|| texts.values().next()).cloned().unwrap_or_default()
}
