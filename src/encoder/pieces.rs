//! What depends on one piece alone: its embedding, projection and share of the first convolution, kept in a table.
//!
//! A convolution over `n` neighbours is a sum of `n` products, one for each neighbour, and each product depends on one
//! piece and its place in the window. So each is made once for each piece met, and a token costs ten additions of
//! rows instead of the projection and the first convolution, which are six tenths of the model's arithmetic.

use super::layers::{Buffers, Integers, Norm, Rounding, join, nearest, step, vectorized};
use super::map::Mapped;
use super::weights::Weights;
use crate::error::{Error, Result};
use rayon::prelude::*;
use safetensors::Dtype;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The numbers in an embedding.
pub(super) const EMBEDDING: usize = 512;
/// The numbers a convolution makes of a token.
pub(super) const CHANNELS: usize = 256;
/// The convolutions: name, how many neighbours, how many of them stand before the token.
pub(super) const ORDERS: [(&str, usize, usize); 3] = [("order2", 2, 0), ("order3", 3, 1), ("order5", 5, 2)];
/// The projections of a piece, one for each order.
pub(super) const PROJECTED: usize = ORDERS.len() * CHANNELS;
/// The steps in one, of what the table holds. With them `i16` reaches to ±81.9: shares of the model's 128,010 pieces lie
/// within ±71, and what the first convolution makes of a thousand sentences between −19 and 70.
pub(super) const STEPS: f32 = 400.0;
/// Projections lie within ±19.4.
const ROUNDING: Rounding = Rounding { steps: 420.0, zero: 64 };

/// The numbers in a row of the table.
const ROW: usize = PROJECTED + (2 + 3 + 5) * CHANNELS;

/// A quantised embedding is made of so many blocks, each with a scale and an offset; piece `i` stands in block `i % 17`.
pub(super) const BLOCKS: usize = 17;

/// Pieces that are computed together.
const BATCH: usize = 64;
/// The most pieces that are remembered: 6.5 KiB each.
const REMEMBERED: usize = 24_000;

/// What is known of a piece, in [steps](STEPS): its projections, then for each order and each place in its window
/// the share of the first convolution.
pub(super) type Row = Arc<[i16]>;

/// Everything about pieces.
pub(super) struct Pieces {
    embeddings: Mapped,
    scale: Vec<f32>,
    offset: Vec<f32>,
    projection: Integers,
    /// For each column of the projection: its step, the sum of its weights times the step, bias, gain and bias of the norm.
    columns: Vec<Column>,
    first: Vec<First>,
    known: Mutex<HashMap<u32, Row>>,
}

#[derive(Clone, Copy)]
struct Column {
    step: f32,
    sum: f32,
    bias: f32,
    gain: f32,
    shift: f32,
}

/// The first convolution of an order: the weights of all places of the window side by side.
struct First {
    weights: Integers,
    step: f32,
}

impl Pieces {
    /// Maps the embeddings, reads the weights.
    pub(super) fn open(weights: &Weights, count: usize) -> Result<Self> {
        let mut projection = vec![0i8; EMBEDDING * PROJECTED];
        let mut columns = Vec::with_capacity(PROJECTED);
        for (order, (name, ..)) in ORDERS.into_iter().enumerate() {
            let matrix = format!("{name}.projection");
            let part = weights.integers(&matrix, EMBEDDING, CHANNELS)?;
            let rows = projection.chunks_exact_mut(PROJECTED).zip(part.chunks_exact(CHANNELS));
            for (row, part) in rows {
                row.iter_mut().skip(order * CHANNELS).zip(part).for_each(|(to, from)| *to = *from);
            }
            columns.extend(self::columns(weights, name, &part, step(weights, &matrix)?)?);
        }
        Ok(Self {
            embeddings: weights.bytes("embedding", Dtype::U8, &[count, EMBEDDING])?,
            scale: weights.floats("embedding.scale", BLOCKS)?,
            offset: weights.floats("embedding.offset", BLOCKS)?,
            projection: Integers::new(&projection, EMBEDDING, PROJECTED, Rounding { steps: 1.0, zero: 0 }),
            columns,
            first: ORDERS.iter().map(|(name, n, _)| First::open(weights, name, *n)).collect::<Result<_>>()?,
            known: Mutex::default(),
        })
    }

    /// A piece's embedding in small integers, and what their unit and their zero are worth.
    #[inline]
    pub(super) fn embedding(&self, id: u32) -> Result<(&[u8], f32, f32)> {
        let row = id as usize * EMBEDDING;
        let row = self.embeddings.get(row..row + EMBEDDING);
        let block = id as usize % BLOCKS;
        match (row, self.scale.get(block), self.offset.get(block)) {
            (Some(row), Some(scale), Some(offset)) => Ok((row, *scale, *offset)),
            _ => Err(Error::input(format!("the model has no piece {id}"))),
        }
    }

    /// The rows of pieces, in their order.
    pub(super) fn rows(&self, ids: &[u32]) -> Result<Vec<Row>> {
        let mut rows: Vec<Option<Row>> = {
            let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
            ids.iter().map(|id| known.get(id).cloned()).collect()
        };
        let missing: Vec<u32> =
            ids.iter().zip(&rows).filter(|(_, row)| row.is_none()).map(|(id, _)| *id).collect();
        // Not under the lock: the threads that do it may take up other work meanwhile that wants the lock too.
        let made =
            missing.par_chunks(BATCH).map_init(Buffers::default, |buffers, ids| self.compute(ids, buffers));
        let made = made.collect::<Result<Vec<_>>>()?;
        let made: Vec<Row> = made.into_iter().flatten().collect();
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + made.len() > REMEMBERED {
            known.clear();
        }
        known.extend(missing.iter().copied().zip(made.iter().cloned()).take(REMEMBERED));
        drop(known);
        let mut made = made.into_iter();
        let rows = rows.iter_mut().map(|row| row.take().or_else(|| made.next()));
        rows.collect::<Option<_>>().ok_or_else(|| Error::input("a piece has no row"))
    }

