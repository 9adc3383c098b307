//! What is to go, in a form to compare with.

use super::Target;
use crate::error::{Error, Result};
use crate::text::{name, url};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

/// The keys under which articles are named.
const NAMES: [&str; 9] = ["url", "zh_url", "en_url", "final_url", "id", "file", "zh_file", "en_file", "pair"];

/// The keys under which a bead or an article stands in a line that is about it.
pub(super) const WITHIN: [&str; 2] = ["bead", "article"];

/// What is to go, in a form to compare with.
pub(super) struct Wanted {
    /// Addresses and names, each with whether it was found anywhere.
    urls: BTreeMap<String, AtomicBool>,
    names: BTreeMap<String, AtomicBool>,
    /// Addresses as they were given, without the scheme.
    given: BTreeSet<String>,
    /// The files of articles that went: under these names lists of articles have them.
    files: BTreeSet<String>,
    /// The files' names, without folders, of pairs that went: so lists of pairs name them.
    pairs: BTreeSet<(String, String)>,
    /// The names of pairs that went.
    pair_ids: BTreeSet<String>,
}

impl Wanted {
    pub(super) fn of(targets: &[Target]) -> Result<Self> {
        let mut wanted = Self {
            urls: BTreeMap::new(),
            names: BTreeMap::new(),
            given: BTreeSet::new(),
            files: BTreeSet::new(),
            pairs: BTreeSet::new(),
            pair_ids: BTreeSet::new(),
        };
        for target in targets {
            match target {
                Target::Url(text) => {
                    let address = url::canonical(text).ok_or_else(|| {
                        Error::usage(format!("`{text}` is no web address"))
                            .remedy("give it as in a browser, or name a file with --article")
                    })?;
                    wanted
                        .given
                        .insert(text.split_once("://").map_or(text.as_str(), |(_, rest)| rest).to_owned());
                    wanted.urls.insert(address, AtomicBool::default())
                }
                Target::Article(name) if name.trim().is_empty() => {
                    return Err(
                        Error::usage("an article without a name").remedy("name it as aligned.jsonl does")
                    );
                }
                Target::Article(name) => wanted.names.insert(name.clone(), AtomicBool::default()),
            };
        }
        if targets.is_empty() {
            return Err(Error::usage("there is nothing to remove").remedy("give --url or --article"));
        }
        Ok(wanted)
    }

    /// What was found nowhere.
    pub(super) fn not_found(&self) -> Vec<String> {
        let all = self.urls.iter().chain(&self.names);
        all.filter(|(_, found)| !found.load(Ordering::Relaxed)).map(|(wanted, _)| wanted.clone()).collect()
    }

    /// Remembers the pair of a bead that goes. With an original goes the post that translates it, but not the other way round.
    pub(super) fn learn(&mut self, value: &Value) {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        let is_named =
            |keys: [&str; 2]| keys.iter().any(|key| text(key).is_some_and(|text| self.is_named(key, text)));
        let (zh, en) = (is_named(["zh_url", "zh_file"]), is_named(["en_url", "en_file"]));
        let files = [("zh_file", zh || en), ("en_file", en)];
        let files: Vec<String> = files
            .iter()
            .filter(|(_, goes)| *goes)
            .filter_map(|(key, _)| text(key).map(str::to_owned))
            .collect();
        self.files.extend(files);
        if let (Some(zh), Some(en)) = (text("zh_file"), text("en_file")) {
            self.pairs.insert((name::base(zh).to_owned(), name::base(en).to_owned()));
        }
        self.pair_ids.extend(text("pair").map(str::to_owned));
        WITHIN.iter().filter_map(|key| value.get(key)).for_each(|within| self.learn(within));
    }

    /// Whether a line is of what is to go.
    pub(super) fn has(&self, value: &Value) -> bool {
        let named = NAMES.iter().filter_map(|key| Some((*key, value.get(key)?.as_str()?)));
        // All of them are asked, so that every target that is there is known to be.
        let own = named.fold(false, |is, (key, text)| self.is_named(key, text) | is);
        own || WITHIN.iter().filter_map(|key| value.get(key)).any(|within| self.has(within))
    }

    fn is_named(&self, key: &str, text: &str) -> bool {
        if key.ends_with("url") {
            let address = || self.urls.get(&url::canonical(text)?);
            return found(self.names.get(text).or_else(address));
        }
        // A bead is named by its pair and its number, a pair by both articles.
        let pair = text.rsplit_once('#').map_or(text, |(pair, _)| pair);
        let is_of = |name: &String| {
            [text, pair].iter().any(|text| {
                text == name
                    || text.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('+'))
                    || text.strip_suffix(name.as_str()).is_some_and(|rest| rest.ends_with('+'))
            })
        };
        let named = self.names.iter().filter(|(name, _)| is_of(name));
        named.fold(false, |_, (_, mark)| found(Some(mark)))
            || self.pair_ids.contains(pair)
            || self.files.contains(text)
    }

    /// Whether a row of tab-separated cells is of what is to go.
    pub(super) fn has_row(&self, row: &str) -> bool {
        let cells: Vec<&str> = row.split('\t').collect();
        let is_pair =
            matches!(&*cells, [zh, en, ..] if self.pairs.contains(&((*zh).to_owned(), (*en).to_owned())));
        // An address is compared as one only where a cell is nothing else.
        let is_of = |cell: &&str| {
            let key = if cell.contains("://") { "url" } else { "pair" };
            self.is_named(key, cell)
        };
        is_pair || cells.iter().any(is_of)
    }

    /// Whether a text mentions what is to go.
    pub(super) fn is_mentioned_in(&self, text: &str) -> bool {
        let mut all = self
            .urls
            .keys()
            .chain(self.names.keys())
            .chain([&self.given, &self.pair_ids, &self.files].into_iter().flatten());
        all.any(|wanted| {
            text.match_indices(wanted.as_str()).any(|(at, _)| is_whole(text, at, at + wanted.len()))
        })
    }

    /// Whether a text anywhere in a value mentions what is to go.
    pub(super) fn is_mentioned(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.is_mentioned_in(text),
            Value::Array(items) => items.iter().any(|item| self.is_mentioned(item)),
            Value::Object(fields) => fields.values().any(|field| self.is_mentioned(field)),
            _ => false,
        }
    }
}

/// Whether a name in a text is no part of a longer one, as `1.md` is of `21.md`.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let goes_on = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let before = text.get(..start).and_then(|before| before.chars().next_back());
    let after = text.get(end..).and_then(|after| after.chars().next());
    ![before, after].into_iter().flatten().any(goes_on)
}

/// Whether there is a mark, and sets it.
fn found(mark: Option<&AtomicBool>) -> bool {
    mark.inspect(|mark| mark.store(true, Ordering::Relaxed)).is_some()
}
