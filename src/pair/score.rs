//! How well two contents agree, as a likelihood ratio.
//!
//! Each clue – a name, number or word of the post, a name or number of the original – is found on the other side
//! with one probability if the post translates the original and with another if it does not. The logarithms of the
//! two probabilities' ratio add up to the evidence for the pair; divided by the evidence that a translation of
//! this post is expected to give, they make a score that is comparable between long and short posts and between
//! posts full of names and posts without: about 1 for a translation, under 0 for articles that merely share a
//! subject area. The probabilities for translations were measured on 49 posts with known originals; those for
//! other articles are the key's frequency in the collection, which is the idea behind inverse document frequency
//! (K. Spärck Jones 1972, doi:10.1108/eb026526).

use super::fingerprint::{Fingerprint, Term};
use super::index::{Index, Original};

/// How often a name or number of a post stands in its original (measured: names .92, numbers .94).
const TERM_KEPT: f32 = 0.92;
/// How often a name or number of an original is found in its translation (measured: names .78, numbers .93).
const TERM_TRANSLATED: f32 = 0.85;
/// How often a word has the translation that its dictionary gives, beyond chance (measured with CC-CEDICT: .4).
const WORD_TRANSLATED: f32 = 0.4;
/// Rarer keys count as this rare: the keys of one story occur together, so their evidence is not independent.
const RAREST: f32 = 0.02;
/// The weight of a word beside that of a name: a post has more words than names, and they go together.
const WORD_WEIGHT: f32 = 0.5;
/// The weight of a clue in the direction from original to post: posts leave paragraphs out.
const BACKWARD_WEIGHT: f32 = 0.5;
/// The weight of a clue that the title has.
const TITLE_WEIGHT: f32 = 1.5;
/// Evidence, in nats, by which a score is drawn towards 0: a handful of clues proves nothing.
const SHRINKAGE: f32 = 5.0;

/// Something that an article would have in common with its counterpart.
#[derive(Debug)]
struct Clue {
    /// The keys any of which confirms it, as the index numbers them.
    ids: Vec<u32>,
    /// What it adds to the evidence if confirmed.
    hit: f32,
    /// What it adds if not; negative.
    miss: f32,
}

/// A post, prepared for comparison with the originals of one index.
#[derive(Debug)]
pub(super) struct Query {
    clues: Vec<Clue>,
    /// The evidence that a translation is expected to give.
    expected: f32,
    /// All keys that the post has or can be translated to, ascending.
    reach: Vec<u32>,
}

impl Query {
    /// Prepares a post.
    pub fn of(post: &Fingerprint, index: &Index) -> Self {
        let mut query = Self::by_names(post, index);
        for word in &post.words {
            let none = word.translations.iter().map(|&key| 1.0 - index.share(index.id(key))).product::<f32>();
            let chance = (1.0 - none).clamp(RAREST, 0.95);
            let odds = Odds::new(WORD_TRANSLATED + (1.0 - WORD_TRANSLATED) * chance, chance);
            let ids = word.translations.iter().filter_map(|&key| index.id(key)).collect();
            query.add(ids, odds, WORD_WEIGHT * weight(word.count, word.in_title));
        }
        query.ready()
    }

    /// Prepares a post of which only names and numbers are to judge.
    fn of_names(post: &Fingerprint, index: &Index) -> Self {
        Self::by_names(post, index).ready()
    }

    fn by_names(post: &Fingerprint, index: &Index) -> Self {
        let mut query = Self { clues: Vec::new(), expected: 0.0, reach: Vec::new() };
        for term in &post.terms {
            let id = index.id(term.key);
            let chance = index.share(id).clamp(RAREST, 0.85);
            let weight = weight(term.count, term.in_title);
            query.add(id.into_iter().collect(), Odds::new(TERM_KEPT.max(chance + 0.02), chance), weight);
        }
        query
    }

    fn ready(mut self) -> Self {
        self.reach.sort_unstable();
        self.reach.dedup();
        self
    }

