//! Matrix products, in whole numbers: exact, and so the same whatever stands beside a row in a batch.
//!
//! The weights of the model are multiples of one step a matrix, from −127 to 127, so they are kept as `i8` without any
//! loss. What they are multiplied with is rounded to 14 bits ([`Rounding`]) and cut into two planes of 7 bits, each a `u8` below 128:
//! products of that size cannot overflow on any processor (`vpmaddubsw` adds two of them in 16 bits), so that the sum is
//! exact and the same everywhere, whatever stands beside it in a batch, and still three to four times as fast as the
//! same product in `f32`.

use super::weights::Weights;
use crate::error::{Error, Result};
use rten_gemm::{GemmError, GemmExecutor, GemmInputA, GemmInputB, GemmOptions, PackedBMatrix};
use rten_simd::{Isa, SimdOp};
use rten_tensor::NdTensorView;

/// How a left factor is rounded: to whole steps, 2¹⁴ of them, from a lowest number on.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounding {
    /// How many steps make one.
    pub steps: f32,
    /// The high plane of zero: how many times 128 steps lie below zero. The low plane of zero is zero.
    pub zero: u8,
}

impl Rounding {
    /// The two planes of a number of steps, each below 128; what is out of range becomes the nearest that is not.
    #[inline(always)]
    pub(super) fn planes(self, steps: i16) -> (u8, u8) {
        let shift = i16::from(self.zero) * 128;
        let shifted = steps.saturating_add(shift).clamp(0, 16383);
        ((shifted >> 7) as u8, (shifted & 127) as u8)
    }
}

/// The nearest whole number, ties to even; one that does not fit becomes the nearest that does. Vectorises everywhere.
#[inline(always)]
pub(super) fn nearest(number: f32) -> i16 {
    /// 1.5 · 2²³: adding it leaves no bits for a fraction.
    const SHIFT: f32 = 12_582_912.0;
    let shifted = number.clamp(-32768.0, 32767.0) + SHIFT;
    (shifted.to_bits() as i32).wrapping_sub(SHIFT.to_bits() as i32) as i16
}

thread_local! {
    // One a thread, for they cannot be shared; making one asks the processor what it can do, which is slow on some.
    static INTEGERS: GemmExecutor<u8, i8, i32> = GemmExecutor::default();
}

struct Run<F>(F);

impl<R, F: FnOnce() -> R> SimdOp for Run<F> {
    type Output = R;

    #[inline(always)]
    fn eval<I: Isa>(self, _: I) -> R {
        (self.0)()
    }
}

/// Runs plain loops compiled for the best instructions this processor has. The closure, and what it calls, must be
/// `#[inline(always)]`. The result does not depend on the processor: the compiler neither reorders sums nor fuses
/// operations.
#[inline]
pub(super) fn vectorized<R>(work: impl FnOnce() -> R) -> R {
    Run(work).dispatch()
}

/// A matrix of small integers.
pub(super) struct Integers {
    packed: PackedBMatrix<i8>,
    rows: usize,
    /// What the shift of the planes adds to a product: the column's sum times the shift.
    shifts: Vec<i32>,
}

impl Integers {
    /// A matrix of at least one column, given row by row, to be multiplied with numbers that are rounded so.
    pub(super) fn new(weights: &[i8], rows: usize, columns: usize, rounding: Rounding) -> Self {
        let shift = 128 * i32::from(rounding.zero);
        let mut shifts = vec![0; columns];
        for row in weights.chunks_exact(columns) {
            shifts.iter_mut().zip(row).for_each(|(s, weight)| *s += shift * i32::from(*weight));
        }
        let weights = NdTensorView::from_data([rows, columns], weights);
        Self { packed: INTEGERS.with(|executor| executor.prepack_b(weights)), rows, shifts }
    }

    /// How many numbers a row of the product has.
    pub(super) fn columns(&self) -> usize {
        self.shifts.len()
    }

