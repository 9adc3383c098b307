//! By content: which of the given originals a post most probably translates.

use super::card::Card;
use super::fingerprint::{Detail, Fingerprint};
use super::index::Index;
use super::score::Query;
use super::{Config, in_parallel};
use crate::error::Result;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How many originals, found by their rarest common keys, are looked at closely for each post.
const LOOKED_AT: usize = 32;
/// From this share of common keys on two originals are taken for two copies of one article (measured: copies under
/// two slugs have .88 and more, different articles written to one pattern at most .73).
const SAME_ARTICLE: f32 = 0.8;
/// How many days outside the window cost one point of score; at most half a point is taken.
const DAYS_PER_POINT: f32 = 300.0;
/// How many originals are read before they are put into the index: bounds the memory.
const READ_AT_ONCE: usize = 256;

/// The original that a post's content points to.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Match {
    /// Its place among the cards.
    pub original: usize,
    /// The similarity, unbounded.
    pub score: f32,
    /// How much better it is than the next best original that is not a copy of it.
    pub margin: f32,
    /// The next best original that is not a copy of it.
    pub runner_up: Option<usize>,
    /// Copies of it that are also given.
    pub copies: Vec<usize>,
}

/// What came of looking for a post's original.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Found {
    /// It is this one.
    Original(Match),
    /// No original is similar enough; this one is the most similar.
    Nothing(Option<Match>),
    /// Two originals are too similar to it to tell.
    Ambiguous(Match),
    /// The original belongs to another post, and this one is not similar enough to be a second translation.
    Taken(Match),
}

/// Looks for the originals of `posts`. `originals` must be in the order of their ids; `taken` are those that
/// other posts cite. All are places among the cards.
pub(super) fn find(
    cards: &[Card],
    posts: &[usize],
    originals: &[usize],
    taken: &BTreeSet<usize>,
    fingerprints: &(impl Fn(usize, Detail) -> Result<Fingerprint> + Sync),
    config: &Config,
) -> Result<Vec<Found>> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let whole = |place: usize| fingerprints(place, Detail::Whole);
    let mut index = Index::default();
    for chunk in originals.chunks(READ_AT_ONCE) {
        in_parallel(chunk, whole)?.iter().for_each(|print| index.add(print));
    }
    index.finish();
    let search = Search { cards, originals, index, config };
    let mut found = in_parallel(posts, |post| Ok(search.find(post, &whole(post)?)))?;
    share(&mut found, taken, config);
    Ok(found)
}

struct Search<'a> {
    cards: &'a [Card],
    originals: &'a [usize],
    index: Index,
    config: &'a Config,
}

impl Search<'_> {
    fn find(&self, post: usize, print: &Fingerprint) -> Found {
        let ranking = self.ranking(post, print);
        let Some(best) = self.best(&ranking) else { return Found::Nothing(None) };
        if best.score < self.config.min_score {
            Found::Nothing(Some(best))
        } else if best.margin < self.config.min_margin {
            Found::Ambiguous(best)
        } else {
            Found::Original(best)
        }
    }

    /// The most similar originals' numbers and scores, best first.
    fn ranking(&self, post: usize, print: &Fingerprint) -> Vec<(usize, f32)> {
        let query = Query::of(print, &self.index);
        let near = self.index.nearest(query.leads(), LOOKED_AT);
        let mut ranking: Vec<(usize, f32)> = near
            .into_iter()
            .filter_map(|number| {
                let score = query.score(self.index.original(number)?, &self.index);
                Some((number, score - self.lateness(post, *self.originals.get(number)?)))
            })
            .collect();
        ranking.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        ranking
    }

    fn best(&self, ranking: &[(usize, f32)]) -> Option<Match> {
        let (&(first, score), rest) = ranking.split_first()?;
        let place = |number: usize| self.originals.get(number).copied();
        let is_copy = |number: usize| match (self.index.original(first), self.index.original(number)) {
            (Some(a), Some(b)) => a.overlap(b) >= SAME_ARTICLE,
            _ => false,
        };
        let next = rest.iter().find(|&&(number, _)| !is_copy(number));
        let better = rest.iter().take_while(|&other| Some(other) != next);
        Some(Match {
            original: place(first)?,
            score,
            // Nothing is less similar than what shares nothing at all.
            margin: score - next.map_or(0.0, |&(_, score)| score.max(0.0)),
            runner_up: next.and_then(|&(number, _)| place(number)),
            copies: better.filter_map(|&(number, _)| place(number)).collect(),
        })
    }

    /// What is taken off the score because the dates do not fit; 0 if one of them is not known.
    fn lateness(&self, post: usize, original: usize) -> f32 {
        let date = |place: usize| self.cards.get(place)?.published.as_deref()?.parse::<Date>().ok();
        let (Some(post), Some(original)) = (date(post), date(original)) else { return 0.0 };
        let days = (post - original).get_days() as f32;
        let window = self.config.window_days as f32;
        let outside = if days < 0.0 { -days } else { (days - window).max(0.0) };
        (outside / DAYS_PER_POINT).min(0.5)
    }
}

/// Leaves an original to the post that cites it or is most similar to it; a further post must reach `min_shared`.
fn share(found: &mut [Found], taken: &BTreeSet<usize>, config: &Config) {
    let mut order: Vec<(usize, f32)> = found
        .iter()
        .enumerate()
        .filter_map(|(i, found)| if let Found::Original(m) = found { Some((i, m.score)) } else { None })
        .collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut taken = taken.clone();
    for (i, score) in order {
        let Some(slot) = found.get_mut(i) else { continue };
        if let Found::Original(m) = slot
            && !taken.insert(m.original)
            && score < config.min_shared
        {
            *slot = Found::Taken(m.clone());
        }
    }
}
