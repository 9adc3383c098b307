//! Which sentences find anything at all in a run of the other side.

use super::terms::{Sentence, Terms};
use std::ops::Range;

/// For every sentence a running count of the sentences that it touches on the other side.
pub(super) struct Touch {
    zh: Counts,
    en: Counts,
}

struct Counts {
    width: usize,
    running: Vec<u32>,
}

impl Touch {
    /// Counts; a sentence without anything that could be found touches all, and so do the pieces of one that is broken.
    pub fn new(terms: &Terms, touch: impl Fn(usize, usize) -> bool) -> Self {
        let (n, m) = (terms.zh.len(), terms.en.len());
        let fragment = |side: &[Sentence], k: usize| side.get(k).is_some_and(|s| s.fragment);
        let empty = |side: &[Sentence], k: usize| {
            side.get(k).is_none_or(|s| s.mass <= 0.0) || fragment(side, k) || fragment(side, k + 1)
        };
        Self {
            zh: Counts::new(n, m, |i, j| empty(&terms.zh, i) || touch(i, j)),
            en: Counts::new(m, n, |j, i| empty(&terms.en, j) || touch(i, j)),
        }
    }

    /// Whether every sentence of a bead touches one of the other side.
    pub fn holds_together(&self, zh: &Range<usize>, en: &Range<usize>) -> bool {
        zh.clone().all(|i| self.zh.any(i, en)) && en.clone().all(|j| self.en.any(j, zh))
    }

    /// Whether the first sentence of either side of a bead touches one of the other side, and three quarters of all do.
    pub fn mostly_holds_together(&self, zh: &Range<usize>, en: &Range<usize>) -> bool {
        let touching = zh.clone().filter(|&i| self.zh.any(i, en)).count()
            + en.clone().filter(|&j| self.en.any(j, zh)).count();
        self.zh.any(zh.start, en) && self.en.any(en.start, zh) && touching * 4 >= (zh.len() + en.len()) * 3
    }
}

impl Counts {
    fn new(height: usize, width: usize, touches: impl Fn(usize, usize) -> bool) -> Self {
        let mut running = Vec::with_capacity(height * (width + 1));
        for row in 0..height {
            let mut count = 0;
            running.push(count);
            running.extend((0..width).map(|column| {
                count += u32::from(touches(row, column));
                count
            }));
        }
        Self { width: width + 1, running }
    }

    fn any(&self, row: usize, columns: &Range<usize>) -> bool {
        let count = |column: usize| self.running.get(row * self.width + column);
        count(columns.start) < count(columns.end)
    }
}
