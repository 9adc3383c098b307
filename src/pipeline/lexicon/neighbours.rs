//! The nearest of many vectors to many others, in whole numbers.
//!
//! Vectors are rounded to 7 and 8 bits, so that every product is exact: the same neighbours on every processor, with any
//! number of threads and in any order of work. The rounding moves a cosine by about a thousandth.

use crate::error::{Error, Result};
use crate::pipeline::{Progress, stop_if_cancelled};
use rten_gemm::{GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_tensor::NdTensorView;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Components beyond this are taken for this: nearly six times the usual size of one in a unit vector, and never above 1.
fn range(dimension: usize) -> f32 {
    (32.0 / dimension as f32).sqrt().min(1.0)
}

/// The steps from zero to the end of the range, for left and right vectors.
const LEFT_STEPS: f32 = 63.0;
const RIGHT_STEPS: f32 = 127.0;
/// What is added to left numbers, which the product wants without sign.
const SHIFT: i32 = 64;

/// How many left vectors are a piece of work.
const ROWS: usize = 256;
/// How many right vectors are multiplied at a time: the products stay in the second-level cache.
const COLUMNS: usize = 1024;

thread_local! {
    // One a thread, for they cannot be shared.
    static PRODUCTS: GemmExecutor<u8, i8, i32> = GemmExecutor::default();
}

/// The best few of each row, best first; of equals the one with the smaller number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Best {
    most: usize,
    entries: Vec<(i32, u32)>,
}

/// What stands where there is nothing yet.
const VACANT: (i32, u32) = (i32::MIN, u32::MAX);

impl Best {
    fn new(rows: usize, most: usize) -> Self {
        Self { most, entries: vec![VACANT; rows * most] }
    }

    /// Score and number of the best of a row.
    pub(super) fn of(&self, row: usize) -> impl Iterator<Item = (i32, u32)> {
        let all = self.entries.get(row * self.most..(row + 1) * self.most).unwrap_or_default();
        all.iter().copied().take_while(|entry| *entry != VACANT)
    }

    /// Puts an entry into its place; the new least score that is kept.
    fn offer(&mut self, row: usize, score: i32, number: u32) -> i32 {
        let Some(entries) = self.entries.get_mut(row * self.most..(row + 1) * self.most) else {
            return i32::MAX;
        };
        let place =
            entries.partition_point(|&(s, n)| (s, std::cmp::Reverse(n)) > (score, std::cmp::Reverse(number)));
        if let Some(behind) = entries.get_mut(place..).filter(|behind| !behind.is_empty()) {
            behind.rotate_right(1);
            if let Some(entry) = behind.first_mut() {
                *entry = (score, number);
            }
        }
        entries.last().map_or(i32::MAX, |last| last.0)
    }

    fn absorb(&mut self, other: &Self) {
        for (row, entries) in other.entries.chunks_exact(other.most.max(1)).enumerate() {
            for &(score, number) in entries.iter().take_while(|entry| **entry != VACANT) {
                self.offer(row, score, number);
            }
        }
    }
}

/// Vectors of two languages, centred, of length one, rounded.
pub(super) struct Space {
    dimension: usize,
    left: Vec<u8>,
    blocks: Vec<Block>,
    /// What the shift adds to the products of each right vector.
    shifts: Vec<i32>,
}

struct Block {
    packed: PackedBMatrix<i8>,
    columns: usize,
}

/// What is taken off every product of a left or right vector.
#[derive(Debug, Default)]
pub(super) struct Bias {
    pub(super) left: Vec<i32>,
    pub(super) right: Vec<i32>,
}

impl Space {
    /// Takes vectors of `dimension` numbers, one behind the other.
    pub(super) fn new(left: Vec<f32>, right: Vec<f32>, dimension: usize) -> Self {
        let left =
            rounded(left, dimension, LEFT_STEPS).into_iter().map(|x| (i32::from(x) + SHIFT) as u8).collect();
        let right = rounded(right, dimension, RIGHT_STEPS);
        let sum = |vector: &[i8]| vector.iter().map(|&x| i32::from(x)).sum::<i32>();
        let shifts = right.chunks_exact(dimension).map(|vector| SHIFT * sum(vector)).collect();
        let pack = |block: &[i8]| {
            let columns = block.len() / dimension;
            let view = NdTensorView::from_data([columns, dimension], block);
            Block { packed: PRODUCTS.with(|p| p.prepack_b(view.transposed())), columns }
        };
        let blocks = right.chunks(COLUMNS * dimension).map(pack).collect();
        Self { dimension, left, blocks, shifts }
    }

