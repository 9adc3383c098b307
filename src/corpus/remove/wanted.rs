//! What is to go, in a form to compare with.

use super::Target;
use crate::error::{Error, Result};
use crate::text::{name, url};
use serde_json::Value;
use std::collections::BTreeSet;

/// The keys under which articles are named.
const NAMES: [&str; 9] = ["url", "zh_url", "en_url", "final_url", "id", "file", "zh_file", "en_file", "pair"];

/// The keys under which a bead or an article stands in a line that is about it.
pub(super) const WITHIN: [&str; 2] = ["bead", "article"];

/// What is to go, in a form to compare with.
pub(super) struct Wanted {
    urls: BTreeSet<String>,
    names: BTreeSet<String>,
    /// The files' names, without folders, of pairs that went: so lists of pairs name them.
    pairs: BTreeSet<(String, String)>,
    /// The names of pairs that went.
    pair_ids: BTreeSet<String>,
}

impl Wanted {
    pub(super) fn of(targets: &[Target]) -> Result<Self> {
        let mut wanted = Self {
            urls: BTreeSet::new(),
            names: BTreeSet::new(),
            pairs: BTreeSet::new(),
            pair_ids: BTreeSet::new(),
        };
        for target in targets {
            match target {
                Target::Url(text) => wanted.urls.insert(url::canonical(text).ok_or_else(|| {
                    Error::usage(format!("`{text}` is no web address"))
                        .remedy("give it as in a browser, or name a file with --article")
                })?),
                Target::Article(name) if name.trim().is_empty() => {
                    return Err(
                        Error::usage("an article without a name").remedy("name it as aligned.jsonl does")
                    );
                }
                Target::Article(name) => wanted.names.insert(name.clone()),
            };
        }
        if targets.is_empty() {
            return Err(Error::usage("there is nothing to remove").remedy("give --url or --article"));
        }
        Ok(wanted)
    }

    /// Remembers the pair of a bead that goes.
    pub(super) fn learn(&mut self, value: &Value) {
        let text = |key: &str| value.get(key).and_then(Value::as_str);
        if let (Some(zh), Some(en)) = (text("zh_file"), text("en_file")) {
            self.pairs.insert((name::base(zh).to_owned(), name::base(en).to_owned()));
        }
        self.pair_ids.extend(text("pair").map(str::to_owned));
        WITHIN.iter().filter_map(|key| value.get(key)).for_each(|within| self.learn(within));
    }

    /// Whether a line is of what is to go.
    pub(super) fn has(&self, value: &Value) -> bool {
        let named = NAMES.iter().filter_map(|key| Some((*key, value.get(key)?.as_str()?)));
        let mut own = named.map(|(key, text)| self.is_named(key, text));
        own.any(|is| is) || WITHIN.iter().filter_map(|key| value.get(key)).any(|within| self.has(within))
    }

    fn is_named(&self, key: &str, text: &str) -> bool {
        if key.ends_with("url") {
            return self.names.contains(text)
                || url::canonical(text).is_some_and(|address| self.urls.contains(&address));
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
        self.pair_ids.contains(pair) || self.names.iter().any(is_of)
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
        let mut all = self.urls.iter().chain(&self.names).chain(&self.pair_ids);
        all.any(|wanted| text.contains(wanted.as_str()))
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
