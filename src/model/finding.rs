//! A place where a translation looks wrong.

use super::{Sides, Span};
use serde::{Deserialize, Serialize};

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing; not a fault.
    Info,
    /// Small: wording, letter case, a detail that nobody will act on.
    Minor,
    /// Changes what is said: an actor, an amount, a claim, a date, a whole statement.
    Major,
    /// Makes a claim false, or an indicator unusable.
    Critical,
}

impl Severity {
    /// All, the lightest first.
    pub const ALL: [Self; 4] = [Self::Info, Self::Minor, Self::Major, Self::Critical];

    /// Its name, as in every file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Minor => "minor",
            Self::Major => "major",
            Self::Critical => "critical",
        }
    }

    /// Its name for readers of Chinese.
    pub fn name_zh(self) -> &'static str {
        match self {
            Self::Info => "提示",
            Self::Minor => "轻微",
            Self::Major => "严重",
            Self::Critical => "致命",
        }
    }
}

/// A text in both languages of the interface.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Message {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

impl Message {
    /// Both texts.
    pub fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Identifies it by its content (check, sentences, place in them): the same from run to run, wherever the files lie.
    /// 12 hexadecimal digits.
    pub id: String,
    /// What findings of one cause share, within an article pair: one name misspelt five times is one group.
    pub group: String,
    /// The check that made it.
    pub check: String,
    /// How grave it is.
    pub severity: Severity,
    /// MQM category, e.g. `Accuracy/Omission`.
    pub category: String,
    /// How sure the check is, 0–1.
    pub confidence: f32,
    /// Index of the bead it concerns.
    pub bead: u32,
    /// Where, in both articles' texts.
    pub spans: Sides<Vec<Span>>,
    /// What is wrong.
    pub message: Message,
    /// What it should say, where that is certain.
    pub suggestion: Option<String>,
}
