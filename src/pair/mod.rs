//! Articles → pairs: which English article a Chinese post was translated from.
//!
//! 1. [`Card::of`] every article: all that is remembered of it.
//! 2. By citation: the URL that the post names, against the originals' own URLs, else against their file names. An
//!    original found so is looked into: a page under the right name may hold something else.
//! 3. By content, for the other posts: [`Fingerprint`]s, compared by a likelihood ratio over an inverted index.
//!
//! Every article ends in a pair or in a notice that says why not.

mod card;
mod citation;
mod content;
mod fingerprint;
mod index;
mod keys;
mod notices;
mod score;
#[cfg(test)]
mod tests;

pub use card::Card;
pub use fingerprint::{Detail, Fingerprint, Term, Translate, Word};

use crate::error::Result;
use crate::model::{Evidence, Lang, Notice, Outcome, Sides};
use citation::{Cited, Directory};
use content::Found;
use notices::Notices;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What pairs are made by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// By citation, and by content where no citation leads to an original.
    #[default]
    Auto,
    /// By citation only.
    Citation,
    /// By content only: neither citations nor URLs nor file names are looked at.
    Content,
}

/// How pairs are made.
///
/// The thresholds were measured on 209 posts and 548 originals, 49 of them pairs, with the translations of a general
/// dictionary (CC-CEDICT). True pairs scored .90 and more, with margins of .71 and more; the best of the other originals
/// scored .35 at most, also after the true ones were taken away. Posts cut in half still scored .53 and more.
/// `tests/pair_shared.rs` measures it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What pairs are made by; default [`By::Auto`].
    pub by: By,
    /// The least similarity of contents, where a translation has about 1; default 0.5.
    pub min_score: f32,
    /// How much more similar than the next best original the best must be; default 0.15.
    pub min_margin: f32,
    /// The least similarity with an original that already belongs to another post; default 0.65.
    pub min_shared: f32,
    /// Whether a cited original is looked into before it is believed; default true.
    pub check_cited: bool,
    /// The least [`similarity`] with a cited original that is looked into; default 0. (The 49 true originals have 0.38
    /// and more, 99.5 of 100 others less than −0.1.)
    pub min_cited: f32,
    /// How many days after the original a post usually appears at the latest; default 60. Outside the window
    /// contents must be the more similar.
    pub window_days: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            by: By::Auto,
            min_score: 0.5,
            min_margin: 0.15,
            min_shared: 0.65,
            check_cited: true,
            min_cited: 0.0,
            window_days: 60,
        }
    }
}

/// A post and its original.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pairing {
    /// Their places among the cards.
    pub articles: Sides<usize>,
    /// Why they are a pair.
    pub evidence: Evidence,
}

/// Pairs the articles of `cards`, which may come in any order; ids are unique. `fingerprints` gives the fingerprint
/// of the article at a place among the cards, in the detail that is asked for at least; it is asked only where
/// contents must be compared, from several threads, and more than once for some articles.
///
/// The pairs come in the order of the posts' ids. A post is in at most one pair; an original may be in several.
///
/// # Errors
/// Whatever `fingerprints` fails with.
pub fn run(
    cards: &[Card],
    fingerprints: impl Fn(usize, Detail) -> Result<Fingerprint> + Sync,
    config: &Config,
) -> Result<Outcome<Vec<Pairing>>> {
    let (posts, originals) = (places(cards, Lang::Zh), places(cards, Lang::En));
    let mut run = Run { cards, config, pairs: Vec::new(), notices: Notices::new(cards, config) };
    let rest = match config.by {
        By::Content => posts,
        By::Auto | By::Citation => run.by_citation(&posts, &originals, &fingerprints)?,
    };
    if config.by == By::Citation {
        rest.iter().for_each(|&post| run.notices.unpaired(post, None));
    } else {
        run.by_content(&rest, &originals, &fingerprints)?;
    }
    Ok(run.finish(&originals))
}

/// How well a post agrees with one original, without regard to any other: about 1 for a translation, under 0 for
/// articles that merely share a subject area. `None` if the post gives too little to judge by.
pub fn similarity(post: &Fingerprint, original: &Fingerprint) -> Option<f32> {
    score::alone(post, original)
}

/// The places of one language's cards in the order of their ids.
fn places(cards: &[Card], lang: Lang) -> Vec<usize> {
    let mut found: Vec<(&str, usize)> =
        cards.iter().enumerate().filter(|(_, c)| c.lang == lang).map(|(i, c)| (c.id.as_str(), i)).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, place)| place).collect()
}

/// Applies `work` to all places on all cores; results keep their order, and the first error is that of the first
/// place that has one.
fn in_parallel<T: Send>(places: &[usize], work: impl Fn(usize) -> Result<T> + Sync) -> Result<Vec<T>> {
    let results: Vec<Result<T>> = places.par_iter().map(|&place| work(place)).collect();
    results.into_iter().collect()
}

/// A cited original, as looked into.
struct Checked {
    cited: Vec<Cited>,
    /// The first citation and original that hold what the post translates.
    chosen: Option<(usize, usize)>,
    /// Originals before it that do not, with their similarity.
    refused: Vec<(usize, f32)>,
}

