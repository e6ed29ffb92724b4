//! `channels.toml`: channels, endpoints, audiences.

use std::collections::BTreeMap;

use super::address;
use crate::handbook::Handbook;
use crate::handbook::channel::{
    Audience, Channel, Descriptor, Endpoint, FallBack, Field, Form, Member,
};
use crate::handbook::fault::said;
use crate::handbook::form::{looks_secret, misfit};
use crate::handbook::link::Noun;
use crate::handbook::near::nearest;
use crate::handbook::read::{Item, KEY, LANGUAGE, SPAN, Table};
use crate::language::Language;
use crate::value::{Key, Span};

pub(super) fn read(table: &Table<'_>, handbook: &mut Handbook, kinds: &[&Descriptor]) {
    let main = handbook.language();
    if let Some(item) = table.need("channel", "a heading [channel.KEY] for each way out") {
        for (key, channel) in item.named(Noun::Channel) {
            handbook.channels.insert(key.clone(), read_channel(&channel, key, kinds));
        }
    }
    if let Some(item) = table.may("endpoint") {
        for (key, endpoint) in item.named(Noun::Endpoint) {
            handbook.endpoints.insert(key.clone(), read_endpoint(&endpoint, key, main));
        }
    }
    if let Some(item) = table.need("audience", "a heading [audience.KEY] for who is told") {
        for (key, audience) in item.named(Noun::Audience) {
            handbook.audiences.insert(key.clone(), read_audience(&audience, key));
        }
    }
}

fn read_channel(table: &Table<'_>, key: Key, kinds: &[&Descriptor]) -> Channel {
    let mut channel = Channel {
        depends_on: table.may_links("depends_on", Noun::Component),
        addresses: table.may_link("addresses", Noun::Channel),
        falls_back: read_fall_back(table),
        runs_on: table.may_links("runs_on", Noun::Place),
        tested_on: table.may_day("tested_on"),
        known_by: table.may_links("known_by", Noun::Person),
        ..Channel::new(key, "", BTreeMap::new())
    };
    let item = table.need("kind", "kind = \"email\"");
    let Some((item, kind)) = item.and_then(|item| item.text().map(|kind| (item, kind))) else {
        table.accept_rest();
        return channel;
    };
    let Some(descriptor) = kinds.iter().find(|one| one.kind == kind) else {
        table.accept_rest();
        let known = || kinds.iter().map(|one| one.kind);
        let list = known().collect::<Vec<_>>().join(", ");
        let help = match nearest(&kind, known()) {
            Some(meant) => said!(
                "meinten Sie „{meant}“? Es gibt: {list}",
                "did you mean “{meant}”? The kinds are: {list}"
            ),
            None => said!("es gibt: {list}", "The kinds are: {list}"),
        };
        item.error(said!("„{kind}“ ist keine Art von Weg", "“{kind}” is no kind of channel"), help);
        return channel;
    };
    for field in descriptor.fields {
        let value = read_setting(table, field);
        channel.settings.extend(value.map(|value| (field.name.to_owned(), value)));
    }
    channel.kind = kind;
    channel
}

fn read_fall_back(table: &Table<'_>) -> Option<FallBack> {
    let to = table.may("falls_back_to").and_then(|item| item.link(Noun::Channel));
    let after = table.may("falls_back_after");
    match (to, after) {
        (Some(to), after) => {
            let after = after.and_then(|item| item.word(&SPAN)).unwrap_or(STEP_IN);
            Some(FallBack { to, after })
        }
        (None, Some(item)) => {
            item.error(
                said!(
                    "es gibt keinen Weg, der einspringen könnte",
                    "there is no channel that could step in"
                ),
                said!(
                    "nennen Sie einen Weg, der einspringt, oder nehmen Sie das heraus",
                    "add falls_back_to = \"…\", the key of a channel, or take this out"
                ),
            );
            None
        }
        (None, None) => None,
    }
}

/// After so long another channel steps in, where the handbook says nothing.
const STEP_IN: Span = Span::seconds(60);

