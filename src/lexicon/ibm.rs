//! IBM Model 1 (Brown, Della Pietra, Della Pietra and Mercer 1993): which words of two languages stand for each other,
//! learned from sentences that do.
//!
//! It is run in both directions, each with an empty word that explains what nothing else does. Maximum likelihood makes
//! rare words translate everything beside them; a sparse Dirichlet prior over each word's renderings, with variational
//! Bayes in place of plain expectation maximisation, mends that (Riley and Gildea 2012, "Improving the IBM Alignment
//! Models Using Variational Bayes"). What is known beforehand raises the prior of its pair, so that words with known
//! renderings explain these, and leave the rest to the words that nobody knows yet.

use crate::model::Sides;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// How to train.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Config {
    /// Rounds of expectation and maximisation.
    pub rounds: usize,
    /// The Dirichlet prior of a pair of which nothing is known, in occurrences; the smaller, the fewer renderings a word
    /// gets.
    pub prior: f64,
    /// What full knowledge of a pair (weight 1) adds to its prior, in occurrences.
    pub known: f64,
    /// In how many beads a pair of words must stand.
    pub min_count: u32,
    /// The least weight of a rendering, 0–1.
    pub min_weight: f32,
    /// The most renderings of a word; the weightiest are kept.
    pub most: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { rounds: 6, prior: 0.003, known: 1.0, min_count: 2, min_weight: 0.1, most: 8 }
    }
}

/// A rendering that was learned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Learned {
    /// The Chinese word.
    pub zh: u32,
    /// The English word.
    pub en: u32,
    /// The geometric mean of the probabilities that either is rendered by the other, 0–1.
    pub weight: f32,
}

/// Learns which words render each other, from beads of words by number; `known` says how well a Chinese and an English
/// word are known to render each other, 0–1. Comes in order of the Chinese words and, in a word, of the English ones.
///
/// The order of the beads and of their words makes no difference, not even a rounding one. Memory grows with the number
/// of different pairs of words that share a bead.
pub fn train(
    beads: &[Sides<Vec<u32>>],
    known: impl Fn(u32, u32) -> f32 + Sync,
    config: &Config,
) -> Vec<Learned> {
    let beads = counted(beads);
    let directions = [false, true];
    let tables: Vec<Table> = directions
        .par_iter()
        .map(|&back| Direction { beads: &beads, back, known: &known, config }.learn())
        .collect();
    let [there, back] = tables.as_slice() else { return Vec::new() };
    let counts = there.shared(&beads);
    let mut learned: BTreeMap<u32, Vec<Learned>> = BTreeMap::new();
    for ((&pair, &probability), _) in there
        .pairs
        .iter()
        .zip(&there.probability)
        .zip(&counts)
        .filter(|(_, count)| **count >= config.min_count)
    {
        let (zh, en) = apart(pair);
        let weight = (probability * back.of(en, zh)).sqrt() as f32;
        // The empty word renders nothing.
        if weight >= config.min_weight && zh != EMPTY && en != EMPTY {
            learned.entry(zh).or_default().push(Learned { zh, en, weight });
        }
    }
    for renderings in learned.values_mut() {
        renderings.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.en.cmp(&b.en)));
        renderings.truncate(config.most);
        renderings.sort_by_key(|r| r.en);
    }
    learned.into_values().flatten().collect()
}

/// Stands on the explaining side of every bead.
const EMPTY: u32 = u32::MAX;

/// A bead whose words are in order, and how often there is one like it.
type Counted = (Sides<Vec<u32>>, f64);

/// Beads in an order of their own, equal ones once.
fn counted(beads: &[Sides<Vec<u32>>]) -> Vec<Counted> {
    let mut counted: BTreeMap<(Vec<u32>, Vec<u32>), f64> = BTreeMap::new();
    for bead in beads.iter().filter(|bead| !bead.zh.is_empty() && !bead.en.is_empty()) {
        let Sides { mut zh, mut en } = bead.clone();
        zh.sort_unstable();
        en.sort_unstable();
        *counted.entry((zh, en)).or_default() += 1.0;
    }
    counted.into_iter().map(|((zh, en), count)| (Sides::new(zh, en), count)).collect()
}

fn pair(from: u32, to: u32) -> u64 {
    u64::from(from) << 32 | u64::from(to)
}

fn apart(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// The probability that a word is rendered by another, for each pair that shares a bead.
struct Table {
    /// Ascending; the explaining word in the upper half.
    pairs: Vec<u64>,
    probability: Vec<f64>,
}

impl Table {
    fn of(&self, from: u32, to: u32) -> f64 {
        let at = self.pairs.binary_search(&pair(from, to)).ok();
        at.and_then(|at| self.probability.get(at)).copied().unwrap_or_default()
    }

    /// For each pair, in how many beads it stands.
    fn shared(&self, beads: &[Counted]) -> Vec<u32> {
        let mut counts = vec![0; self.pairs.len()];
        for (bead, times) in beads {
            let Sides { mut zh, mut en } = bead.clone();
            zh.dedup();
            en.dedup();
            for pair in zh.iter().flat_map(|&zh| en.iter().map(move |&en| pair(zh, en))) {
                if let Some(count) = self.pairs.binary_search(&pair).ok().and_then(|at| counts.get_mut(at)) {
                    *count += *times as u32;
                }
            }
        }
        counts
    }
}

/// One direction of the training.
struct Direction<'b, K> {
    beads: &'b [Counted],
    /// English words explain Chinese ones, rather than Chinese words English ones.
    back: bool,
    known: &'b K,
    config: &'b Config,
}

