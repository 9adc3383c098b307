//! The rules that a pair of sentences must pass. One file a rule, one line here.
//!
//! A rule has settings of its own, each with a default; in `duizhao.toml` it is a table of `corpus.filter`, whose order is
//! that of the tables. A rule may stand there twice.

mod boilerplate;
mod confidence;
mod copied;
mod findings;
mod kind;
mod language;
mod length;
mod length_ratio;
mod numbers;
mod relation;
mod rights;
mod script;

use crate::error::{Error, Result};
use crate::model::Record;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use toml::{Table, Value};

/// All rules, in the order in which they are asked unless the settings give another: what is cheap and what drops much first.
pub const RULES: &[Rule] = &[
    rights::RULE,
    relation::RULE,
    kind::RULE,
    confidence::RULE,
    findings::RULE,
    boilerplate::RULE,
    length::RULE,
    length_ratio::RULE,
    script::RULE,
    copied::RULE,
    language::RULE,
    numbers::RULE,
];

/// A rule: its name, what it says of itself, how it is made of settings.
pub struct Rule {
    /// Unique, kebab-case.
    pub name: &'static str,
    /// What it drops, in a line.
    pub doc: &'static str,
    defaults: fn() -> Table,
    open: fn(Table) -> std::result::Result<Box<dyn Test>, String>,
}

impl Rule {
    const fn of<S>(name: &'static str, doc: &'static str) -> Self
    where
        S: Test + Default + Serialize + DeserializeOwned + 'static,
    {
        Self { name, doc, defaults: defaults::<S>, open: opened::<S> }
    }

    /// The rule as a step with its defaults written out.
    pub fn step(&self) -> Step {
        Step { rule: self.name.to_owned(), settings: (self.defaults)() }
    }
}

fn defaults<S: Default + Serialize>() -> Table {
    Table::try_from(S::default()).unwrap_or_default()
}

fn opened<S>(settings: Table) -> std::result::Result<Box<dyn Test>, String>
where
    S: Test + DeserializeOwned + 'static,
{
    let test: S = settings.try_into().map_err(|e: toml::de::Error| e.message().to_owned())?;
    test.check()?;
    Ok(Box::new(test))
}

/// A rule with its settings.
pub trait Test: Send + Sync {
    /// Why a pair does not pass; `None` if it does.
    fn breach(&self, pair: &Pair<'_>) -> Option<String>;

    /// Proves that the settings make sense.
    ///
    /// # Errors
    /// Says which do not, and what they may be.
    fn check(&self) -> std::result::Result<(), String> {
        Ok(())
    }
}

/// A rule and its settings, as in `duizhao.toml`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The rule's name.
    pub rule: String,
    /// Its settings; what is left out is as usual.
    #[serde(flatten)]
    pub settings: Table,
}

impl Step {
    /// Sets one setting, written as in TOML; what is not TOML is taken for a string.
    pub fn set(&mut self, key: &str, value: &str) {
        let read = format!("v = {value}").parse::<Table>().ok().and_then(|mut table| table.remove("v"));
        self.settings.insert(key.to_owned(), read.unwrap_or_else(|| Value::String(value.to_owned())));
    }
}

/// All rules as they are without any settings.
pub fn steps() -> Vec<Step> {
    RULES.iter().map(Rule::step).collect()
}

/// The rule of this name.
///
/// # Errors
/// If there is none.
pub fn rule(name: &str) -> Result<&'static Rule> {
    RULES.iter().find(|rule| rule.name == name).ok_or_else(|| {
        Error::usage(format!("there is no rule `{name}`"))
            .remedy("`duizhao corpus filter --list` prints them all")
    })
}

/// A step, ready to be asked.
///
/// # Errors
/// If there is no such rule, or its settings are not understood.
pub fn open(step: &Step) -> Result<Box<dyn Test>> {
    (rule(&step.rule)?.open)(step.settings.clone()).map_err(|wrong| {
        Error::usage(format!("the settings of the rule `{}` are not understood: {wrong}", step.rule))
            .remedy("`duizhao config` prints all of them")
    })
}

/// A bead as rules look at it.
pub struct Pair<'r> {
    /// All that is known.
    pub record: &'r Record,
    /// The Chinese sentences as one text.
    pub zh: String,
    /// The English ones.
    pub en: String,
    /// How many characters the Chinese text has, blanks not counted.
    pub zh_chars: usize,
    /// How many words the English text has: between blanks, with a letter or digit.
    pub en_words: usize,
}

impl<'r> Pair<'r> {
    /// What rules ask of a record.
    pub fn new(record: &'r Record) -> Self {
        let (zh, en) = (record.zh.concat(), record.en.join(" "));
        let (zh_chars, en_words) = (chars(&zh), words(&en));
        Self { record, zh, en, zh_chars, en_words }
    }

    /// How many sentences it has of each side: `1:2` for one Chinese and two English ones.
    pub fn shape(&self) -> String {
        format!("{}:{}", self.record.zh.len(), self.record.en.len())
    }
}

/// How many characters a text has, blanks not counted.
pub fn chars(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// How many words a text has: between blanks, with a letter or digit.
pub fn words(text: &str) -> usize {
    text.split_whitespace().filter(|word| word.contains(char::is_alphanumeric)).count()
}

/// A share, as messages tell it.
fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// Proves that a setting is a share.
fn share(name: &str, value: f64) -> std::result::Result<(), String> {
    if (0.0..=1.0).contains(&value) { Ok(()) } else { Err(format!("{name} = {value} is not 0 to 1")) }
}

#[cfg(test)]
mod tests;
