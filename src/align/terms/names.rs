//! Names that machine translation mangled: `quak fox` for `QakFox`.

use super::{Interner, Sentence};
use crate::text::latin;
use std::collections::{BTreeMap, HashSet};

/// The most comparisons made in search of mangled names; books would take minutes.
const COMPARISONS: usize = 20_000_000;
/// What is less alike than this is another name.
const ALIKE: f32 = 0.6;

/// Latin types of the Chinese side that stand nowhere in the English but resemble a word that does, best first; none at
/// all if the documents have too many words to compare them all.
pub(super) fn alike(latin: &Interner, en: &[Sentence]) -> Vec<Vec<(u32, f32)>> {
    let mut like = vec![Vec::new(); latin.types.len()];
    let in_english: HashSet<u32> = en.iter().flat_map(|s| &s.latin).copied().collect();
    let sorted: BTreeMap<&str, u32> = latin.types.iter().map(|(w, &id)| (w.as_str(), id)).collect();
    let pairs = sorted.into_iter().filter(|(w, _)| w.len() >= 5).map(|(w, id)| (latin::pairs(w), id));
    let (known, strangers): (Vec<_>, Vec<_>) = pairs.partition(|(_, id)| in_english.contains(id));
    if known.len() * strangers.len() > COMPARISONS {
        return like;
    }
    for (stranger, id) in strangers {
        let Some(found) = like.get_mut(id as usize) else { continue };
        for (word, other) in &known {
            let similarity = latin::similarity(&stranger, word);
            if similarity >= ALIKE {
                found.push((*other, similarity));
            }
        }
        // Stable: equally similar words stay in alphabetical order.
        found.sort_by(|a, b| b.1.total_cmp(&a.1));
    }
    like
}
