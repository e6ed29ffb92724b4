use super::Scene;
use crate::handbook::channel::{Audience, Member, Reaches};
use crate::handbook::fault::{Clause, said};
use crate::language::Language;
use crate::value::Key;

const FILE: &str = "channels.toml";

/// Everybody in an audience can be reached over its channels, and nothing is there for nothing.
pub(super) fn check(scene: &mut Scene<'_>) {
    for (key, endpoint) in &scene.handbook.endpoints {
        if let Some((channel, kind)) = scene.channel(&endpoint.channel)
            && kind.reaches != Reaches::Machines
        {
            scene.error(
                FILE,
                &format!("endpoint.{key}.channel"),
                said!(
                    "„{}“ ist von der Art „{}“ und erreicht keine Maschine",
                    "“{}” is of kind “{}”, which reaches no machine",
                    channel.key,
                    channel.kind
                ),
                said!(
                    "nennen Sie einen Weg dieser Art: {}",
                    "name a channel of kind {}",
                    scene.kinds_that(|it| it == Reaches::Machines)
                ),
            );
        }
        if endpoint.secret.is_none() {
            scene.hint(
                FILE,
                &format!("endpoint.{key}"),
                said!("was „{key}“ bekommt, ist nicht unterschrieben: Die Maschine kann uns nicht von anderen unterscheiden", "what “{key}” is sent is not signed: it cannot tell us from others"),
                said!("tragen Sie den Namen eines Geheimnisses ein, das beide Seiten haben", "add secret = \"…\", the name of a secret that both sides have"),
            );
        }
    }
    for (key, audience) in &scene.handbook.audiences {
        reaches(scene, key, audience);
    }
    unused(scene);
}

fn reaches(scene: &mut Scene<'_>, key: &Key, audience: &Audience) {
    let handbook = scene.handbook;
    let path = format!("audience.{key}.channels");
    let known: Vec<_> = audience.channels.iter().filter_map(|one| scene.channel(one)).collect();
    let all_known = known.len() == audience.channels.len();
    if all_known
        && !known.is_empty()
        && let Some(member) = audience.who.iter().find(|who| is_human(who))
        && known.iter().all(|(_, kind)| kind.reaches == Reaches::Machines)
    {
        let who = named(member);
        let [german, english] = [Language::DE, Language::EN].map(|it| who.get(it));
        let cannot = Clause::new(
            format!(
                "hier sind Menschen gemeint ({german}), aber diese Wege erreichen nur Maschinen"
            ),
            format!("{english} cannot be told: these channels reach only machines"),
        );
        scene.error(
            FILE,
            &path,
            cannot,
            said!(
                "fügen Sie einen Weg dieser Art hinzu: {}",
                "add a channel of kind {}",
                scene.kinds_that(Reaches::is_personal)
            ),
        );
    }
    for (channel, kind) in &known {
        if audience.who.contains(&Member::Subscribers) && !kind.reaches.is_addressed() {
            scene.error(
                FILE,
                &path,
                said!("„{}“ veröffentlicht einmal für alle und erreicht nicht jeden, der Meldungen bestellt hat", "“{}” posts once for all, it does not reach each subscriber", channel.key),
                said!("nehmen Sie den Weg hier heraus, und geben Sie ihm einen Kreis ohne Besteller", "take it out here, and give it an audience without \"subscribers\""),
            );
        }
    }
    for who in &audience.who {
        if let Member::Endpoint(endpoint) = who
            && let Some(endpoint) = handbook.endpoints.get(endpoint)
            && handbook.channels.contains_key(&endpoint.channel)
            && !audience.channels.contains(&endpoint.channel)
        {
            scene.error(
                FILE,
                &path,
                said!(
                    "die Maschine „{}“ erfährt hier nie etwas",
                    "the endpoint “{}” is never told here",
                    endpoint.key
                ),
                said!("fügen Sie ihren Weg „{}“ hinzu", "add its channel “{}”", endpoint.channel),
            );
        }
    }
}

fn is_human(who: &Member) -> bool {
    !matches!(who, Member::Endpoint(_))
}

fn named(who: &Member) -> Clause {
    match who {
        Member::Subscribers => said!("wer Meldungen bestellt hat", "subscribers"),
        Member::Role(key) => said!("die Rolle „{key}“", "the role “{key}”"),
        Member::Partner(key) => said!("der Partner „{key}“", "the partner “{key}”"),
        Member::Endpoint(key) => said!("die Maschine „{key}“", "the endpoint “{key}”"),
    }
}

fn unused(scene: &mut Scene<'_>) {
    let handbook = scene.handbook;
    let policies = || handbook.plans.values().map(|plan| &plan.policy);
    for key in handbook.audiences.keys() {
        if !policies().any(|policy| policy.audiences.contains(key)) {
            scene.hint(
                FILE,
                &format!("audience.{key}"),
                said!(
                    "kein Plan gibt dem Kreis „{key}“ Bescheid",
                    "no plan tells the audience “{key}”"
                ),
                said!(
                    "nehmen Sie ihn in einen Plan auf, oder nehmen Sie ihn heraus",
                    "add it to the audiences of a plan, or take it out"
                ),
            );
        }
    }
    for key in handbook.channels.keys() {
        let in_use = policies().any(|policy| policy.alert_channels.contains(key))
            || handbook.audiences.values().any(|audience| audience.channels.contains(key))
            || handbook.endpoints.values().any(|endpoint| endpoint.channel == *key)
            || handbook.channels.values().any(|other| other.leads_to(key));
        if !in_use {
            scene.hint(
                FILE,
                &format!("channel.{key}"),
                said!(
                    "über den Weg „{key}“ erfährt niemand etwas",
                    "nobody is told over the channel “{key}”"
                ),
                said!(
                    "geben Sie ihn einem Kreis, oder nehmen Sie ihn heraus",
                    "add it to the channels of an audience, or take it out"
                ),
            );
        }
    }
    for key in handbook.endpoints.keys() {
        let member = Member::Endpoint(key.clone());
        let in_use = policies().any(|policy| policy.alert_endpoints.contains(key))
            || handbook.audiences.values().any(|audience| audience.who.contains(&member));
        if !in_use {
            scene.hint(
                FILE,
                &format!("endpoint.{key}"),
                said!("die Maschine „{key}“ erfährt nie etwas", "the endpoint “{key}” is never told anything"),
                said!("nehmen Sie „endpoint:{key}“ in einen Kreis auf, oder nehmen Sie die Maschine heraus", "add \"endpoint:{key}\" to an audience, or take it out"),
            );
        }
    }
}
