//! The two languages.

use serde::{Deserialize, Serialize};

/// A side's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Chinese, in either script.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Its BCP 47 tag, Chinese taken for Simplified.
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-Hans",
            Self::En => "en",
        }
    }
}
