//! Long documents, cut into blocks that are aligned one by one.
//!
//! Sentences that share words which are rare on both sides are likely translations (I. D. Melamed, Bitext maps and
//! alignment via pattern recognition, Computational Linguistics 25, 1999); the likeliest of them make the path that a
//! full search is confined to (R. C. Moore, Fast and accurate sentence alignment of bilingual corpora, AMTA 2002). Here
//! the path is cut where it is most certain. Time is `O(P log P)` in the pairs, memory linear in the sentences.

use super::Line;
use super::chain::{Point, heaviest};
use crate::lexicon::{Lexicon, is_function_word, stem};
use crate::model::Sides;
use crate::text::numbers::{self, Quantity};
use crate::text::{han, latin};
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// Documents of so many pairs of sentences are searched whole: 500 × 500.
pub const WHOLE: usize = 250_000;
/// A block grows to so many pairs, 300 × 300, in search of a certain cut,
const USUAL: usize = 90_000;
/// and to so many until it takes an uncertain one.
const MOST: usize = 360_000;
/// A block has at least so many sentences on its longer side, if it can.
const LEAST: usize = 100;
/// A key that makes at most so many pairs makes them all; others pair with what is nearest to the path.
const RARE: usize = 64;
/// Behind the path and before it.
const NEAREST: usize = 2;
/// A key in more than this share of the sentences (1 : `COMMON`) says nothing.
const COMMON: usize = 20;
/// A worse rendering is no key.
const GOOD_SENSE: f32 = 0.5;
/// How far a point's neighbours on the chain are looked at, on either side.
const NEAR: usize = 5;
/// How far from a point's diagonal they support it.
const ASIDE: i64 = 2;
/// So many neighbours make a point a part of the path.
const SUPPORTERS: usize = 3;

/// What sentences are compared by.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    /// A stem of the lexicon.
    Stem(u32),
    /// A Latin word in lower case.
    Latin(String),
    /// The bits of a number's value.
    Number(u64),
}

/// Where to cut: the first sentences of every block but the first, strictly ascending on both sides. None if both
/// documents together make no more than [`WHOLE`] pairs.
pub fn cut(lines: &Sides<Vec<Line<'_>>>, lexicon: &Lexicon) -> Vec<(usize, usize)> {
    let end = (lines.zh.len(), lines.en.len());
    if cells((0, 0), end) <= WHOLE {
        return Vec::new();
    }
    let keys = Sides::new(chinese(&lines.zh, lexicon), english(&lines.en, lexicon));
    // The first path starts from the diagonal; the second from the first.
    let path: Vec<(usize, usize)> = places(&anchors(&keys, &[], end).0);
    let (chain, points) = anchors(&keys, &path, end);
    choose(&certain(&chain, &points), end)
}

/// The sentences before the first cut, between cuts, and behind the last.
pub fn between(cuts: &[(usize, usize)], end: (usize, usize)) -> Vec<((usize, usize), (usize, usize))> {
    let ends = cuts.iter().copied().chain([end]);
    std::iter::once((0, 0)).chain(cuts.iter().copied()).zip(ends).collect()
}

fn cells(from: (usize, usize), to: (usize, usize)) -> usize {
    to.0.saturating_sub(from.0).saturating_mul(to.1.saturating_sub(from.1))
}

/// In which sentences each key stands, ascending.
type Postings = HashMap<Key, Vec<u32>>;

