//! A report that a duty asks for, prepared as text from what is known. People complete and send it.

use std::fmt::Write as _;

use crate::handbook::Handbook;
use crate::handbook::duty::{Duty, Stage};
use crate::language::Language;
use crate::value::{Key, Timestamp};

use super::tell::Names;
use super::{Incident, Phase, tasks};

/// The text of a report, in plain lines; nothing where the handbook has no such duty or stage.
/// `names` knows what partners are called; people are not named.
#[must_use]
pub fn report(
    handbook: &Handbook,
    incident: &Incident,
    duty: &Key,
    stage: &Key,
    language: Language,
    names: Names<'_>,
) -> Option<String> {
    let duty = handbook.duties.get(duty)?;
    let stage = duty.stages.iter().find(|one| one.key == *stage)?;
    let mut paper = Paper { handbook, incident, language, text: String::new() };
    paper.address(duty, stage);
    paper.happened(duty);
    paper.done(names);
    paper.told();
    paper.before(duty);
    paper.must(stage);
    Some(paper.text)
}

struct Paper<'a> {
    handbook: &'a Handbook,
    incident: &'a Incident,
    language: Language,
    text: String,
}

impl Paper<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    fn fact(&mut self, head: &str, said: &str) {
        // Writing into a string does not fail.
        let _ = writeln!(self.text, "{head}: {said}");
    }

    fn head(&mut self, head: &str) {
        let _ = writeln!(self.text, "\n{head}");
    }

    fn item(&mut self, item: &str) {
        let _ = writeln!(self.text, "- {item}");
    }

    fn full(&self, at: Timestamp) -> String {
        self.handbook.zone.full(at, self.language)
    }

    fn address(&mut self, duty: &Duty, stage: &Stage) {
        let (words, language) = (&self.language.words().report, self.language);
        let head = format!("{}: {}", duty.title.get(language), stage.title.get(language));
        self.line(&head);
        self.line("");
        self.fact(words.to, duty.to.get(language));
        let community = self.handbook.community.clone();
        self.fact(words.from, &community);
        self.fact(words.law, duty.law.get(language));
        let number = self.incident.id.to_string();
        self.fact(words.number, &number);
    }

    fn happened(&mut self, duty: &Duty) {
        let (words, language) = (&self.language.words().report, self.language);
        let (handbook, incident) = (self.handbook, self.incident);
        self.head(words.happened);
        let plan = handbook.plans.get(&incident.plan);
        self.fact(words.what, plan.map_or(incident.plan.as_str(), |one| one.title.get(language)));
        self.fact(words.level, incident.level.label(language));
        self.fact(words.since, &self.full(incident.since));
        self.fact(words.noticed, &self.full(incident.opened_at));
        let clocks = incident.duties.get(&duty.key).map(|one| &one.clocks);
        if let Some(at) = clocks.and_then(|clocks| clocks.aware_at) {
            self.fact(words.aware, &self.full(at));
        }
        let part = |key: &Key| {
            let name = handbook.component_name(key, language);
            let state = incident.standing.get(key).copied().unwrap_or_default();
            format!("{name} ({})", state.label(language))
        };
        let parts: Vec<String> = incident.affected.iter().map(part).collect();
        self.fact(words.parts, &parts.join(", "));
        if let Some((_, situation)) = &incident.situation {
            self.fact(words.situation, situation);
        }
        match (incident.closed_at.or(incident.recovered_at), incident.expected_end) {
            (Some(at), _) => self.fact(words.ended, &self.full(at)),
            (None, Some(at)) => self.fact(words.expected, &self.full(at)),
            (None, None) => self.fact(words.ended, words.goes_on),
        }
    }

    fn done(&mut self, names: Names<'_>) {
        let (words, incident) = (&self.language.words().report, self.incident);
        self.head(words.done);
        let mut lines: Vec<(Timestamp, String)> = Vec::new();
        for task in tasks(self.handbook, incident) {
            let settled = incident.progress(&task.id).settled;
            if let Some(settled) = settled.filter(|one| !one.skipped) {
                lines.push((settled.at, task.what.get(self.language).to_owned()));
            }
        }
        for (key, aid) in &incident.aid {
            if let Some(at) = aid.called_at {
                let name = names(key).unwrap_or_else(|| key.to_string());
                lines.push((at, (words.partner)(&name)));
            }
        }
        lines.sort();
        if lines.is_empty() {
            self.item(words.nothing_done);
        }
        for (at, what) in lines {
            self.item(&format!("{}: {what}", self.full(at)));
        }
    }

    fn told(&mut self) {
        let (words, incident) = (&self.language.words().report, self.incident);
        self.head(words.told);
        if incident.published().next().is_none() {
            self.item(words.nothing_told);
        }
        for notice in incident.published() {
            let Phase::Published { at, texts, .. } = &notice.phase else { continue };
            let text = texts.get(&self.language).or_else(|| texts.values().next());
            let headline = text.map_or("", |text| text.headline.as_str());
            let kind = notice.kind.label(self.language);
            self.item(&(words.notice)(&self.full(*at), kind, headline));
        }
    }

    fn before(&mut self, duty: &Duty) {
        let sent = self.incident.duties.get(&duty.key).map(|one| &one.sent);
        let earlier = duty.stages.iter().filter_map(|one| Some((one, sent?.get(&one.key)?)));
        let lines: Vec<String> = earlier
            .map(|(one, report)| {
                format!("{}: {}", self.full(report.at), one.title.get(self.language))
            })
            .collect();
        if lines.is_empty() {
            return;
        }
        self.head(self.language.words().report.before);
        for line in lines {
            self.item(&line);
        }
    }

    fn must(&mut self, stage: &Stage) {
        let words = &self.language.words().report;
        self.head(words.must);
        for content in &stage.content {
            self.item(&format!("{}: {}", content.get(self.language), words.open));
        }
    }
}
