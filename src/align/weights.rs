//! What each feature counts: a readable table, learned and never set by hand.

use super::search::STEPS;
use super::signals::SIGNALS;
use crate::error::{Error, Result};
use crate::text::hex;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// One weight a feature, and one for each kind of step from bead to bead.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// In the order of [`SIGNALS`] and their features.
    pub features: Vec<f32>,
    /// In the order of [`STEPS`].
    pub steps: Vec<f32>,
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct File(BTreeMap<String, BTreeMap<String, f32>>);

static BUILTIN: LazyLock<Weights> =
    LazyLock::new(|| Weights::parse(include_str!("weights.toml")).unwrap_or_else(|_| Weights::zero()));

impl Weights {
    /// The weights that are compiled in (`src/align/weights.toml`).
    pub fn builtin() -> Self {
        BUILTIN.clone()
    }

    /// All weights zero: what learning starts from.
    pub fn zero() -> Self {
        Self { features: vec![0.0; super::signals::feature_count()], steps: vec![0.0; STEPS.len()] }
    }

    /// Reads a table for each signal, and one for the steps; what is not named is 0.
    ///
    /// # Errors
    /// Text that is no such table, a signal or feature that does not exist, a weight that is no finite number.
    pub fn parse(text: &str) -> Result<Self> {
        let mut file: File =
            toml::from_str(text).map_err(|e| Error::input("weights are not a TOML table").caused_by(e))?;
        let mut take = |table: &str, feature: &str| {
            file.0.get_mut(table).and_then(|t| t.remove(feature)).unwrap_or_default()
        };
        let names = SIGNALS.iter().flat_map(|s| s.features.iter().map(move |f| (s.name, *f)));
        let features: Vec<f32> = names.map(|(signal, feature)| take(signal, feature)).collect();
        let steps: Vec<f32> = STEPS.iter().map(|step| take("step", step)).collect();
        if features.iter().chain(&steps).any(|weight| !weight.is_finite()) {
            return Err(Error::input("a weight is no finite number"));
        }
        match file.0.iter().find_map(|(table, left)| left.keys().next().map(|feature| (table, feature))) {
            None => Ok(Self { features, steps }),
            Some((table, feature)) => {
                Err(Error::input(format!("there is no feature `{feature}` of `{table}`"))
                    .remedy("write the weights again with `duizhao tune`"))
            }
        }
    }

    /// The table, as [`Weights::parse`] reads it.
    pub fn to_toml(&self) -> String {
        let mut features = self.features.iter();
        let mut text = String::new();
        let mut table = |name: &str, entries: Vec<(&str, f32)>| {
            text.push_str(&format!("[{name}]\n"));
            for (feature, value) in entries {
                text.push_str(&format!("{feature} = {value:.4}\n"));
            }
            text.push('\n');
        };
        for signal in SIGNALS {
            let values = signal.features.iter().map(|f| (*f, features.next().copied().unwrap_or_default()));
            table(signal.name, values.collect());
        }
        table("step", STEPS.iter().copied().zip(self.steps.iter().copied()).collect());
        text
    }

    /// Identifies the weights: 12 hexadecimal digits.
    pub fn hash(&self) -> String {
        hex::digits(Sha256::digest(self.to_toml()).get(..6).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_none_is_refused() {
        let weights = Weights::builtin();
        assert_eq!(Weights::parse(&weights.to_toml()).unwrap(), weights);
        assert!(
            weights.features.iter().any(|w| *w != 0.0),
            "the weights that are compiled in cannot be read"
        );
        assert!(Weights::parse("[shape]\n1-1 = nan").is_err());
        assert!(Weights::parse("[shape]\n1-0 = inf").is_err());
        assert!(Weights::parse("[shape]\n9-9 = 1.0").is_err());
    }
}