fn read_setting(table: &Table<'_>, field: &Field) -> Option<String> {
    let item = if field.required {
        table.need(field.name, &format!("{} = …, {}", field.name, field.hint[1]))?
    } else {
        table.may(field.name)?
    };
    if let Form::Number(low, high) = field.form {
        return item.whole(low..=high).map(|number| number.to_string());
    }
    let text = item.text()?;
    if let Some((what, help)) = misfit(field.form, &text) {
        item.error(what, help);
    } else if field.form == Form::SecretName {
        advise_on_secret(&item, &text);
    }
    Some(text)
}

fn advise_on_secret(item: &Item<'_>, text: &str) {
    if looks_secret(text) {
        item.hint(
            said!("das sieht wie ein Geheimnis aus, nicht wie der Name eines Geheimnisses", "this looks like a secret, not like the name of one"),
            said!("schreiben Sie einen Namen wie mail-password, und geben Sie das Geheimnis dem Programm; ist es eines, ändern Sie es: Dieser Text kann gesehen worden sein", "write a name such as \"mail-password\" and give the secret to the process; if it \
             is one, change it: this text may have been seen"),
        );
    }
}

fn read_endpoint(table: &Table<'_>, key: Key, main: Language) -> Endpoint {
    let address = table.need("address", "address = \"https://…\"").and_then(|item| {
        let address = item.text()?;
        address::called(&item, &address);
        Some(address)
    });
    let secret = table.may("secret").and_then(|item| {
        let name = item.text()?;
        match misfit(Form::SecretName, &name) {
            Some((what, help)) => item.error(what, help),
            None => advise_on_secret(&item, &name),
        }
        Some(name)
    });
    let channel = table.need("channel", "channel = \"…\", the key of a channel of kind webhook");
    Endpoint {
        key,
        channel: channel.and_then(|item| item.link(Noun::Channel)).unwrap_or_else(super::stand_in),
        address: address.unwrap_or_default(),
        secret,
        language: table.may("language").and_then(|item| item.word(&LANGUAGE)).unwrap_or(main),
    }
}

fn read_audience(table: &Table<'_>, key: Key) -> Audience {
    let who = table.need("who", "who = [\"subscribers\"]").map(|item| {
        let members = item.list();
        if members.is_empty() {
            item.error(
                said!("zu diesem Kreis gehört niemand", "nobody belongs to this audience"),
                said!(
                    "nennen Sie mindestens einen, oder nehmen Sie ihn heraus",
                    "name at least one, or take it out"
                ),
            );
        }
        members
    });
    let channels = table.need("channels", "channels = [\"…\"], keys of channels");
    Audience {
        key,
        title: table.localized("title"),
        who: who.unwrap_or_default().iter().filter_map(read_member).collect(),
        channels: channels.map(|item| item.some_links(Noun::Channel)).unwrap_or_default(),
    }
}

fn read_member(item: &Item<'_>) -> Option<Member> {
    let text = item.text()?;
    if text == "subscribers" {
        return Some(Member::Subscribers);
    }
    let link = |noun: Noun, key: &str| {
        let Ok(key) = key.trim().parse::<Key>() else {
            item.error(KEY.misses(key), KEY.help());
            return None;
        };
        item.refer(noun, &key);
        Some(key)
    };
    match text.split_once(':') {
        Some(("role", key)) => link(Noun::Role, key).map(Member::Role),
        Some(("partner", key)) => link(Noun::Partner, key).map(Member::Partner),
        Some(("endpoint", key)) => link(Noun::Endpoint, key).map(Member::Endpoint),
        _ => {
            let help = said!(
                "schreiben Sie subscribers, role:KÜRZEL, partner:KÜRZEL oder endpoint:KÜRZEL",
                "write \"subscribers\", \"role:KEY\", \"partner:KEY\" or \"endpoint:KEY\""
            );
            item.error(
                said!("mit „{text}“ bekommt niemand Bescheid", "“{text}” tells nobody"),
                help,
            );
            None
        }
    }
}
