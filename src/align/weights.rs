//! What each feature counts: a readable table, learned and never set by hand.

use super::engine::Engine;
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
pub struct Set {
    /// In the order of [`SIGNALS`] and their features.
    pub features: Vec<f32>,
    /// In the order of [`STEPS`].
    pub steps: Vec<f32>,
}

/// Weights for close translations, and what is added to them as a translation gets freer.
///
/// News is translated sentence by sentence in words that a lexicon knows, a novel is not: there a pair of sentences that
/// shares a third of its words is a good one, few are left out, and many are split. How free a translation is shows in
/// what its sentences find on the other side: see `looseness`.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// For translations whose looseness is 0.
    pub close: Set,
    /// Is added in proportion to looseness.
    pub loose: Set,
}

/// How free a translation is, 0–1, from what its sentences find on the other side at best, on average (0–1). Texts that
/// have nothing in common are no free translation: for them it falls back to 0.
pub fn looseness(typical: f32) -> f32 {
    let free = ((CLOSE - typical) / (CLOSE - LOOSE)).clamp(0.0, 1.0);
    let related = ((typical - STRANGERS.0) / (STRANGERS.1 - STRANGERS.0)).clamp(0.0, 1.0);
    free * related
}

/// Sentences of news find more than this, and those of novels less than that: measured on real ones.
const CLOSE: f32 = 0.50;
const LOOSE: f32 = 0.36;
/// Sentences of texts that have nothing to do with each other find less than the one, novels more than the other.
const STRANGERS: (f32, f32) = (0.10, 0.16);

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct File(BTreeMap<String, BTreeMap<String, BTreeMap<String, f32>>>);

static LEXICON: LazyLock<Weights> = LazyLock::new(|| compiled_in(include_str!("weights/lexicon.toml")));
static ENCODER: LazyLock<Weights> = LazyLock::new(|| compiled_in(include_str!("weights/encoder.toml")));

fn compiled_in(text: &str) -> Weights {
    Weights::parse(text).unwrap_or_else(|_| Weights::zero())
}

impl Set {
    /// All weights zero: what learning starts from.
    pub fn zero() -> Self {
        Self { features: vec![0.0; super::signals::feature_count()], steps: vec![0.0; STEPS.len()] }
    }

    /// Adds another set, multiplied.
    pub fn add(&mut self, other: &Self, factor: f32) {
        self.features.iter_mut().zip(&other.features).for_each(|(a, b)| *a += factor * b);
        self.steps.iter_mut().zip(&other.steps).for_each(|(a, b)| *a += factor * b);
    }

    fn tables(&self) -> BTreeMap<String, BTreeMap<String, f32>> {
        let mut features = self.features.iter().copied();
        let mut tables: BTreeMap<String, BTreeMap<String, f32>> = BTreeMap::new();
        for signal in SIGNALS {
            let own = signal.features.iter().map(|f| (*f).to_owned()).zip(features.by_ref());
            tables.insert(signal.name.to_owned(), own.collect());
        }
        let steps = STEPS.iter().map(|s| (*s).to_owned()).zip(self.steps.iter().copied());
        tables.insert("step".to_owned(), steps.collect());
        tables
    }
}

impl Weights {
    /// The weights that are compiled in for an engine (`src/align/weights/`).
    pub fn builtin(engine: &Engine) -> Self {
        match engine {
            Engine::Lexicon => LEXICON.clone(),
            Engine::Encoder(_) => ENCODER.clone(),
        }
    }

    /// All weights zero: what learning starts from.
    pub fn zero() -> Self {
        Self { close: Set::zero(), loose: Set::zero() }
    }

    /// The weights for documents of this looseness.
    pub fn at(&self, looseness: f32) -> Set {
        let mut set = self.close.clone();
        set.add(&self.loose, looseness);
        set
    }

    /// Reads tables `[close.SIGNAL]` and `[loose.SIGNAL]`, and `step` for the steps; what is not named is 0.
    ///
    /// # Errors
    /// Text that is no such table, a signal or feature that does not exist, a weight that is no finite number.
    pub fn parse(text: &str) -> Result<Self> {
        let mut file: File =
            toml::from_str(text).map_err(|e| Error::input("weights are not a TOML table").caused_by(e))?;
        let weights = Self { close: file.take("close"), loose: file.take("loose") };
        let all =
            [&weights.close.features, &weights.close.steps, &weights.loose.features, &weights.loose.steps];
        if all.into_iter().flatten().any(|weight| !weight.is_finite()) {
            return Err(Error::input("a weight is no finite number"));
        }
        let left = file
            .0
            .iter()
            .flat_map(|(set, tables)| tables.iter().map(move |(table, left)| (set, table, left)));
        match left.filter_map(|(set, table, left)| Some((set, table, left.keys().next()?))).next() {
            None => Ok(weights),
            Some((set, table, feature)) => {
                Err(Error::input(format!("there is no feature `{feature}` of `{set}.{table}`"))
                    .remedy("write the weights again with `duizhao tune`"))
            }
        }
    }

    /// The tables, as [`Weights::parse`] reads them.
    pub fn to_toml(&self) -> String {
        let mut text = String::new();
        for (name, set) in [("close", &self.close), ("loose", &self.loose)] {
            let mut tables = set.tables();
            for table in SIGNALS.iter().map(|signal| signal.name).chain(["step"]) {
                let Some(values) = tables.remove(table) else { continue };
                text.push_str(&format!("[{name}.{table}]\n"));
                let order = SIGNALS.iter().find(|s| s.name == table).map_or(STEPS, |s| s.features);
                for feature in order {
                    let value = values.get(*feature).copied().unwrap_or_default();
                    text.push_str(&format!("{feature} = {value:.4}\n"));
                }
                text.push('\n');
            }
        }
        text
    }

    /// Identifies the weights: 12 hexadecimal digits.
    pub fn hash(&self) -> String {
        let sets = [&self.close, &self.loose];
        let weights = sets.into_iter().flat_map(|set| set.features.iter().chain(&set.steps));
        let bytes: Vec<u8> = weights.flat_map(|weight| weight.to_le_bytes()).collect();
        hex::digits(Sha256::digest(bytes).get(..6).unwrap_or_default())
    }
}

impl File {
    /// Takes the weights of one set out of the tables.
    fn take(&mut self, set: &str) -> Set {
        let mut take = |table: &str, feature: &str| {
            let table = self.0.get_mut(set).and_then(|tables| tables.get_mut(table));
            table.and_then(|t| t.remove(feature)).unwrap_or_default()
        };
        let names = SIGNALS.iter().flat_map(|s| s.features.iter().map(move |f| (s.name, *f)));
        let features = names.map(|(signal, feature)| take(signal, feature)).collect();
        let steps = STEPS.iter().map(|step| take("step", step)).collect();
        Set { features, steps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_none_is_refused() {
        let weights = Weights::builtin(&Engine::Lexicon);
        assert_eq!(Weights::parse(&weights.to_toml()).unwrap(), weights);
        assert!(
            weights.close.features.iter().any(|w| *w != 0.0),
            "the weights that are compiled in cannot be read"
        );
        assert!(Weights::parse("[close.shape]\n1-1 = nan").is_err());
        assert!(Weights::parse("[loose.shape]\n1-0 = inf").is_err());
        assert!(Weights::parse("[close.shape]\n9-9 = 1.0").is_err());
    }
}