    fn compute(&self, ids: &[u32], buffers: &mut Buffers) -> Result<Vec<Row>> {
        let projected = self.project(ids, buffers)?;
        let rounded = projected.chunks_exact(PROJECTED).map(|x| {
            let mut row = Vec::with_capacity(ROW);
            vectorized(
                #[inline(always)]
                || row.extend(x.iter().map(|x| nearest(*x * STEPS))),
            );
            row
        });
        let mut rows: Vec<Vec<i16>> = rounded.collect();
        for (order, first) in self.first.iter().enumerate() {
            first.extend(&mut rows, &projected, order * CHANNELS, buffers)?;
        }
        Ok(rows.into_iter().map(Row::from).collect())
    }

    /// Projections after their norm, row by row.
    fn project(&self, ids: &[u32], buffers: &mut Buffers) -> Result<Vec<f32>> {
        let Buffers { planes, products } = buffers;
        planes.clear();
        for id in ids {
            planes.extend_from_slice(self.embedding(*id)?.0);
        }
        self.projection.multiply_plane(planes, products)?;
        let mut out = vec![0.0; ids.len() * PROJECTED];
        let rows = out.chunks_exact_mut(PROJECTED).zip(products.chunks_exact(PROJECTED));
        for (id, (out, products)) in ids.iter().zip(rows) {
            let (_, scale, offset) = self.embedding(*id)?;
            vectorized(
                #[inline(always)]
                || {
                    for ((x, product), c) in out.iter_mut().zip(products).zip(&self.columns) {
                        *x = *product as f32 * (scale * c.step) + offset * c.sum + c.bias;
                    }
                    let norm = Norm::of(out);
                    for (x, c) in out.iter_mut().zip(&self.columns) {
                        *x = norm.apply(*x) * c.gain + c.shift;
                    }
                },
            );
        }
        Ok(out)
    }
}

fn columns(weights: &Weights, name: &str, matrix: &[i8], step: f32) -> Result<Vec<Column>> {
    let vector = |part: &str| weights.floats(&format!("{name}.{part}"), CHANNELS);
    let (biases, gains, shifts) = (vector("projection.bias")?, vector("norm.gain")?, vector("norm.bias")?);
    let mut sums = vec![0i32; CHANNELS];
    for row in matrix.chunks_exact(CHANNELS) {
        sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += i32::from(*weight));
    }
    let parts = sums.iter().zip(biases).zip(gains).zip(shifts);
    Ok(parts
        .map(|(((sum, bias), gain), shift)| Column { step, sum: *sum as f32 * step, bias, gain, shift })
        .collect())
}

impl First {
    fn open(file: &Weights, name: &str, neighbours: usize) -> Result<Self> {
        let name = format!("{name}.first");
        let stacked = file.integers(&name, neighbours * CHANNELS, CHANNELS)?;
        let width = neighbours * CHANNELS;
        let weights = Integers::new(&beside(&stacked, neighbours), CHANNELS, width, ROUNDING);
        Ok(Self { weights, step: step(file, &name)? })
    }

    /// Appends to each row the shares of its projection, of which an order's part begins at `at`.
    fn extend(
        &self,
        rows: &mut [Vec<i16>],
        projected: &[f32],
        at: usize,
        buffers: &mut Buffers,
    ) -> Result<()> {
        buffers.planes.resize(2 * rows.len() * CHANNELS, 0);
        let (high, low) = buffers.planes.split_at_mut(rows.len() * CHANNELS);
        let planes = high.chunks_exact_mut(CHANNELS).zip(low.chunks_exact_mut(CHANNELS));
        for (row, (high, low)) in projected.chunks_exact(PROJECTED).zip(planes) {
            let row = row.get(at..).unwrap_or_default();
            vectorized(
                #[inline(always)]
                || {
                    for ((x, high), low) in row.iter().zip(high).zip(low) {
                        (*high, *low) = ROUNDING.planes(nearest(x * ROUNDING.steps));
                    }
                },
            );
        }
        let products = self.weights.multiply(&buffers.planes, &mut buffers.products)?;
        let mut sums = vec![0; self.weights.columns()];
        let unit = self.step * (STEPS / ROUNDING.steps);
        for (row, (high, low)) in rows.iter_mut().zip(products) {
            vectorized(
                #[inline(always)]
                || {
                    sums.fill(0);
                    join(&mut sums, high, low, self.weights.shifts());
                    row.extend(sums.iter().map(
                        #[inline(always)]
                        |sum| nearest(*sum as f32 * unit),
                    ));
                },
            );
        }
        Ok(())
    }
}

/// The weights of a convolution, the places of its window side by side instead of below one another.
pub(super) fn beside(stacked: &[i8], neighbours: usize) -> Vec<i8> {
    let mut beside = vec![0; stacked.len()];
    for (row, from) in stacked.chunks_exact(CHANNELS).enumerate() {
        let at = (row % CHANNELS * neighbours + row / CHANNELS) * CHANNELS;
        beside.iter_mut().skip(at).zip(from).for_each(|(to, from)| *to = *from);
    }
    beside
}