struct Run<'a> {
    cards: &'a [Card],
    config: &'a Config,
    pairs: Vec<Pairing>,
    notices: Notices<'a>,
}

impl Run<'_> {
    /// Pairs what citations pair and returns the other posts.
    fn by_citation(
        &mut self,
        posts: &[usize],
        originals: &[usize],
        fingerprints: &(impl Fn(usize, Detail) -> Result<Fingerprint> + Sync),
    ) -> Result<Vec<usize>> {
        let directory = Directory::of(self.cards, originals);
        let min = self.config.check_cited.then_some(self.config.min_cited);
        let cited =
            |post: usize| self.cards.get(post).map(|card| directory.look_up(card)).unwrap_or_default();
        let checked = in_parallel(posts, |post| check(post, cited(post), min, fingerprints))?;
        let mut rest = Vec::new();
        for (&post, checked) in posts.iter().zip(checked) {
            self.notices.refused(post, &checked.refused);
            let Some((citation, original)) = checked.chosen else {
                rest.push(post);
                continue;
            };
            self.notices.several(post, original, citation, &checked.cited);
            if let (Some(cited), Some(card)) = (checked.cited.get(citation), self.cards.get(original)) {
                let evidence = citation::evidence(&cited.url, card);
                self.pairs.push(Pairing { articles: Sides::new(post, original), evidence });
            }
        }
        Ok(rest)
    }

    /// Pairs what contents pair.
    fn by_content(
        &mut self,
        posts: &[usize],
        originals: &[usize],
        fingerprints: &(impl Fn(usize, Detail) -> Result<Fingerprint> + Sync),
    ) -> Result<()> {
        let taken: BTreeSet<usize> = self.pairs.iter().map(|pair| pair.articles.en).collect();
        let found = content::find(self.cards, posts, originals, &taken, fingerprints, self.config)?;
        for (&post, found) in posts.iter().zip(&found) {
            let Found::Original(best) = found else {
                self.notices.unpaired(post, Some(found));
                continue;
            };
            self.notices.copies(post, best);
            let (score, margin) = (best.score.clamp(0.0, 1.0), best.margin.clamp(0.0, 1.0));
            let evidence = Evidence::Content { score, margin };
            self.pairs.push(Pairing { articles: Sides::new(post, best.original), evidence });
        }
        Ok(())
    }

    fn finish(mut self, originals: &[usize]) -> Outcome<Vec<Pairing>> {
        let paired: BTreeSet<usize> = self.pairs.iter().map(|pair| pair.articles.en).collect();
        for &original in originals.iter().filter(|original| !paired.contains(original)) {
            self.notices.not_cited(original);
        }
        let cards = self.cards;
        self.pairs.sort_by_key(|pair| cards.get(pair.articles.zh).map(|card| card.id.as_str()));
        let notices: Vec<Notice> = self.notices.into_inner();
        Outcome { output: self.pairs, notices }
    }
}

/// Chooses among the originals that `post` cites the first that holds what the post translates.
fn check(
    post: usize,
    cited: Vec<Cited>,
    min: Option<f32>,
    fingerprints: &impl Fn(usize, Detail) -> Result<Fingerprint>,
) -> Result<Checked> {
    let mut refused = Vec::new();
    let mut chosen = None;
    let mut post = Post { place: post, names: None, whole: None };
    for (citation, original) in
        cited.iter().enumerate().flat_map(|(i, c)| c.originals.iter().map(move |&o| (i, o)))
    {
        let refusal = match min {
            None => None,
            Some(min) => post.refuses(original, min, fingerprints)?,
        };
        match refusal {
            Some(similarity) => refused.push((original, similarity)),
            None => {
                chosen = Some((citation, original));
                break;
            }
        }
    }
    Ok(Checked { cited, chosen, refused })
}

/// A post that is compared with what it cites, fingerprinted in as much detail as that has taken so far.
struct Post {
    place: usize,
    names: Option<Fingerprint>,
    whole: Option<Fingerprint>,
}

impl Post {
    /// The similarity with an original that is too little, if it is. Names and numbers alone are looked at first:
    /// they speak for nearly every true original, and finding the words of a Chinese text takes far longer.
    fn refuses(
        &mut self,
        original: usize,
        min: f32,
        fingerprints: &impl Fn(usize, Detail) -> Result<Fingerprint>,
    ) -> Result<Option<f32>> {
        let original = fingerprints(original, Detail::Whole)?;
        let names = known(&mut self.names, || fingerprints(self.place, Detail::Names))?;
        if score::at_least(names, &original).is_some_and(|least| least >= min) {
            return Ok(None);
        }
        let whole = known(&mut self.whole, || fingerprints(self.place, Detail::Whole))?;
        Ok(similarity(whole, &original).filter(|&similarity| similarity < min))
    }
}

/// What `slot` holds, after it was filled if need be.
fn known<T>(slot: &mut Option<T>, find: impl FnOnce() -> Result<T>) -> Result<&T> {
    let found = match slot.take() {
        Some(found) => found,
        None => find()?,
    };
    Ok(slot.insert(found))
}