    /// The products of rows of which the planes are given: for each row those of its high and of its low plane.
    ///
    /// The library could subtract a zero point from each row, but version 0.27 takes those of the first rows for all.
    pub(super) fn multiply<'a>(
        &self,
        planes: &[u8],
        products: &'a mut Vec<i32>,
    ) -> Result<impl Iterator<Item = (&'a [i32], &'a [i32])> + use<'a>> {
        let columns = self.columns();
        self.multiply_plane(planes, products)?;
        let (high, low) = products.split_at(products.len() / 2);
        Ok(high.chunks_exact(columns).zip(low.chunks_exact(columns)))
    }

    /// The product of rows of small numbers, none above 127.
    pub(super) fn multiply_plane(&self, rows: &[u8], products: &mut Vec<i32>) -> Result<()> {
        let count = rows.len().checked_div(self.rows).unwrap_or_default();
        products.resize(count * self.columns(), 0);
        let left = NdTensorView::from_data([count, self.rows], rows);
        let (left, right) = (GemmInputA::Unpacked(left), GemmInputB::Packed(&self.packed));
        INTEGERS.with(|executor| executor.gemm(products, left, right, GemmOptions::default())).map_err(failed)
    }

    /// What the rounding's zero adds to each column of a product.
    pub(super) fn shifts(&self) -> &[i32] {
        &self.shifts
    }
}

/// Adds the product with a row of rounded numbers, of the two rows that [`Integers::multiply`] makes of its planes.
///
/// Between the steps a number may leave the range of `i32`; their sum never does, as no factor is longer than 2048.
#[inline(always)]
pub(super) fn join(sums: &mut [i32], high: &[i32], low: &[i32], shifts: &[i32]) {
    for (((sum, high), low), shift) in sums.iter_mut().zip(high).zip(low).zip(shifts) {
        *sum = sum.wrapping_add(high.wrapping_mul(128)).wrapping_add(*low).wrapping_sub(*shift);
    }
}

/// A dense layer without bias: the numbers it is given are rounded by the largest of their row.
pub(super) struct Dense {
    weights: Integers,
    step: f32,
}

impl Dense {
    /// The layer of a name in a model file.
    pub(super) fn open(file: &Weights, name: &str, rows: usize, columns: usize) -> Result<Self> {
        let weights = file.integers(name, rows, columns)?;
        Ok(Self { weights: Integers::new(&weights, rows, columns, EVEN), step: step(file, name)? })
    }

    /// `left · self`, row by row.
    pub(super) fn apply(&self, left: &[f32], buffers: &mut Buffers) -> Result<Vec<f32>> {
        let (rows, columns) = (self.weights.rows, self.weights.columns());
        let count = left.len().checked_div(rows).unwrap_or_default();
        buffers.planes.resize(2 * left.len(), 0);
        let (high, low) = buffers.planes.split_at_mut(left.len());
        let parts = high.chunks_exact_mut(rows).zip(low.chunks_exact_mut(rows));
        let mut units = Vec::with_capacity(count);
        for (row, (high, low)) in left.chunks_exact(rows).zip(parts) {
            let most = vectorized(
                #[inline(always)]
                || largest(row),
            )
            .max(f32::MIN_POSITIVE);
            let steps = EVEN.steps / most;
            vectorized(
                #[inline(always)]
                || {
                    for ((x, high), low) in row.iter().zip(high).zip(low) {
                        (*high, *low) = EVEN.planes(nearest(x * steps));
                    }
                },
            );
            units.push(self.step / steps);
        }
        let products = self.weights.multiply(&buffers.planes, &mut buffers.products)?;
        let mut out = vec![0.0; count * columns];
        let mut sums = vec![0; columns];
        for ((out, (high, low)), unit) in out.chunks_exact_mut(columns).zip(products).zip(units) {
            vectorized(
                #[inline(always)]
                || {
                    sums.fill(0);
                    join(&mut sums, high, low, self.weights.shifts());
                    out.iter_mut().zip(&sums).for_each(|(x, sum)| *x = *sum as f32 * unit);
                },
            );
        }
        Ok(out)
    }
}

/// What products are made in, kept from one to the next: fresh memory costs more than some products do.
#[derive(Default)]
pub(super) struct Buffers {
    /// The high planes of all rows, then their low planes.
    pub planes: Vec<u8>,
    /// The products of all rows' high planes, then those of their low planes.
    pub products: Vec<i32>,
}

/// Rounding to equally far on both sides of zero.
const EVEN: Rounding = Rounding { steps: 8191.0, zero: 64 };

fn failed(error: GemmError) -> Error {
    Error::input(format!("the model's matrices do not fit: {error}"))
}

