//! The table read backwards: which Chinese words an English stem renders.

use super::Table;

/// Renderings of less weight than this are left out: most are neighbours in meaning, not renderings.
pub const LEAST: f32 = 0.45;

/// For each stem of a table its Chinese words.
#[derive(Debug, Default)]
pub struct Reverse {
    starts: Vec<u32>,
    words: Vec<(u32, f32)>,
}

impl Reverse {
    /// Reads a table backwards.
    pub fn new(table: &Table) -> Self {
        let all = || {
            (0..table.words().len() as u32).flat_map(|word| {
                table
                    .renderings(word)
                    .filter(|r| r.1 >= LEAST)
                    .map(move |(stem, weight)| (stem, word, weight))
            })
        };
        let mut starts = vec![0u32; table.stems().len() + 2];
        for (stem, _, _) in all() {
            // Counted two further on, so that filling moves each start to where it belongs.
            if let Some(count) = starts.get_mut(stem as usize + 2) {
                *count += 1;
            }
        }
        for k in 1..starts.len() {
            let before = starts.get(k - 1).copied().unwrap_or_default();
            if let Some(start) = starts.get_mut(k) {
                *start += before;
            }
        }
        let mut words = vec![(0, 0.0); starts.last().copied().unwrap_or_default() as usize];
        for (stem, word, weight) in all() {
            if let Some(next) = starts.get_mut(stem as usize + 1) {
                if let Some(slot) = words.get_mut(*next as usize) {
                    *slot = (word, weight);
                }
                *next += 1;
            }
        }
        Self { starts, words }
    }

    /// The words that a stem renders, by number, with the weights, 0–1.
    pub fn words(&self, stem: u32) -> &[(u32, f32)] {
        let bound = |k: u32| self.starts.get(k as usize).copied().unwrap_or_default() as usize;
        self.words.get(bound(stem)..bound(stem + 1)).unwrap_or_default()
    }
}