    fn add(&mut self, ids: Vec<u32>, odds: Odds, weight: f32) {
        self.reach.extend(&ids);
        self.expected += weight * odds.expected;
        self.clues.push(Clue { ids, hit: weight * odds.hit, miss: weight * odds.miss });
    }

    /// The keys by which originals can be found, with what they add to the evidence.
    pub fn leads(&self) -> impl Iterator<Item = (u32, f32)> {
        self.clues.iter().flat_map(|clue| clue.ids.iter().map(|&id| (id, clue.hit - clue.miss)))
    }

    /// How well `original` agrees: about 1 for the post's own, with no bound either way.
    pub fn score(&self, original: &Original, index: &Index) -> f32 {
        let confirmed = |clue: &Clue| clue.ids.iter().any(|&id| original.has(id));
        let mut evidence: f32 = self.clues.iter().map(|c| if confirmed(c) { c.hit } else { c.miss }).sum();
        let mut expected = self.expected;
        for (id, term) in original.kept_terms() {
            let chance = index.share(Some(id)).clamp(RAREST, 0.85);
            let odds = Odds::new(TERM_TRANSLATED.max(chance + 0.02), chance);
            let weight = BACKWARD_WEIGHT * weight(term.count, term.in_title);
            let found = self.reach.binary_search(&id).is_ok();
            evidence += weight * if found { odds.hit } else { odds.miss };
            expected += weight * odds.expected;
        }
        evidence / (expected + SHRINKAGE)
    }
}

/// What a clue says, in nats.
struct Odds {
    hit: f32,
    miss: f32,
    expected: f32,
}

impl Odds {
    /// For a clue found with probability `pair` in a translation's counterpart and `chance` in another article.
    fn new(pair: f32, chance: f32) -> Self {
        let (hit, miss) = ((pair / chance).ln(), ((1.0 - pair) / (1.0 - chance)).ln());
        Self { hit, miss, expected: pair * hit + (1.0 - pair) * miss }
    }
}

/// A term's weight: it grows slowly with its count, as repetitions are no independent evidence.
fn weight(count: u8, in_title: bool) -> f32 {
    (1.0 + f32::from(count.max(1)).ln()) * if in_title { TITLE_WEIGHT } else { 1.0 }
}

impl Term {
    /// The term packed for the index: count up to 63, and two marks.
    pub(super) fn pack(self) -> u8 {
        self.count.min(63) << 2 | u8::from(self.in_title) << 1 | u8::from(self.keeps)
    }

    /// A packed term of the given key.
    pub(super) fn unpack(key: u64, packed: u8) -> Self {
        Self { key, count: packed >> 2, in_title: packed & 2 != 0, keeps: packed & 1 != 0 }
    }
}

/// The least evidence that a post must promise for its content to speak against a citation, in nats.
const JUDGEABLE: f32 = 20.0;

/// How well a post agrees with one original alone; `None` if the post has too few clues to tell.
///
/// Without a collection nobody knows which words are common, so names and numbers judge where there are enough.
pub(super) fn alone(post: &Fingerprint, original: &Fingerprint) -> Option<f32> {
    let index = Index::of([original]);
    let whole = Query::of(post, &index);
    let names = Query { reach: whole.reach.clone(), ..Query::of_names(post, &index) };
    let judge = [names, whole].into_iter().find(|query| query.expected >= JUDGEABLE)?;
    Some(judge.score(index.original(0)?, &index))
}

/// A similarity that [`alone`] does not fall below, by names and numbers alone; `None` if the post has too few.
///
/// Where they judge, the post's words can but confirm names of the original.
pub(super) fn at_least(post: &Fingerprint, original: &Fingerprint) -> Option<f32> {
    let index = Index::of([original]);
    let names = Query::of_names(post, &index);
    let original = index.original(0).filter(|_| names.expected >= JUDGEABLE)?;
    Some(names.score(original, &index))
}