/// What one unit of the integers in a matrix is worth.
pub(super) fn step(weights: &Weights, name: &str) -> Result<f32> {
    Ok(weights.floats(&format!("{name}.step"), 1)?.first().copied().unwrap_or_default())
}

/// How many partial sums a reduction keeps: as many as the widest registers hold, on every processor.
const LANES: usize = 16;

/// What makes a row of numbers one of mean 0 and variance 1: `(x − mean) / sqrt(variance + ε)`.
#[derive(Clone, Copy)]
pub(super) struct Norm {
    mean: f32,
    scale: f32,
}

impl Norm {
    /// That of a row.
    #[inline(always)]
    pub(super) fn of(numbers: &[f32]) -> Self {
        /// The model's own ε.
        const EPSILON: f32 = 1e-12;
        let count = numbers.len() as f32;
        let mean = sum(
            numbers,
            #[inline(always)]
            |x| x,
        ) / count;
        let variance = sum(
            numbers,
            #[inline(always)]
            |x| (x - mean) * (x - mean),
        ) / count;
        Self { mean, scale: 1.0 / (variance + EPSILON).sqrt() }
    }

    /// A number of that row, normed.
    #[inline(always)]
    pub(super) fn apply(self, number: f32) -> f32 {
        (number - self.mean) * self.scale
    }
}

/// The largest magnitude.
#[inline(always)]
fn largest(numbers: &[f32]) -> f32 {
    let (chunks, rest) = numbers.as_chunks::<LANES>();
    let mut lanes = [0.0f32; LANES];
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane = if x.abs() > *lane { x.abs() } else { *lane };
        }
    }
    lanes.iter().chain(rest).fold(0.0, |most, x| x.abs().max(most))
}

/// The sum of something of each number, always added in the same order.
#[inline(always)]
pub(super) fn sum(numbers: &[f32], of: impl Fn(f32) -> f32) -> f32 {
    let (chunks, rest) = numbers.as_chunks::<LANES>();
    let mut lanes = [0.0f32; LANES];
    for chunk in chunks {
        for (lane, x) in lanes.iter_mut().zip(chunk) {
            *lane += of(*x);
        }
    }
    for (lane, x) in lanes.iter_mut().zip(rest) {
        *lane += of(*x);
    }
    lanes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn planes_hold_the_number(steps in -8192i16..=8191) {
            let (high, low) = EVEN.planes(steps);
            prop_assert!(high < 128 && low < 128);
            prop_assert_eq!((i16::from(high) - i16::from(EVEN.zero)) * 128 + i16::from(low), steps);
        }

        #[test]
        fn nearest_rounds_ties_to_even(number in -40000.0f32..40000.0) {
            prop_assert_eq!(f32::from(nearest(number)), number.clamp(-32768.0, 32767.0).round_ties_even());
        }
    }

    #[test]
    fn numbers_out_of_range_become_the_nearest() {
        let low = Rounding { steps: 1.0, zero: 20 };
        assert_eq!(low.planes(i16::MAX), (127, 127));
        assert_eq!(low.planes(i16::MIN), (0, 0));
        assert_eq!(low.planes(0), (20, 0));
    }

    #[test]
    fn products_with_rounded_numbers_are_exact() {
        let (rows, columns, count) = (1280, 256, 131);
        let weights: Vec<i8> =
            (0..rows * columns).map(|i| if (i * 7 + i / columns) % 3 == 0 { 127 } else { -127 }).collect();
        let matrix = Integers::new(&weights, rows, columns, EVEN);
        let number = |i: usize| match i % 5 {
            0 => -8192,
            1 | 2 => 8191,
            _ => (i * 31 % 16384) as i16 - 8192,
        };
        let numbers: Vec<i16> = (0..rows * count).map(number).collect();
        let high = numbers.iter().map(|n| EVEN.planes(*n).0);
        let left: Vec<u8> = high.chain(numbers.iter().map(|n| EVEN.planes(*n).1)).collect();
        let mut products = Vec::new();
        let products = matrix.multiply(&left, &mut products).unwrap();
        for (row, (high, low)) in products.enumerate() {
            let mut found = vec![0; columns];
            join(&mut found, high, low, matrix.shifts());
            for column in [0, 1, 255] {
                let term =
                    |r: usize| i32::from(numbers[row * rows + r]) * i32::from(weights[r * columns + column]);
                assert_eq!(found[column], (0..rows).map(term).sum::<i32>());
            }
        }
    }
}
