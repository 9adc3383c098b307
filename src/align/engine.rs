//! What similarity rests on.

use crate::encoder::Encoder;
use std::fmt;
use std::sync::Arc;

/// The engines: one search, one set of signals, with or without a sentence encoder among them.
#[derive(Clone, Default)]
pub enum Engine {
    /// The lexicon and what else the texts show by themselves; nothing to install.
    #[default]
    Lexicon,
    /// The same signals and a sentence encoder.
    Encoder(Arc<dyn Encoder>),
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lexicon => f.write_str("lexicon"),
            Self::Encoder(encoder) => write!(f, "{}-{}", encoder.name(), encoder.hash()),
        }
    }
}

impl fmt::Debug for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
