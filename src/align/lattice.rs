//! Everything that may be a bead, by the cell in which it ends: a cell says how many sentences of either side are behind.

use super::shapes::Candidate;
use std::ops::Range;

/// For each number of Chinese sentences behind, from none to all, the numbers of English ones to look at.
pub type Rows = Vec<Range<usize>>;

/// The candidates between two documents, or a corridor through them.
pub struct Lattice {
    rows: Rows,
    /// The number of each row's first cell.
    first_cell: Vec<usize>,
    /// The number of each cell's first candidate; one more than there are cells.
    first_edge: Vec<u32>,
    /// Sentences of either side, Chinese first.
    edges: Vec<(u8, u8)>,
}

/// The cells of documents of these lengths, all of them.
pub fn whole((n, m): (usize, usize)) -> Rows {
    vec![0..m + 1; n + 1]
}

impl Lattice {
    /// All candidates of these shapes inside `rows` that are admissible.
    pub fn new(rows: Rows, shapes: &[(usize, usize)], is_admissible: impl Fn(&Candidate) -> bool) -> Self {
        let mut lattice = Self { first_cell: Vec::new(), first_edge: vec![0], edges: Vec::new(), rows };
        let mut cells = 0;
        for (i, columns) in lattice.rows.iter().enumerate() {
            lattice.first_cell.push(cells);
            cells += columns.len();
            for j in columns.clone() {
                for &(a, b) in shapes.iter().filter(|&&(a, b)| a <= i && b <= j) {
                    let inside = lattice.rows.get(i - a).is_some_and(|row| row.contains(&(j - b)));
                    if inside && is_admissible(&Candidate::new(i - a..i, j - b..j)) {
                        lattice.edges.push((a as u8, b as u8));
                    }
                }
                lattice.first_edge.push(lattice.edges.len() as u32);
            }
        }
        lattice
    }

    /// How many candidates there are.
    pub fn len(&self) -> usize {
        self.edges.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// How many cells there are.
    pub fn cell_count(&self) -> usize {
        self.first_edge.len().saturating_sub(1)
    }

    /// The number of a cell.
    pub fn cell(&self, i: usize, j: usize) -> Option<usize> {
        let row = self.rows.get(i).filter(|row| row.contains(&j))?;
        Some(self.first_cell.get(i)? + j - row.start)
    }

    /// All cells: number, sentences behind, numbers of the candidates that end there.
    pub fn cells(&self) -> impl DoubleEndedIterator<Item = (usize, (usize, usize), Range<usize>)> {
        let rows = self.rows.iter().zip(&self.first_cell).enumerate();
        let cells =
            rows.flat_map(|(i, (row, first))| row.clone().enumerate().map(move |(k, j)| (first + k, (i, j))));
        cells.map(|(cell, place)| (cell, place, self.ending(cell)))
    }

    /// The numbers of the candidates that end in a cell.
    fn ending(&self, cell: usize) -> Range<usize> {
        let bound = |k: usize| self.first_edge.get(k).copied().unwrap_or_default() as usize;
        bound(cell)..bound(cell + 1)
    }

    /// Sentences of either side of a candidate.
    pub fn shape(&self, edge: usize) -> (usize, usize) {
        self.edges.get(edge).map_or((0, 0), |&(a, b)| (a as usize, b as usize))
    }

    /// All candidates, in the order of their numbers.
    pub fn candidates(&self) -> impl Iterator<Item = Candidate> {
        self.cells().flat_map(move |(_, (i, j), edges)| {
            edges.map(move |edge| {
                let (a, b) = self.shape(edge);
                Candidate::new(i - a..i, j - b..j)
            })
        })
    }

    /// The last cell: all sentences behind.
    pub fn end(&self) -> (usize, usize) {
        (self.rows.len().saturating_sub(1), self.rows.last().map_or(0, |row| row.end.saturating_sub(1)))
    }
}
