//! The heaviest chain of points that ascends on both sides: a weighted longest increasing subsequence (M. L. Fredman, On
//! computing the length of longest increasing subsequences, Discrete Mathematics 11, 1975), in time `O(P log P)`.

/// A pair of sentences, and how much speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// The Chinese sentence.
    pub zh: u32,
    /// The English sentence.
    pub en: u32,
    /// Whole numbers, so that no sum depends on its order.
    pub weight: u32,
}

/// The heaviest chain, strictly ascending on both sides.
pub fn heaviest(mut points: Vec<Point>) -> Vec<Point> {
    // Of the same Chinese sentence the last English one comes first, so that none can follow another.
    points.sort_unstable_by_key(|p| (p.zh, std::cmp::Reverse(p.en)));
    let width = points.iter().map(|p| p.en as usize + 1).max().unwrap_or(0);
    let mut maxima = Maxima { nodes: vec![(0, None); width + 1] };
    let mut before: Vec<Option<u32>> = Vec::with_capacity(points.len());
    for (k, point) in points.iter().enumerate() {
        let (sum, last) = maxima.below(point.en as usize);
        before.push(last);
        maxima.raise(point.en as usize, (sum + u64::from(point.weight), Some(k as u32)));
    }
    let (_, mut last) = maxima.below(width);
    let mut chain = Vec::new();
    while let Some(k) = last {
        chain.extend(points.get(k as usize));
        last = before.get(k as usize).copied().flatten();
    }
    chain.reverse();
    chain
}

/// The heaviest chain that ends somewhere: its weight and its last point.
type Best = (u64, Option<u32>);

/// Maxima of prefixes (a Fenwick tree).
struct Maxima {
    nodes: Vec<Best>,
}

impl Maxima {
    /// The best that ends before `end`; of equals the one that was there first.
    fn below(&self, end: usize) -> Best {
        let mut best = (0, None);
        let mut at = end;
        while at > 0 {
            let node = self.nodes.get(at).copied().unwrap_or_default();
            if node.0 > best.0 {
                best = node;
            }
            at &= at - 1;
        }
        best
    }

    fn raise(&mut self, place: usize, best: Best) {
        let mut at = place + 1;
        while let Some(node) = self.nodes.get_mut(at) {
            if best.0 > node.0 {
                *node = best;
            }
            at += at & at.wrapping_neg();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Every pair of points is looked at.
    fn by_force(points: &[Point]) -> u64 {
        let mut points = points.to_vec();
        points.sort_unstable();
        let mut sums: Vec<u64> = Vec::new();
        for p in &points {
            let ahead = points.iter().zip(&sums).filter(|(q, _)| q.zh < p.zh && q.en < p.en);
            let best = ahead.map(|(_, &sum)| sum).max().unwrap_or(0);
            sums.push(best + u64::from(p.weight));
        }
        sums.into_iter().max().unwrap_or(0)
    }

    proptest! {
        #[test]
        fn no_chain_is_heavier(points in prop::collection::vec((0..20u32, 0..20u32, 1..50u32), 0..60)) {
            let points: Vec<Point> = points.into_iter().map(|(zh, en, weight)| Point { zh, en, weight }).collect();
            let chain = heaviest(points.clone());
            prop_assert!(chain.is_sorted_by(|a, b| a.zh < b.zh && a.en < b.en));
            prop_assert!(chain.iter().all(|p| points.contains(p)));
            prop_assert_eq!(chain.iter().map(|p| u64::from(p.weight)).sum::<u64>(), by_force(&points));
        }
    }
}
