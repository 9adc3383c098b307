//! What the search has just measured.

/// The coverage of merged beads, by where they end, over the last two Chinese positions: the search climbs row by row
/// and shape by shape, so that the smaller beads inside a bead have always just been measured.
#[derive(Default)]
pub(super) struct Recent {
    rows: [Row; 2],
}

/// The beads that end at one Chinese position, from an English position on.
#[derive(Default)]
struct Row {
    zh: usize,
    first_en: usize,
    cells: Vec<[f32; SHAPES]>,
}

/// 1–1 to 8–1, then 1–2 to 1–8.
const SHAPES: usize = 15;

impl Recent {
    /// Where a bead of consecutive sentences ends, and the number of its shape; `None` for what is not kept.
    fn place(zh: &[usize], en: &[usize]) -> Option<(usize, usize, usize)> {
        let (i, j) = (*zh.last()?, *en.last()?);
        let together = zh.first()? + zh.len() == i + 1 && en.first()? + en.len() == j + 1;
        let shape = match (zh.len(), en.len()) {
            (a @ 1..=8, 1) => a - 1,
            (1, b @ 2..=8) => 8 + b - 2,
            _ => return None,
        };
        together.then_some((i, j, shape))
    }

    /// Remembers the coverage of a bead, unless it is of a kind that is not kept.
    pub fn keep(&mut self, zh: &[usize], en: &[usize], dice: f32) {
        let Some((i, j, shape)) = Self::place(zh, en) else { return };
        let [even, odd] = &mut self.rows;
        let row = if i.is_multiple_of(2) { even } else { odd };
        if row.zh != i || j < row.first_en {
            *row = Row { zh: i, first_en: j, cells: std::mem::take(&mut row.cells) };
            row.cells.clear();
        }
        let column = j - row.first_en;
        if row.cells.len() <= column {
            row.cells.resize(column + 1, [f32::NAN; SHAPES]);
        }
        if let Some(slot) = row.cells.get_mut(column).and_then(|cells| cells.get_mut(shape)) {
            *slot = dice;
        }
    }

    /// The coverage of a bead, if it is remembered.
    pub fn get(&self, zh: &[usize], en: &[usize]) -> Option<f32> {
        let (i, j, shape) = Self::place(zh, en)?;
        let row = self.rows.get(i % 2).filter(|row| row.zh == i)?;
        row.cells.get(j.checked_sub(row.first_en)?)?.get(shape).copied().filter(|dice| !dice.is_nan())
    }
}