    /// The product of two unit vectors of the same direction.
    pub(super) fn one(&self) -> f32 {
        let range = range(self.dimension);
        LEFT_STEPS * RIGHT_STEPS / (range * range)
    }

    /// How many left and right vectors there are.
    pub(super) fn counts(&self) -> (usize, usize) {
        (self.left.len() / self.dimension, self.shifts.len())
    }

    /// For each left vector the best right ones, and the other way round, by product less biases.
    pub(super) fn best(&self, bias: &Bias, most: usize, progress: &dyn Progress) -> Result<(Best, Best)> {
        let (lefts, rights) = self.counts();
        let next = AtomicUsize::new(0);
        let columns: Vec<i32> = self
            .shifts
            .iter()
            .zip(bias.right.iter().chain(std::iter::repeat(&0)))
            .map(|(a, b)| a + b)
            .collect();
        let done = rayon::broadcast(|_| {
            let mut scan =
                Scan { columns: &columns, rights: Best::new(rights, most), floors: vec![i32::MIN; rights] };
            let mut found = Vec::new();
            let mut products = Vec::new();
            loop {
                let start = next.fetch_add(ROWS, Ordering::Relaxed);
                if start >= lefts {
                    return Ok((found, scan.rights));
                }
                stop_if_cancelled(progress)?;
                let rows = ROWS.min(lefts - start);
                found.push((start, self.piece(start, rows, &bias.left, &mut scan, &mut products)?));
                progress.advance(rows as u64);
            }
        });
        let (mut left, mut right) = (Best::new(lefts, most), Best::new(rights, most));
        for done in done {
            let (found, rights) = done?;
            right.absorb(&rights);
            for (start, best) in found {
                let place =
                    left.entries.get_mut(start * most..).and_then(|e| e.get_mut(..best.entries.len()));
                place.into_iter().for_each(|place| place.copy_from_slice(&best.entries));
            }
        }
        Ok((left, right))
    }

    /// The best of some left vectors; they are offered to the right ones as well.
    fn piece(
        &self,
        start: usize,
        rows: usize,
        bias: &[i32],
        scan: &mut Scan<'_>,
        products: &mut Vec<i32>,
    ) -> Result<Best> {
        let mut best = Best::new(rows, scan.rights.most);
        let mut floors = vec![i32::MIN; rows];
        let numbers =
            self.left.get(start * self.dimension..(start + rows) * self.dimension).unwrap_or_default();
        let mut first = 0;
        for block in &self.blocks {
            products.resize(rows * block.columns, 0);
            let left = GemmInputA::Unpacked(NdTensorView::from_data([rows, self.dimension], numbers));
            let right = GemmInputB::Packed(&block.packed);
            PRODUCTS
                .with(|p| p.gemm(products, left, right, GemmOptions::default()))
                .map_err(|e| Error::input(format!("the encoder's vectors cannot be compared: {e}")))?;
            for ((row, products), floor) in products.chunks_exact(block.columns).enumerate().zip(&mut floors)
            {
                let bias = bias.get(start + row).copied().unwrap_or_default();
                scan.row(Row { products, bias, first, number: start + row, local: row }, &mut best, floor);
            }
            first += block.columns;
        }
        Ok(best)
    }
}

/// What a thread knows of the right vectors.
struct Scan<'a> {
    columns: &'a [i32],
    rights: Best,
    /// The least scores that are still kept.
    floors: Vec<i32>,
}

/// A left vector's products with consecutive right ones.
struct Row<'a> {
    products: &'a [i32],
    bias: i32,
    /// The number of the first right vector.
    first: usize,
    number: usize,
    local: usize,
}

/// How many products are looked at together; seldom is one of them good enough.
const LANES: usize = 16;

