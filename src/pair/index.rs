//! The originals, indexed by their keys.

use super::fingerprint::{Fingerprint, Term};
use std::collections::HashMap;

/// Articles that a key's frequency is taken from before any was seen, so that small collections, too, know what
/// is rare; and the share of them that has the key.
const PRIOR: (f32, f32) = (20.0, 0.02);
/// Keys of more originals than this do not help to find one; leaving them out bounds the time a post takes.
const MOST_POSTINGS: u32 = 1000;
/// How many postings are read for a post, rare keys first.
const POSTINGS_READ: usize = 50_000;

/// An original's terms, packed: five bytes each.
#[derive(Debug, Default)]
pub(super) struct Original {
    ids: Box<[u32]>,
    packed: Box<[u8]>,
}

impl Original {
    /// Whether it has a key.
    pub fn has(&self, id: u32) -> bool {
        self.ids.binary_search(&id).is_ok()
    }

    /// Its names and numbers, by ascending key number.
    pub fn kept_terms(&self) -> impl Iterator<Item = (u32, Term)> {
        let terms =
            self.ids.iter().zip(&self.packed).map(|(&id, &packed)| (id, Term::unpack(id.into(), packed)));
        terms.filter(|(_, term)| term.keeps)
    }

    /// The share of the keys of both that both have (Jaccard), 0–1.
    pub fn overlap(&self, other: &Self) -> f32 {
        let both = self.ids.iter().filter(|&&id| other.has(id)).count();
        let all = self.ids.len() + other.ids.len() - both;
        if all == 0 { 0.0 } else { both as f32 / all as f32 }
    }
}

/// All originals of a run. Numbers of originals are their places in the order in which they were added.
#[derive(Debug, Default)]
pub(super) struct Index {
    numbers: HashMap<u64, u32>,
    frequency: Vec<u32>,
    originals: Vec<Original>,
    /// Where each key's postings start in `postings`, and, last, where they end.
    starts: Vec<u32>,
    postings: Vec<u32>,
}

impl Index {
    /// An index of the given originals.
    pub fn of<'a>(originals: impl IntoIterator<Item = &'a Fingerprint>) -> Self {
        let mut index = Self::default();
        originals.into_iter().for_each(|print| index.add(print));
        index.finish();
        index
    }

    /// Adds an original; [`Self::finish`] must follow the last.
    pub fn add(&mut self, print: &Fingerprint) {
        let mut terms: Vec<(u32, u8)> = Vec::with_capacity(print.terms.len());
        for term in &print.terms {
            let next = u32::try_from(self.frequency.len()).unwrap_or(u32::MAX);
            let id = *self.numbers.entry(term.key).or_insert(next);
            if id == next {
                self.frequency.push(0);
            }
            if let Some(frequency) = self.frequency.get_mut(id as usize) {
                *frequency += 1;
            }
            terms.push((id, term.pack()));
        }
        terms.sort_unstable();
        let (ids, packed): (Vec<u32>, Vec<u8>) = terms.into_iter().unzip();
        self.originals.push(Original { ids: ids.into(), packed: packed.into() });
    }

    /// Makes the lists by which originals are found.
    pub fn finish(&mut self) {
        let length = |&frequency: &u32| if frequency > MOST_POSTINGS { 0 } else { frequency };
        let mut end = 0u32;
        self.starts = std::iter::once(0)
            .chain(self.frequency.iter().map(|f| {
                end = end.saturating_add(length(f));
                end
            }))
            .collect();
        let mut next = self.starts.clone();
        self.postings = vec![0; end as usize];
        for (number, original) in (0u32..).zip(&self.originals) {
            for &id in &original.ids {
                if self.frequency.get(id as usize).is_some_and(|f| length(f) > 0)
                    && let Some(slot) = next.get_mut(id as usize)
                {
                    if let Some(posting) = self.postings.get_mut(*slot as usize) {
                        *posting = number;
                    }
                    *slot += 1;
                }
            }
        }
    }

    /// The number of a key; `None` if no original has it.
    pub fn id(&self, key: u64) -> Option<u32> {
        self.numbers.get(&key).copied()
    }

    /// The share of articles that have a key by chance, 0–1 exclusive.
    pub fn share(&self, id: Option<u32>) -> f32 {
        let frequency = id.and_then(|id| self.frequency.get(id as usize)).copied().unwrap_or(0);
        (frequency as f32 + PRIOR.0 * PRIOR.1) / (self.originals.len() as f32 + PRIOR.0)
    }

    /// The original of a number.
    pub fn original(&self, number: usize) -> Option<&Original> {
        self.originals.get(number)
    }

    /// The numbers of up to `most` originals that share the weightiest keys, best first; `leads` are keys with
    /// their weights.
    pub fn nearest(&self, leads: impl Iterator<Item = (u32, f32)>, most: usize) -> Vec<usize> {
        let mut leads: Vec<(&[u32], f32)> =
            leads.map(|(id, weight)| (self.postings_of(id), weight)).collect();
        leads.sort_by_key(|(postings, _)| postings.len());
        let mut sums = vec![0f32; self.originals.len()];
        let mut read = 0;
        for (postings, weight) in leads {
            read += postings.len();
            if read > POSTINGS_READ {
                break;
            }
            for &number in postings {
                if let Some(sum) = sums.get_mut(number as usize) {
                    *sum += weight;
                }
            }
        }
        let mut found: Vec<(usize, f32)> =
            sums.into_iter().enumerate().filter(|&(_, sum)| sum > 0.0).collect();
        let better = |a: &(usize, f32), b: &(usize, f32)| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0));
        if found.len() > most {
            found.select_nth_unstable_by(most, better);
            found.truncate(most);
        }
        found.sort_unstable_by(better);
        found.into_iter().map(|(number, _)| number).collect()
    }

    fn postings_of(&self, id: u32) -> &[u32] {
        let bound = |i: usize| self.starts.get(i).map(|&start| start as usize);
        let (Some(start), Some(end)) = (bound(id as usize), bound(id as usize + 1)) else { return &[] };
        self.postings.get(start..end).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn print(keys: &[u64]) -> Fingerprint {
        let term = |&key| Term { key, count: 1, in_title: false, keeps: true };
        Fingerprint { terms: keys.iter().map(term).collect(), words: Vec::new() }
    }

    #[test]
    fn finds_originals_by_the_keys_they_share() {
        let index = Index::of(&[print(&[10, 20, 30]), print(&[20, 40]), print(&[]), print(&[10, 20, 30])]);
        let id = |key| index.id(key).unwrap();
        assert_eq!(index.nearest([(id(20), 1.0), (id(40), 1.0)].into_iter(), 9), [1, 0, 3]);
        assert_eq!(index.nearest([(id(30), 1.0)].into_iter(), 1), [0]);
        assert_eq!(index.nearest(std::iter::empty(), 9), Vec::<usize>::new());
        assert_eq!(index.id(50), None);
        assert!(index.share(None) < index.share(Some(id(40))));
        assert!(index.share(Some(id(40))) < index.share(Some(id(20))));
        let overlap = |a, b| index.original(a).unwrap().overlap(index.original(b).unwrap());
        assert_eq!((overlap(0, 3), overlap(0, 1), overlap(2, 2)), (1.0, 0.25, 0.0));
    }

    #[test]
    fn packing_keeps_what_scoring_needs() {
        for (count, in_title, keeps) in [(1, false, true), (63, true, false), (200, true, true)] {
            let term = Term { key: 7, count, in_title, keeps };
            assert_eq!(Term::unpack(7, term.pack()), Term { count: count.min(63), ..term });
        }
    }
}