impl<K: Fn(u32, u32) -> f32> Direction<'_, K> {
    fn learn(&self) -> Table {
        let pairs = self.pairs();
        let priors: Vec<f64> = pairs.iter().map(|&pair| self.prior(pair)).collect();
        let probability = vec![1.0; pairs.len()];
        let mut table = Table { pairs, probability };
        for _ in 0..self.config.rounds {
            let expected = self.expect(&table);
            table.maximise(&priors, expected);
        }
        table
    }

    /// The words that explain, the empty one last, and those that are explained.
    fn sides<'a>(
        &self,
        bead: &'a Sides<Vec<u32>>,
    ) -> (impl Iterator<Item = u32> + Clone + use<'a, K>, &'a [u32]) {
        let (from, to) = if self.back { (&bead.en, &bead.zh) } else { (&bead.zh, &bead.en) };
        (from.iter().copied().chain([EMPTY]), to)
    }

    /// Every pair that shares a bead, ascending.
    fn pairs(&self) -> Vec<u64> {
        let (mut pairs, mut enough) = (Vec::new(), LEAST_PAIRS);
        for (bead, _) in self.beads {
            let (from, to) = self.sides(bead);
            pairs.extend(from.flat_map(|from| to.iter().map(move |&to| pair(from, to))));
            if pairs.len() > enough {
                settle(&mut pairs);
                enough = LEAST_PAIRS.max(2 * pairs.len());
            }
        }
        settle(&mut pairs);
        pairs.shrink_to_fit();
        pairs
    }

    fn prior(&self, pair: u64) -> f64 {
        let known = match apart(pair) {
            (EMPTY, _) => 0.0,
            (en, zh) if self.back => (self.known)(zh, en),
            (zh, en) => (self.known)(zh, en),
        };
        self.config.prior + self.config.known * f64::from(known)
    }

    /// How often each pair is expected to be one of a word and its rendering, if the table is right.
    fn expect(&self, table: &Table) -> Vec<f64> {
        let mut expected = vec![0.0; table.pairs.len()];
        let mut found: Vec<(usize, f64)> = Vec::new();
        for (bead, times) in self.beads {
            let (from, to) = self.sides(bead);
            for &to in to {
                found.clear();
                found.extend(from.clone().filter_map(|from| {
                    let at = table.pairs.binary_search(&pair(from, to)).ok()?;
                    Some((at, table.probability.get(at).copied()?))
                }));
                let total: f64 = found.iter().map(|(_, probability)| probability).sum();
                for &(at, probability) in found.iter().filter(|_| total > 0.0) {
                    if let Some(expected) = expected.get_mut(at) {
                        *expected += times * probability / total;
                    }
                }
            }
        }
        expected
    }
}

/// Pairs are sorted and thinned out when there are twice as many as last time, but no fewer than these.
const LEAST_PAIRS: usize = 1 << 22;

fn settle(pairs: &mut Vec<u64>) {
    pairs.sort_unstable();
    pairs.dedup();
}

impl Table {
    /// The probabilities that follow from what was expected: of each, the geometric mean under its posterior.
    fn maximise(&mut self, priors: &[f64], mut expected: Vec<f64>) {
        expected.iter_mut().zip(priors).for_each(|(count, prior)| *count += prior);
        let words = self.pairs.chunk_by(|a, b| apart(*a).0 == apart(*b).0);
        let mut start = 0;
        for word in words {
            let range = start..start + word.len();
            start = range.end;
            let (Some(counts), Some(probability)) =
                (expected.get(range.clone()), self.probability.get_mut(range))
            else {
                return;
            };
            let total = digamma(counts.iter().sum());
            for (probability, &count) in probability.iter_mut().zip(counts) {
                *probability = (digamma(count) - total).exp();
            }
        }
    }
}