fn chinese(lines: &[Line<'_>], lexicon: &Lexicon) -> Postings {
    postings(lines, |line| {
        let words = lexicon.words(line.text).into_iter().filter(|word| word.chars().any(han::is_han));
        let senses = words.flat_map(|word| lexicon.senses(word)).filter(|sense| sense.weight >= GOOD_SENSE);
        let stems = senses.flat_map(|sense| sense.stems).map(Key::Stem);
        let names = latin::words(line.text).map(|word| Key::Latin(word.to_lowercase()));
        stems.chain(names).chain(quantities(numbers::chinese(line.text))).collect()
    })
}

fn english(lines: &[Line<'_>], lexicon: &Lexicon) -> Postings {
    postings(lines, |line| {
        let words = latin::words(line.text).map(str::to_lowercase).filter(|word| !is_function_word(word));
        let keys = words.flat_map(|word| {
            let stem = lexicon.stem_number(&stem(&word)).map(Key::Stem);
            stem.into_iter().chain([Key::Latin(word)])
        });
        keys.chain(quantities(numbers::english(line.text))).collect()
    })
}

fn quantities(quantities: Vec<Quantity>) -> impl Iterator<Item = Key> {
    quantities.into_iter().filter(|q| !q.weak).map(|q| Key::Number(q.value.to_bits()))
}

fn postings(lines: &[Line<'_>], keys: impl Fn(&Line<'_>) -> Vec<Key> + Sync) -> Postings {
    let mut postings = Postings::new();
    // In portions, so that not all sentences' keys are held at once.
    for (portion, lines) in lines.chunks(PORTION).enumerate() {
        let keys: Vec<Vec<Key>> = lines.par_iter().map(&keys).collect();
        for (k, key) in
            keys.into_iter().enumerate().flat_map(|(k, keys)| keys.into_iter().map(move |key| (k, key)))
        {
            let sentence = (portion * PORTION + k) as u32;
            let at = postings.entry(key).or_default();
            if at.last() != Some(&sentence) {
                at.push(sentence);
            }
        }
    }
    postings
}

/// Sentences whose keys are gathered at a time.
const PORTION: usize = 1024;

/// The heaviest chain of pairs, kept where neighbours support it, and all pairs, ascending. `path` is the way to expect,
/// the diagonal if empty.
fn anchors(keys: &Sides<Postings>, path: &[(usize, usize)], end: (usize, usize)) -> (Vec<Point>, Vec<Point>) {
    let mut points = Vec::new();
    for (key, zh) in &keys.zh {
        let Some(en) = keys.en.get(key) else { continue };
        let pairs = zh.len() * en.len();
        if pairs > RARE && (zh.len() * COMMON > end.0 || en.len() * COMMON > end.1) {
            continue;
        }
        // Inverse document frequency of both sides together, in sixteenths.
        let weight = (16.0 * (1.0 + cells((0, 0), end) as f32 / pairs as f32).ln()) as u32;
        for &i in zh {
            let near =
                if pairs <= RARE { en.as_slice() } else { nearest(en, expected(path, end, i as usize)) };
            points.extend(near.iter().map(|&j| Point { zh: i, en: j, weight }));
        }
    }
    let points = merge(points);
    (supported(&heaviest(points.clone())), points)
}

/// The few places next to `place`.
fn nearest(places: &[u32], place: usize) -> &[u32] {
    let at = places.partition_point(|&j| (j as usize) < place);
    places.get(at.saturating_sub(NEAREST)..(at + NEAREST).min(places.len())).unwrap_or_default()
}

/// Where a path leads to from a Chinese sentence, straight on between its points.
fn expected(path: &[(usize, usize)], end: (usize, usize), i: usize) -> usize {
    let at = path.partition_point(|&(zh, _)| zh <= i);
    let (a, b) = at.checked_sub(1).and_then(|k| path.get(k)).copied().unwrap_or_default();
    let (c, d) = path.get(at).copied().unwrap_or(end);
    b + (i - a) * d.saturating_sub(b) / c.saturating_sub(a).max(1)
}

/// Adds up what speaks for the same pair, and squares it: several words that agree are more than as many that agree
/// here and there.
fn merge(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_unstable();
    points.dedup_by(|next, kept| {
        let same = (next.zh, next.en) == (kept.zh, kept.en);
        if same {
            kept.weight = kept.weight.saturating_add(next.weight);
        }
        same
    });
    points.iter_mut().for_each(|p| p.weight = p.weight.saturating_mul(p.weight));
    points
}

/// The points of a chain with neighbours on the same diagonal.
fn supported(chain: &[Point]) -> Vec<Point> {
    let supports = |p: &Point, q: &Point| {
        let (zh, en) = (i64::from(q.zh) - i64::from(p.zh), i64::from(q.en) - i64::from(p.en));
        zh.unsigned_abs() <= NEAR as u64 && (zh - en).abs() <= ASIDE
    };
    let is_supported = |k: usize, p: &Point| {
        let around = chain.get(k.saturating_sub(NEAR)..(k + NEAR + 1).min(chain.len())).unwrap_or_default();
        around.iter().filter(|q| supports(p, q)).count() > SUPPORTERS
    };
    chain.iter().enumerate().filter(|(k, p)| is_supported(*k, p)).map(|(_, p)| *p).collect()
}

fn places(chain: &[Point]) -> Vec<(usize, usize)> {
    chain.iter().map(|p| (p.zh as usize, p.en as usize)).collect()
}

/// The points that a block may begin with, and how certain it is that one begins there: the pair and the one before it
/// are alike, and neither is like the other's sentences.
fn certain(chain: &[Point], points: &[Point]) -> BTreeMap<(usize, usize), i64> {
    let weight = |zh: u32, en: u32| {
        let found = points.binary_search_by_key(&(zh, en), |p| (p.zh, p.en)).ok();
        found.and_then(|k| points.get(k)).map_or(0, |p| i64::from(p.weight))
    };
    let inside = chain.iter().filter(|p| p.zh > 0 && p.en > 0);
    let certainty = |p: &Point| {
        let along = i64::from(p.weight).min(weight(p.zh - 1, p.en - 1));
        along - weight(p.zh - 1, p.en).max(weight(p.zh, p.en - 1))
    };
    inside.map(|p| ((p.zh as usize, p.en as usize), certainty(p))).collect()
}

/// Cuts at the most certain points; where there are none, along the straight line to the next.
fn choose(candidates: &BTreeMap<(usize, usize), i64>, end: (usize, usize)) -> Vec<(usize, usize)> {
    let mut cuts = Vec::new();
    let mut from = (0, 0);
    while cells(from, end) > USUAL {
        let ahead = || {
            candidates.range((from.0 + 1, 0)..).filter(|(c, _)| c.1 > from.1 && c.0 < end.0 && c.1 < end.1)
        };
        let within = |most: usize| ahead().take_while(move |(c, _)| cells(from, **c) <= most);
        let is_long = |c: &(usize, usize)| (c.0 - from.0).max(c.1 - from.1) >= LEAST;
        // Of equals the first.
        let best = |found: &mut dyn Iterator<Item = (&(usize, usize), &i64)>| {
            found.max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(c, _)| *c)
        };
        let chosen = best(&mut within(USUAL).filter(|(c, certainty)| is_long(c) && **certainty > 0))
            .or_else(|| best(&mut within(MOST).filter(|(c, _)| is_long(c))));
        let target = match chosen {
            Some(cut) => cut,
            None if cells(from, end) <= WHOLE => break,
            None => ahead().map(|(c, _)| *c).find(is_long).unwrap_or(end),
        };
        cuts.extend(straight(from, target));
        if target == end {
            break;
        }
        cuts.push(target);
        from = target;
    }
    cuts
}

/// Cuts of equal distance between two points, so that no block has more than [`MOST`] pairs.
fn straight(from: (usize, usize), to: (usize, usize)) -> impl Iterator<Item = (usize, usize)> {
    let (zh, en) = (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1));
    let ratio = (zh as f64 * en as f64 / MOST as f64).sqrt().ceil() as usize;
    let pieces = ratio.min(zh).min(en).max(1);
    (1..pieces).map(move |k| (from.0 + zh * k / pieces, from.1 + en * k / pieces))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn is_inside(cuts: &[(usize, usize)], end: (usize, usize)) -> bool {
        let ascending = cuts.is_sorted_by(|a, b| a.0 < b.0 && a.1 < b.1);
        ascending && cuts.iter().all(|c| c.0 > 0 && c.1 > 0 && c.0 < end.0 && c.1 < end.1)
    }

    proptest! {
        #[test]
        fn cuts_ascend_and_lie_inside(
            steps in prop::collection::vec((1..900u32, 1..900u32, 1..99u32), 0..20),
            (n, m) in (1..9000usize, 1..9000usize),
        ) {
            let (mut zh, mut en, mut chain) = (0, 0, Vec::new());
            for (a, b, weight) in steps {
                (zh, en) = (zh + a, en + b);
                chain.push(Point { zh, en, weight });
            }
            let cuts = choose(&certain(&chain, &chain), (n, m));
            prop_assert!(is_inside(&cuts, (n, m)), "{:?}", cuts);
            let blocks = between(&cuts, (n, m));
            prop_assert!(blocks.iter().all(|&(a, b)| cells(a, b) <= 2 * MOST || b.0 - a.0 == 1 || b.1 - a.1 == 1));
        }
    }

    #[test]
    fn without_any_pair_the_diagonal_is_cut() {
        let cuts = choose(&BTreeMap::new(), (5000, 6000));
        assert!(is_inside(&cuts, (5000, 6000)) && cuts.len() >= 8, "{cuts:?}");
    }

    #[test]
    fn the_path_is_followed_past_what_was_added() {
        let zh: Vec<String> = (0..1200).map(|i| format!("第{i}号服务器的编号是NODE{i}。")).collect();
        let added = (0..400).map(|_| "Nothing of this was ever translated.".to_owned());
        let en: Vec<String> =
            added.chain((0..1200).map(|i| format!("Server NODE{i} has this number."))).collect();
        let lines = Sides::new(
            zh.iter().map(|t| Line::body(t)).collect::<Vec<_>>(),
            en.iter().map(|t| Line::body(t)).collect::<Vec<_>>(),
        );
        let cuts = cut(&lines, Lexicon::builtin());
        assert!(cuts.len() >= 3 && is_inside(&cuts, (1200, 1600)), "{cuts:?}");
        assert!(cuts.iter().all(|(i, j)| i + 400 == *j), "{cuts:?}");
    }
}
