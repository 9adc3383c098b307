//! What each sentence finds in every run of up to eight sentences of the other side.
//!
//! A sentence's word is found in a run as well as in the best sentence of the run. So coverage of a bead is a sum over
//! its sentences, and nothing is measured twice however many beads are looked at.

use super::terms::{Row, Terms, Types, at};
use std::ops::Range;

/// The longest run.
pub const LONGEST: usize = 8;

/// What a sentence finds in a run.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Found {
    /// Weights of words; of English words those found by Latin words, too.
    pub words: f32,
    /// Weights of Latin words and identifiers of a Chinese sentence.
    pub latin: f32,
    /// How many quantities, set phrases left out.
    pub strong: f32,
    /// How many quantities.
    pub agreeing: f32,
}

/// One side's findings on the other.
#[derive(Debug, Default)]
pub struct Grid {
    rows: Vec<GridRow>,
}

#[derive(Debug, Default)]
struct GridRow {
    width: usize,
    /// By length of the run, then by its first sentence.
    cells: Vec<Found>,
}

impl Grid {
    /// What Chinese sentences find in runs of English ones.
    pub fn zh(terms: &Terms) -> Self {
        let rows = terms.zh.iter().zip(&terms.numbers.zh).map(|(sentence, numbers)| {
            let mut row = GridRow::new(terms.en.len());
            row.fill(&sentence.words, &terms.words.zh, |found| &mut found.words);
            row.fill(&sentence.latin, &terms.latin, |found| &mut found.latin);
            for (quantity, partners) in sentence.quantities.iter().zip(numbers) {
                row.add(1.0, partners, |found| &mut found.agreeing);
                if !quantity.weak {
                    row.add(1.0, partners, |found| &mut found.strong);
                }
            }
            row
        });
        Self { rows: rows.collect() }
    }

    /// What English sentences find in runs of Chinese ones.
    pub fn en(terms: &Terms) -> Self {
        let rows = terms.en.iter().zip(&terms.numbers.en).map(|(sentence, numbers)| {
            let mut row = GridRow::new(terms.zh.len());
            row.fill(&sentence.words, &terms.words.en, |found| &mut found.words);
            for (_, partners) in sentence.quantities.iter().zip(numbers).filter(|(q, _)| !q.weak) {
                row.add(1.0, partners, |found| &mut found.strong);
            }
            row
        });
        Self { rows: rows.collect() }
    }

    /// What a sentence finds in a run.
    pub fn found(&self, sentence: usize, run: &Range<usize>) -> Found {
        let cell = |row: &GridRow| {
            let length = run.len().checked_sub(1)?;
            row.cells.get(length * row.width + run.start).copied()
        };
        self.rows.get(sentence).and_then(cell).unwrap_or_default()
    }
}

impl GridRow {
    fn new(width: usize) -> Self {
        Self { width, cells: vec![Found::default(); width * LONGEST] }
    }

    fn fill(&mut self, types: &[u32], table: &Types, field: impl Fn(&mut Found) -> &mut f32 + Copy) {
        for &word in types {
            if let Some(row) = table.row.get(word as usize).filter(|row| !row.is_empty()) {
                self.add(at(&table.weight, word), row, field);
            }
        }
    }

    /// Adds `weight` times the best credit to every run that holds a partner.
    fn add(&mut self, weight: f32, partners: &Row, field: impl Fn(&mut Found) -> &mut f32) {
        for length in 1..=LONGEST {
            let Some(cells) = self.cells.get_mut((length - 1) * self.width..length * self.width) else {
                return;
            };
            // Runs that begin in (previous partner, this partner] see this one first; a later one may be better.
            let mut next = 0;
            for (k, &(sentence, _)) in partners.iter().enumerate() {
                let column = sentence as usize;
                let first = next.max((column + 1).saturating_sub(length));
                for start in first..=column {
                    let end = start + length;
                    let ahead = partners.get(k..).unwrap_or_default();
                    let best = ahead
                        .iter()
                        .take_while(|(s, _)| (*s as usize) < end)
                        .map(|p| p.1)
                        .fold(0.0, f32::max);
                    if let Some(cell) = cells.get_mut(start) {
                        *field(cell) += weight * best;
                    }
                }
                next = column + 1;
            }
        }
    }
}
