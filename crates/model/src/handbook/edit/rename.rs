//! Another key for something, wherever it is named.

use super::EditError;
use crate::handbook::channel::Descriptor;
use crate::handbook::fault::said;
use crate::handbook::parse::draft;
use crate::handbook::source::{Path, Sort, Source};
use crate::handbook::{Files, Noun};
use crate::value::Key;

/// Gives something another key.
pub(super) fn rename(
    files: &Files,
    noun: Noun,
    from: &Key,
    to: &Key,
    kinds: &[&Descriptor],
) -> Result<Files, EditError> {
    let draft = draft(files, kinds);
    let has = |key: &Key| draft.links.declared.get(&noun).is_some_and(|keys| keys.contains(key));
    if !has(from) {
        return Err(EditError::Unknown { noun, key: from.clone() });
    }
    if has(to) {
        return Err(EditError::KeyTaken { noun, key: to.clone() });
    }
    let mut files = files.clone();
    let links = draft.links.made.iter().filter(|link| link.noun == noun && link.key == *from);
    let mut places: Vec<_> = links.map(|link| (&link.file, link.span.clone())).collect();
    places.sort_by_key(|(_, span)| std::cmp::Reverse(span.start));
    places.dedup();
    for (file, span) in places {
        // A key stands at the end of its value: "lead", "role:lead".
        let Some(text) = files.get_mut(file) else { continue };
        let at = text.get(span.clone()).and_then(|value| value.rfind(from.as_str()));
        if let Some(at) = at.map(|at| span.start + at) {
            text.replace_range(at..at + from.as_str().len(), to.as_str());
        }
    }
    if noun == Noun::Plan {
        rename_plan(&mut files, from, to)
    } else {
        declare(&mut files, noun, from, to)?;
        if noun == Noun::Audience { rename_passages(&mut files, from, to) } else { Ok(()) }
    }?;
    Ok(files)
}

/// The file of a plan and the folder of its texts.
fn rename_plan(files: &mut Files, from: &Key, to: &Key) -> Result<(), EditError> {
    let texts = format!("texts/{from}/");
    let moved = |file: &str| match file.strip_prefix(&texts) {
        Some(name) => Some(format!("texts/{to}/{name}")),
        None => (file == format!("plans/{from}.toml")).then(|| format!("plans/{to}.toml")),
    };
    rename_files(files, Noun::Plan, to, moved)
}

/// What an audience is told in addition: `texts/PLAN/KIND.AUDIENCE.LANGUAGE.md`.
fn rename_passages(files: &mut Files, from: &Key, to: &Key) -> Result<(), EditError> {
    let moved = |file: &str| {
        let (folder, name) = file.strip_prefix("texts/")?.split_once('/')?;
        let mut parts = name.splitn(3, '.');
        let (kind, whose, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let is_passage = whose == from.as_str() && rest.contains('.');
        is_passage.then(|| format!("texts/{folder}/{kind}.{to}.{rest}"))
    };
    rename_files(files, Noun::Audience, to, moved)
}

/// Gives files other names; none takes the place of another.
fn rename_files(
    files: &mut Files,
    noun: Noun,
    to: &Key,
    moved: impl Fn(&str) -> Option<String>,
) -> Result<(), EditError> {
    let pairs: Vec<_> =
        files.keys().filter_map(|file| Some((file.clone(), moved(file)?))).collect();
    for (old, new) in pairs {
        if files.contains_key(&new) {
            return Err(EditError::KeyTaken { noun, key: to.clone() });
        }
        if let Some(text) = files.remove(&old) {
            files.insert(new, text);
        }
    }
    Ok(())
}

/// Where the key is given: `[role.lead]`, or `key = "shop"` of a component.
fn declare(files: &mut Files, noun: Noun, from: &Key, to: &Key) -> Result<(), EditError> {
    let file = noun.file();
    let mut source = Source::parse(file, files.get(file).map_or("", String::as_str))
        .map_err(EditError::NoToml)?;
    let paths = source.paths();
    let named = Path::default().and([noun.word(), from.as_str()]);
    let mut found = false;
    let mut table_length = 0;
    for (line, path) in source.lines.iter_mut().zip(&paths) {
        if line.sort != Sort::Pair {
            table_length = path.keys().len();
        }
        if let [list, _, key] = path.keys()
            && list == noun.word()
            && key == "key"
            && line.value.get(1..line.value.len().saturating_sub(1)) == Some(from.as_str())
        {
            line.value.replace_range(1..line.value.len() - 1, to.as_str());
            found = true;
        } else if path.inside(&named).is_some() {
            found = true;
            let skipped = if line.sort == Sort::Pair { table_length } else { 0 };
            let name = 1_usize.checked_sub(skipped).and_then(|at| line.names.get(at));
            if let Some(span) = name.map(|name| name.span.clone()) {
                line.head.replace_range(span, to.as_str());
            }
        }
    }
    if !found {
        let path = Path::default().and([noun.word()]);
        let found = said!("auf eine Zeile geschrieben", "written on one line");
        return Err(EditError::Unfit { file: file.to_owned(), path, found });
    }
    files.insert(file.to_owned(), source.text());
    Ok(())
}
