//! Counting what agrees between gold and hypothesis.

use super::bead::IndexBead;
use super::gold::Gold;
use super::moved::moved;
use super::report::{Measure, Scores};
use std::collections::{BTreeMap, HashSet};

/// Pairs of a Chinese and an English sentence.
pub(super) type Links = HashSet<(u32, u32)>;

/// Scores `hypotheses` (beads by slug) against `gold`; see [`Scores`] for what is measured.
///
/// A gold article without a hypothesis counts as one without beads; hypotheses of other articles do not count.
pub fn score(gold: &[Gold], hypotheses: &BTreeMap<String, Vec<IndexBead>>) -> Scores {
    let mut tally = Tally::default();
    let mut missing = Vec::new();
    for article in gold {
        let hypothesis = hypotheses.get(&article.slug);
        if hypothesis.is_none() {
            missing.push(article.slug.clone());
        }
        tally.add_article(article, hypothesis.map_or(&[], Vec::as_slice));
    }
    Scores {
        articles: gold.len() as u64,
        missing,
        strict: tally.strict.measure(),
        lax: tally.lax.measure(),
        links: tally.links.measure(),
        all: tally.all.measure(),
        moved: tally.moved.measure(),
        null: tally.null.measure(),
    }
}

/// What one measure counts.
#[derive(Default)]
struct Count {
    /// How much of the hypothesis is right, of how much.
    precision: (u64, u64),
    /// How much of the gold was found, of how much.
    recall: (u64, u64),
}

impl Count {
    fn add(&mut self, precision: (usize, usize), recall: (usize, usize)) {
        self.precision.0 += precision.0 as u64;
        self.precision.1 += precision.1 as u64;
        self.recall.0 += recall.0 as u64;
        self.recall.1 += recall.1 as u64;
    }

    /// For what is right and found alike: the same number of each.
    fn add_shared(&mut self, shared: usize, hypothesis: usize, gold: usize) {
        self.add((shared, hypothesis), (shared, gold));
    }

    fn measure(&self) -> Measure {
        Measure::new(self.precision, self.recall)
    }
}

#[derive(Default)]
struct Tally {
    strict: Count,
    lax: Count,
    links: Count,
    all: Count,
    moved: Count,
    null: Count,
}

impl Tally {
    fn add_article(&mut self, gold: &Gold, hypothesis: &[IndexBead]) {
        let repeats: Links = gold.repeats.iter().flat_map(IndexBead::links).collect();
        let g = View::new(&gold.beads, &Links::new());
        let h = View::new(hypothesis, &repeats);

        self.strict.add(
            (h.beads.iter().filter(|b| g.set.contains(*b)).count(), h.beads.len()),
            (g.beads.iter().filter(|b| h.set.contains(*b)).count(), g.beads.len()),
        );
        self.lax.add((h.touching(&g.links), h.beads.len()), (g.touching(&h.links), g.beads.len()));
        self.links.add_shared(shared(&g.links, &h.links), h.links.len(), g.links.len());
        self.moved
            .add((shared(&h.moved, &g.links), h.moved.len()), (shared(&g.moved, &h.links), g.moved.len()));

        let nulls = Nulls::count(gold, &g.links, &h.links, &repeats);
        self.null.add_shared(nulls.shared, nulls.hypothesis, nulls.gold);
        // Here a null bead is one sentence, so the unaligned sentences and the other beads make up all beads.
        self.all.add_shared(
            g.set.intersection(&h.set).count() + nulls.shared,
            h.set.len() + nulls.hypothesis,
            g.set.len() + nulls.gold,
        );
    }
}

/// What is counted of one article's gold or hypothesis.
struct View<'a> {
    /// Its beads that are not null, as often as they were given.
    beads: Vec<&'a IndexBead>,
    set: HashSet<&'a IndexBead>,
    links: Links,
    moved: Links,
}

impl<'a> View<'a> {
    /// Links in `ignored` do not count, nor do beads that hold no others.
    fn new(beads: &'a [IndexBead], ignored: &Links) -> Self {
        let counts = |b: &&IndexBead| !b.is_null() && !b.links().all(|l| ignored.contains(&l));
        let beads: Vec<&IndexBead> = beads.iter().filter(counts).collect();
        let counts = |l: &(u32, u32)| !ignored.contains(l);
        let links = beads.iter().flat_map(|b| b.links()).filter(counts).collect();
        let moved = moved(&beads).into_iter().filter(counts).collect();
        Self { set: beads.iter().copied().collect(), beads, links, moved }
    }