/// The logarithmic derivative of the gamma function, for positive numbers: the recurrence up to 6, the asymptotic
/// series from there (Abramowitz and Stegun 1964, 6.3.5 and 6.3.18), to ten digits.
fn digamma(mut x: f64) -> f64 {
    let mut sum = 0.0;
    while x < 6.0 {
        sum -= 1.0 / x;
        x += 1.0;
    }
    let square = 1.0 / (x * x);
    let series = square * (1.0 / 12.0 - square * (1.0 / 120.0 - square * (1.0 / 252.0 - square / 240.0)));
    sum + x.ln() - 0.5 / x - series
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bead(zh: &[u32], en: &[u32]) -> Sides<Vec<u32>> {
        Sides::new(zh.to_vec(), en.to_vec())
    }

    fn beads() -> impl Strategy<Value = Vec<Sides<Vec<u32>>>> {
        let side = || prop::collection::vec(0u32..12, 0..7);
        prop::collection::vec((side(), side()).prop_map(|(zh, en)| Sides::new(zh, en)), 0..20)
    }

    fn nothing(_: u32, _: u32) -> f32 {
        0.0
    }

    #[test]
    fn digamma_is_as_tabled() {
        for (x, value) in [
            (1.0, -0.577_215_664_9),
            (0.5, -1.963_510_026_0),
            (10.0, 2.251_752_589_1),
            (0.01, -100.560_885_457_9),
        ] {
            assert!((digamma(x) - value).abs() < 1e-9, "{x}: {}", digamma(x));
        }
    }

    #[test]
    fn what_always_goes_together_is_told_apart_from_what_stands_beside_it() {
        let beads = [bead(&[0, 1], &[10, 11]), bead(&[1, 2], &[11, 12]), bead(&[0, 2], &[10, 12])];
        let config = Config { min_count: 1, ..Config::default() };
        let best: Vec<(u32, u32)> = train(&beads, nothing, &config).iter().map(|r| (r.zh, r.en)).collect();
        assert_eq!(best, [(0, 10), (1, 11), (2, 12)]);
    }

    #[test]
    fn what_is_known_leaves_the_rest_to_the_unknown() {
        let beads = [bead(&[0, 1], &[10, 11]), bead(&[0, 1], &[10, 11])];
        let known = |zh, en| if (zh, en) == (0, 10) { 1.0 } else { 0.0 };
        let learned = train(&beads, known, &Config::default());
        let weight = |zh, en| learned.iter().find(|r| (r.zh, r.en) == (zh, en)).map_or(0.0, |r| r.weight);
        assert!(weight(1, 11) > 0.5 && weight(1, 10) < weight(1, 11) / 2.0, "{learned:?}");
    }

    #[test]
    fn rare_pairs_and_weak_ones_are_left_out() {
        let beads =
            [bead(&[0], &[10]), bead(&[1], &[11]), bead(&[1], &[11]), bead(&[], &[11]), bead(&[1], &[])];
        let learned = train(&beads, nothing, &Config::default());
        assert_eq!(learned.iter().map(|r| (r.zh, r.en)).collect::<Vec<_>>(), [(1, 11)]);
        assert!(train(&beads, nothing, &Config { min_weight: 1.1, ..Config::default() }).is_empty());
    }

    proptest! {
        #[test]
        fn probabilities_add_up_to_no_more_than_one(beads in beads(), back in any::<bool>()) {
            let (beads, config) = (counted(&beads), Config::default());
            let known = |zh: u32, en: u32| if zh == en { 0.7 } else { 0.0 };
            let table = Direction { beads: &beads, back, known: &known, config: &config }.learn();
            let mut sums: BTreeMap<u32, f64> = BTreeMap::new();
            for (&pair, &probability) in table.pairs.iter().zip(&table.probability) {
                prop_assert!((0.0..=1.0).contains(&probability), "{probability}");
                *sums.entry(apart(pair).0).or_default() += probability;
            }
            prop_assert!(sums.values().all(|sum| *sum <= 1.0 + 1e-9), "{:?}", sums);
        }

        #[test]
        fn the_order_makes_no_difference(beads in beads(), seed in any::<u64>()) {
            let config = Config { min_weight: 0.0, min_count: 1, ..Config::default() };
            let mut other = beads.clone();
            other.sort_by_key(|bead| (bead.zh.len() as u64 ^ seed).wrapping_mul(0x9e37_79b9_7f4a_7c15));
            for bead in &mut other {
                bead.zh.reverse();
                let by = usize::from(!bead.en.is_empty());
                bead.en.rotate_left(by);
            }
            prop_assert_eq!(train(&beads, nothing, &config), train(&other, nothing, &config));
        }

        /// Words drawn from a dictionary, each sentence translated word for word: the dictionary comes back.
        #[test]
        fn a_planted_dictionary_is_found(sentences in prop::collection::vec(prop::collection::btree_set(0u32..30, 2..7), 150)) {
            let beads: Vec<_> = sentences.iter().map(|zh| {
                let en = zh.iter().map(|word| (word * 7) % 30).collect();
                Sides::new(zh.iter().copied().collect(), en)
            }).collect();
            let mut best: BTreeMap<u32, Learned> = BTreeMap::new();
            for learned in train(&beads, nothing, &Config::default()) {
                let kept = best.entry(learned.zh).or_insert(learned);
                if learned.weight > kept.weight {
                    *kept = learned;
                }
            }
            let right = best.values().filter(|r| r.en == (r.zh * 7) % 30).count();
            prop_assert!(right >= 29, "{right} of 30");
        }
    }
}
