//! Finding texts that are nearly the same among millions, without comparing each with each.
//!
//! Signatures are cut into bands (locality-sensitive hashing, Indyk and Motwani 1998), and only those that share one are
//! compared. There are so many bands that none is missed: two signatures that differ in at most `d` values agree on one of
//! `d + 1` bands. So what "nearly the same" means is settled by signatures alone, and nothing hangs on luck.

use super::minhash::{Signature, VALUES};
use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;
use std::ops::Range;

/// The end of a chain.
const NONE: u32 = u32::MAX;

/// Texts by their signatures; about 300 bytes a text at 0.8, 130 more where both sides must agree.
pub struct Index {
    /// So many values must agree.
    least: usize,
    bands: Vec<Band>,
    signatures: Vec<Signature>,
    /// Those of the other side, where both must agree.
    others: Vec<Signature>,
    tags: Vec<u32>,
}

struct Band {
    values: Range<usize>,
    /// The last text of each value of the band.
    heads: HashTable<u32>,
    /// The text before each with the same value.
    before: Vec<u32>,
}

/// A text like the one that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Match {
    /// What it was put in under.
    pub tag: u32,
    /// In how many of the [`VALUES`] the two agree; where both sides must, the lesser.
    pub agreement: usize,
}

impl Index {
    /// An empty index, in which texts are nearly the same whose signatures agree in this share of their values, 0–1.
    pub fn new(threshold: f64) -> Self {
        let least = ((threshold * VALUES as f64).ceil() as usize).clamp(1, VALUES);
        let count = VALUES - least + 1;
        let band = |n: usize| Band {
            values: n * VALUES / count..(n + 1) * VALUES / count,
            heads: HashTable::new(),
            before: Vec::new(),
        };
        let bands = (0..count).map(band).collect();
        Self { least, bands, signatures: Vec::new(), others: Vec::new(), tags: Vec::new() }
    }

    /// Puts a text in, under a tag; `other` is its other side, where both sides must agree, and then for all texts.
    pub fn insert(&mut self, signature: Signature, other: Option<Signature>, tag: u32) {
        let Ok(new) = u32::try_from(self.signatures.len()) else { return };
        if new == NONE {
            return;
        }
        self.signatures.push(signature);
        self.others.extend(other);
        self.tags.push(tag);
        let Self { bands, signatures, .. } = self;
        for Band { values, heads, before } in bands {
            let of = |n: u32| part(signatures.get(n as usize), values);
            let own = of(new);
            match heads.find_mut(hash(own), |&n| of(n) == own) {
                Some(head) => before.push(std::mem::replace(head, new)),
                None => {
                    before.push(NONE);
                    heads.insert_unique(hash(own), new, |&n| hash(of(n)));
                }
            }
        }
    }

    /// The text most like this one, the first of those that are equally alike; `None` if none is nearly the same.
    pub fn find(&self, signature: &Signature, other: Option<&Signature>) -> Option<Match> {
        let mut best: Option<(usize, u32)> = None;
        for Band { values, heads, before } in &self.bands {
            let own = part(Some(signature), values);
            let head = heads.find(hash(own), |&n| part(self.signatures.get(n as usize), values) == own);
            let mut next = head.copied().unwrap_or(NONE);
            while let Some(candidate) = self.signatures.get(next as usize) {
                let agreement = match (other, self.others.get(next as usize)) {
                    (Some(a), Some(b)) => candidate.agreement(signature).min(a.agreement(b)),
                    _ => candidate.agreement(signature),
                };
                let is_better =
                    best.is_none_or(|(most, which)| agreement > most || agreement == most && next < which);
                if agreement >= self.least && is_better {
                    best = Some((agreement, next));
                }
                next = before.get(next as usize).copied().unwrap_or(NONE);
            }
            // Whatever is the same shares every band, and the first of a band is the first of all.
            if best.is_some_and(|(agreement, _)| agreement == VALUES) {
                break;
            }
        }
        let (agreement, which) = best?;
        Some(Match { tag: *self.tags.get(which as usize)?, agreement })
    }

    /// How many texts it holds.
    pub fn len(&self) -> usize {
        self.signatures.len()
    }

    /// Whether it holds none.
    pub fn is_empty(&self) -> bool {
        self.signatures.is_empty()
    }

    /// How many bytes of memory it takes.
    pub fn bytes(&self) -> usize {
        let band = |band: &Band| band.heads.allocation_size() + band.before.capacity() * size_of::<u32>();
        self.bands.iter().map(band).sum::<usize>()
            + (self.signatures.capacity() + self.others.capacity()) * size_of::<Signature>()
            + self.tags.capacity() * size_of::<u32>()
    }
}

fn part<'s>(signature: Option<&'s Signature>, values: &Range<usize>) -> &'s [u16] {
    signature.and_then(|s| s.values().get(values.clone())).unwrap_or_default()
}

fn hash(values: &[u16]) -> u64 {
    let mut hasher = FxHasher::default();
    values.iter().for_each(|&value| hasher.write_u16(value));
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn signatures(texts: &[String]) -> Vec<Signature> {
        texts.iter().filter_map(|text| Signature::of(text, 3)).collect()
    }

    /// What comparing each with each would find.
    fn by_hand(all: &[Signature], asked: &Signature, threshold: f64) -> Option<Match> {
        let least = (threshold * VALUES as f64).ceil() as usize;
        let agreements = all.iter().enumerate().map(|(n, s)| (s.agreement(asked), n));
        let (agreement, n) = agreements.max_by_key(|&(agreement, n)| (agreement, std::cmp::Reverse(n)))?;
        (agreement >= least).then_some(Match { tag: n as u32, agreement })
    }

    proptest! {
        #[test]
        fn none_is_missed_and_none_is_wrong(
            texts in prop::collection::vec("[ab]{6,14}|[a-d]{20}", 1..40),
            threshold in 0.6f64..=1.0,
        ) {
            let all = signatures(&texts);
            let mut index = Index::new(threshold);
            for (n, signature) in all.iter().enumerate() {
                prop_assert_eq!(index.find(signature, None), by_hand(&all[..n], signature, threshold));
                index.insert(*signature, None, n as u32);
            }
            prop_assert_eq!(index.len(), all.len());
            prop_assert!(index.bytes() > 0);
        }
    }

    #[test]
    fn both_sides_must_agree_where_both_are_given() {
        let signature = |text| Signature::of(text, 3).unwrap();
        let mut index = Index::new(0.8);
        index.insert(signature("攻击者窃取了数据"), Some(signature("one thing was said")), 7);
        let same = signature("攻击者窃取了数据");
        assert_eq!(index.find(&same, Some(&signature("quite another one"))), None);
        let found = index.find(&same, Some(&signature("One thing was said!")));
        assert_eq!(found, Some(Match { tag: 7, agreement: VALUES }));
    }

    #[test]
    fn it_takes_no_more_memory_than_it_says() {
        let mut index = Index::new(0.8);
        for n in 0..20_000u32 {
            index.insert(Signature::of(&format!("sentence {n} of {}", n * 7919), 5).unwrap(), None, n);
        }
        let each = index.bytes() / index.len();
        assert!(each < 520, "{each}");
    }
}