impl Scan<'_> {
    fn row(&mut self, row: Row<'_>, best: &mut Best, floor: &mut i32) {
        let Self { columns, rights, floors } = self;
        let columns = columns.get(row.first..).unwrap_or_default().chunks(LANES);
        let floors = floors.get_mut(row.first..).unwrap_or_default().chunks_mut(LANES);
        let mut first = row.first;
        for ((products, columns), floors) in row.products.chunks(LANES).zip(columns).zip(floors) {
            let mut any = false;
            for ((product, column), other) in products.iter().zip(columns).zip(floors.iter()) {
                let score = product - column - row.bias;
                any |= (score > *floor) | (score > *other);
            }
            if any {
                for (j, ((product, column), other)) in products.iter().zip(columns).zip(floors).enumerate() {
                    let score = product - column - row.bias;
                    if score > *floor {
                        *floor = best.offer(row.local, score, (first + j) as u32);
                    }
                    if score > *other {
                        *other = rights.offer(first + j, score, row.number as u32);
                    }
                }
            }
            first += LANES;
        }
    }
}

/// Centres vectors, gives them length one and rounds them.
fn rounded(mut vectors: Vec<f32>, dimension: usize, steps: f32) -> Vec<i8> {
    let count = (vectors.len() / dimension).max(1) as f64;
    let mut mean = vec![0.0f64; dimension];
    for vector in vectors.chunks_exact(dimension) {
        mean.iter_mut().zip(vector).for_each(|(sum, x)| *sum += f64::from(*x));
    }
    let mut numbers = Vec::with_capacity(vectors.len());
    for vector in vectors.chunks_exact_mut(dimension) {
        vector.iter_mut().zip(&mean).for_each(|(x, sum)| *x -= (sum / count) as f32);
        let length = vector.iter().map(|x| f64::from(*x) * f64::from(*x)).sum::<f64>().sqrt();
        let scale = f64::from(steps / range(dimension)) / length.max(1e-9);
        let most = f64::from(steps);
        numbers.extend(vector.iter().map(|x| (f64::from(*x) * scale).clamp(-most, most).round() as i8));
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::Silent;
    use proptest::prelude::*;

    /// The same by sorting all products.
    fn plainly(space: &Space, left: &[i8], right: &[i8], bias: &Bias, most: usize) -> (Best, Best) {
        let (lefts, rights) = space.counts();
        let dot = |i: usize, j: usize| -> i32 {
            let (a, b) = (
                &left[i * space.dimension..][..space.dimension],
                &right[j * space.dimension..][..space.dimension],
            );
            let product: i32 = a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum();
            product - bias.left[i] - bias.right[j]
        };
        let (mut of_left, mut of_right) = (Best::new(lefts, most), Best::new(rights, most));
        for i in (0..lefts).rev() {
            for j in 0..rights {
                of_left.offer(i, dot(i, j), j as u32);
                of_right.offer(j, dot(i, j), i as u32);
            }
        }
        (of_left, of_right)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(8))]
        #[test]
        fn the_best_are_found_with_any_number_of_threads(seed in any::<u32>(), lefts in 1usize..600, rights in 1usize..1500) {
            let dimension = 24;
            let mut state = seed;
            let mut random = |count: usize| -> Vec<f32> {
                (0..count)
                    .map(|_| {
                        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                        // Few values, so that many products are equal.
                        (state >> 30) as f32 - 1.0
                    })
                    .collect()
            };
            let (left, right) = (random(lefts * dimension), random(rights * dimension));
            let bias = Bias { left: (0..lefts as i32).map(|i| i % 7).collect(), right: (0..rights as i32).map(|j| j % 5).collect() };
            let space = Space::new(left.clone(), right.clone(), dimension);
            let (left, right) = (rounded(left, dimension, LEFT_STEPS), rounded(right, dimension, RIGHT_STEPS));
            let expected = plainly(&space, &left, &right, &bias, 5);
            for threads in [1, 3] {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                let found = pool.install(|| space.best(&bias, 5, &Silent)).unwrap();
                prop_assert!(found == expected);
            }
        }
    }

    #[test]
    fn of_equals_the_first_is_kept_in_whatever_order_they_come() {
        let mut best = Best::new(1, 2);
        for number in [7, 3, 5] {
            best.offer(0, 10, number);
        }
        assert_eq!(best.of(0).collect::<Vec<_>>(), [(10, 3), (10, 5)]);
        best.offer(0, 11, 9);
        assert_eq!(best.of(0).collect::<Vec<_>>(), [(11, 9), (10, 3)]);
    }
}
