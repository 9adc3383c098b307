//! The termbase: what English terms are rendered by, and what machines and the hurried render them by.
//!
//! `corpora/glossary/terms.toml` says what its entries may hold; it is compiled in and parsed once. A term is found in
//! running text by its inflected forms (`forms.rs`) rather than by stems: to Porter2 `operator` and `operation` are one.

mod forms;

use crate::error::{Error, Result};
use crate::model::Severity;
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

/// What the termbase knows of one sense of one English term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The English term, in lower case and without hyphens unless its spelling tells it apart (`RAT`).
    pub head: String,
    /// What tells it from other senses of the same head; empty if it has one.
    pub sense: String,
    /// The renderings that are right, the preferred one first; never empty.
    pub approved: Vec<String>,
    /// What the term may stand behind in a free translation, though it does not say it.
    pub loose: Vec<String>,
    /// The renderings that are known to be wrong, in the file's order.
    pub faulty: Vec<Faulty>,
    /// Whether it is a thing with one name: where none of its renderings stands, something is the matter.
    pub closed: bool,
    /// One of these words must stand in the sentence or beside it, each with its forms; empty if none need.
    near: Vec<String>,
    /// None of these words may stand in the sentence, each with its forms.
    unless: Vec<String>,
    /// Which forms each of its words may take.
    words: Vec<Vec<String>>,
}

/// A rendering that is wrong for a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Faulty {
    /// The rendering.
    pub zh: String,
    /// What it says instead, or what is the matter with it; in English.
    pub why: String,
    /// Major if it says something else, minor if it is only clumsy.
    pub severity: Severity,
}

/// A term in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention<'t> {
    /// The term; where several senses of a head are possible, each makes a mention of the same range.
    pub term: &'t Term,
    /// Its number in the termbase.
    pub number: usize,
    /// Bytes of the text.
    pub range: Range<usize>,
}

/// English terms with their renderings.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Termbase {
    terms: Vec<Term>,
    /// Terms by every form of their first words, in lower case; those of more words first.
    starts: HashMap<String, Vec<usize>>,
}

const BUILTIN: &str = include_str!("../../../corpora/glossary/terms.toml");

static TERMBASE: LazyLock<Termbase> = LazyLock::new(|| Termbase::parse(BUILTIN).unwrap_or_default());

/// An entry as it stands in the file, under `head` or `head (sense)`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(default)]
    forms: Forms,
    #[serde(default)]
    closed: bool,
    #[serde(default)]
    near: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    approved: Vec<String>,
    #[serde(default)]
    loose: Vec<String>,
    #[serde(default)]
    wrong: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    poor: BTreeMap<String, Vec<String>>,
}

/// Which forms a head takes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Forms {
    /// Singular and plural.
    #[default]
    Noun,
    /// Those, and those of a verb.
    Verb,
    /// No other.
    None,
}

impl Termbase {
    /// The termbase that is compiled in; parsed at the first call.
    pub fn builtin() -> &'static Self {
        &TERMBASE
    }

    /// Reads a termbase.
    ///
    /// # Errors
    /// If the text is no TOML, or an entry has unknown keys or no approved rendering.
    pub fn parse(text: &str) -> Result<Self> {
        let entries: BTreeMap<String, Entry> = toml::from_str(text).map_err(|e| {
            Error::input(format!("is no termbase: {e}"))
                .remedy("see the comment at the top of corpora/glossary/terms.toml")
        })?;
        let bare = entries.iter().find(|(_, e)| e.approved.is_empty());
        if let Some((head, _)) = bare {
            return Err(Error::input(format!("`{head}` has no approved rendering"))
                .remedy("say what it should be rendered by"));
        }
        Ok(Self::of(entries.iter().map(|(key, entry)| entry.term(key)).collect()))
    }

    /// A termbase of a user's own terms: English term → renderings that are right.
    pub fn of_renderings(renderings: &BTreeMap<String, Vec<String>>) -> Self {
        let entry = |approved: &Vec<String>| Entry {
            forms: Forms::Noun,
            closed: false,
            near: Vec::new(),
            unless: Vec::new(),
            approved: approved.clone(),
            loose: Vec::new(),
            wrong: BTreeMap::new(),
            poor: BTreeMap::new(),
        };
        Self::of(renderings.iter().map(|(head, approved)| entry(approved).term(head)).collect())
    }

    fn of(terms: Vec<Term>) -> Self {
        let mut starts: HashMap<String, Vec<usize>> = HashMap::new();
        for (number, term) in terms.iter().enumerate() {
            for form in term.words.first().into_iter().flatten() {
                let numbers = starts.entry(form.to_lowercase()).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
        let length = |n: &usize| terms.get(*n).map_or(0, |term| term.words.len());
        for numbers in starts.values_mut() {
            numbers.sort_by_key(|n| (std::cmp::Reverse(length(n)), *n));
        }
        Self { terms, starts }
    }

    /// All terms, in order.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// The terms of an English text in its order, none within another; a sense that asks for words nearby finds them in
    /// this text alone.
    pub fn heads_in(&self, text: &str) -> Vec<Mention<'_>> {
        self.heads_beside(text, &HashSet::new())
    }

    /// The same, where the words of `beside` (in lower case, see [`lower_words`]) also count as nearby.
    pub fn heads_beside(&self, text: &str, beside: &HashSet<String>) -> Vec<Mention<'_>> {
        let words: Vec<(Range<usize>, String)> =
            word_ranges(text).map(|r| (r.clone(), text.get(r).unwrap_or_default().to_lowercase())).collect();
        let own: HashSet<&str> = words.iter().map(|(_, lower)| lower.as_str()).collect();
        let mut mentions = Vec::new();
        let mut at = 0;
        while let Some((first, lower)) = words.get(at) {
            let mut longest = 0;
            for &number in self.starts.get(lower).into_iter().flatten() {
                let Some(term) = self.terms.get(number) else { continue };
                let length = term.words.len();
                let fits = length >= longest
                    && words.get(at..at + length).is_some_and(|w| term.is_made_of(w, text))
                    && term.applies(&own, beside);
                if let (true, Some((last, _))) = (fits, words.get(at + length - 1)) {
                    longest = length;
                    mentions.push(Mention { term, number, range: first.start..last.end });
                }
            }
            at += longest.max(1);
        }
        mentions
    }
}