    /// How many of its beads have a link in `links`.
    fn touching(&self, links: &Links) -> usize {
        self.beads.iter().filter(|b| b.links().any(|l| links.contains(&l))).count()
    }
}

fn shared(a: &Links, b: &Links) -> usize {
    a.intersection(b).count()
}

/// How many sentences are left unaligned.
#[derive(Default)]
struct Nulls {
    gold: usize,
    hypothesis: usize,
    shared: usize,
}

impl Nulls {
    /// Chinese sentences that repeat others count neither as aligned nor as unaligned.
    fn count(gold: &Gold, gold_links: &Links, hypothesis_links: &Links, repeats: &Links) -> Self {
        let zh = |links: &Links| links.iter().map(|&(z, _)| z).collect::<HashSet<_>>();
        let en = |links: &Links| links.iter().map(|&(_, e)| e).collect::<HashSet<_>>();
        let mut nulls = Self::default();
        nulls.add_side(gold.zh.len(), &zh(repeats), &zh(gold_links), &zh(hypothesis_links));
        nulls.add_side(gold.en.len(), &HashSet::new(), &en(gold_links), &en(hypothesis_links));
        nulls
    }

    fn add_side(
        &mut self,
        sentences: usize,
        ignored: &HashSet<u32>,
        gold: &HashSet<u32>,
        hyp: &HashSet<u32>,
    ) {
        for n in (0..sentences as u32).filter(|n| !ignored.contains(n)) {
            let (in_gold, in_hypothesis) = (!gold.contains(&n), !hyp.contains(&n));
            self.gold += usize::from(in_gold);
            self.hypothesis += usize::from(in_hypothesis);
            self.shared += usize::from(in_gold && in_hypothesis);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// An article of which every sentence is in one bead, in random order on the English side, and of which
    /// every unaligned Chinese sentence repeats the first English one if `repeats`.
    fn article() -> impl Strategy<Value = Gold> {
        let sizes = prop::collection::vec((0u32..3, 0u32..3), 1..12).prop_shuffle();
        (sizes, any::<bool>(), any::<u64>()).prop_map(|(sizes, repeats, turn)| {
            let total = |f: fn(&(u32, u32)) -> u32| sizes.iter().map(f).sum::<u32>();
            let (zh, en) = (total(|s| s.0), total(|s| s.1));
            let (mut z, mut e) = (0, 0);
            let turned = |i: u32| if en == 0 { 0 } else { (i + turn as u32 % en) % en };
            let mut beads = Vec::new();
            for &(a, b) in &sizes {
                beads.push(IndexBead::new((z..z + a).collect(), (e..e + b).map(turned).collect()));
                (z, e) = (z + a, e + b);
            }
            let lone = beads.iter().filter(|b| repeats && en > 0 && b.en().is_empty());
            let repeats = lone.map(|b| IndexBead::new(b.zh().to_vec(), vec![0])).collect();
            let sentences = |n| (0..n).map(|i: u32| i.to_string()).collect();
            Gold { slug: "a".into(), zh: sentences(zh), en: sentences(en), beads, repeats, ..Gold::default() }
        })
    }

    fn measures(scores: &Scores) -> [Measure; 6] {
        [scores.strict, scores.lax, scores.links, scores.all, scores.moved, scores.null]
    }

    proptest! {
        #[test]
        fn gold_is_perfect_against_itself(gold in article()) {
            let hypotheses = BTreeMap::from([("a".to_owned(), gold.beads.clone())]);
            for m in measures(&score(&[gold], &hypotheses)) {
                let expected = if m.n_gold == 0 { 0.0 } else { 1.0 };
                prop_assert_eq!((m.precision, m.recall, m.f1, m.n_hyp), (expected, expected, expected, m.n_gold));
            }
        }

        #[test]
        fn any_hypothesis_scores_between_nothing_and_one(gold in article(), other in article()) {
            let hypotheses = BTreeMap::from([("a".to_owned(), other.beads)]);
            let scores = score(&[gold], &hypotheses);
            for m in measures(&scores) {
                prop_assert!([m.precision, m.recall, m.f1].iter().all(|x| (0.0..=1.0).contains(x)));
            }
            prop_assert!(scores.strict.precision <= scores.lax.precision);
            prop_assert!(scores.strict.recall <= scores.lax.recall);
        }
    }
}