impl Entry {
    fn term(&self, key: &str) -> Term {
        let (head, sense) = key.split_once(" (").unwrap_or((key, ""));
        let single = word_ranges(head).count() < 2;
        let words = word_ranges(head).filter_map(|r| head.get(r)).map(|word| match self.forms {
            Forms::None => vec![word.to_owned()],
            Forms::Noun if single => forms::of_noun(word),
            Forms::Noun | Forms::Verb => forms::of_verb(word),
        });
        let faults = [(&self.wrong, Severity::Major), (&self.poor, Severity::Minor)];
        let faulty = faults.iter().flat_map(|(faults, severity)| {
            faults.iter().flat_map(|(why, renderings)| {
                renderings.iter().map(|zh| Faulty { zh: zh.clone(), why: why.clone(), severity: *severity })
            })
        });
        let all_forms = |words: &[String]| words.iter().flat_map(|word| forms::of_verb(word)).collect();
        Term {
            head: head.to_owned(),
            sense: sense.trim_end_matches(')').to_owned(),
            approved: self.approved.clone(),
            loose: self.loose.clone(),
            faulty: faulty.collect(),
            closed: self.closed,
            near: all_forms(&self.near),
            unless: all_forms(&self.unless),
            words: words.collect(),
        }
    }
}

impl Term {
    /// Whether these words are one of its forms. A head with capitals must be spelt as it is.
    fn is_made_of(&self, words: &[(Range<usize>, String)], text: &str) -> bool {
        let exact = self.head.chars().any(char::is_uppercase);
        self.words.len() == words.len()
            && self.words.iter().zip(words).all(|(forms, (range, lower))| {
                let word = if exact { text.get(range.clone()).unwrap_or_default() } else { lower };
                forms.iter().any(|form| form == word)
            })
    }

    fn applies(&self, own: &HashSet<&str>, beside: &HashSet<String>) -> bool {
        let near = self.near.is_empty() || {
            self.near.iter().any(|word| own.contains(word.as_str()) || beside.contains(word))
        };
        near && !self.unless.iter().any(|word| own.contains(word.as_str()))
    }
}

/// The words of an English text in lower case, as [`Termbase::heads_beside`] compares them.
pub fn lower_words(text: &str) -> impl Iterator<Item = String> + '_ {
    word_ranges(text).filter_map(|range| text.get(range)).map(str::to_lowercase)
}

/// Where the words of an English text stand: runs of letters and digits that are not Chinese.
fn word_ranges(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut rest = 0;
    std::iter::from_fn(move || {
        let from = rest + text.get(rest..)?.find(char::is_alphanumeric)?;
        let length = text.get(from..)?.find(|c: char| !c.is_alphanumeric());
        let to = length.map_or(text.len(), |length| from + length);
        rest = to;
        Some(from..to)
    })
}

#[cfg(test)]
mod tests;
