//! From tokens to the sum of their features: the two convolutions over neighbours, and the norm.

use super::layers::{Buffers, Integers, Norm, Rounding, join, nearest, step, vectorized};
use super::pieces::{CHANNELS, EMBEDDING, ORDERS, PROJECTED, Pieces, Row, STEPS, beside};
use super::weights::Weights;
use crate::error::{Error, Result};

/// The numbers that describe a token: its embedding and what the convolutions make of its surroundings.
pub(super) const FEATURES: usize = EMBEDDING + PROJECTED;

/// The most neighbours in a window.
const WIDEST: usize = 5;

/// What the first convolution makes is rounded so for the second: from −21.8 to 74.5.
const ROUNDING: Rounding = Rounding { steps: 170.0, zero: 29 };
/// From steps of the table to those, in 2⁻¹⁵.
const RATIO: i32 = (ROUNDING.steps / STEPS * 32768.0) as i32;

/// The convolutions and the norm behind them.
pub(super) struct Forward {
    orders: Vec<Order>,
    gain: Vec<f32>,
    shift: Vec<f32>,
}

/// A convolution over a window of neighbours, twice.
struct Order {
    neighbours: usize,
    before: usize,
    /// Where in a row of the table the window's shares begin.
    shares: usize,
    first_bias: Vec<i16>,
    second: Integers,
    step: f32,
    second_bias: Vec<f32>,
}

/// What a thread needs for its work, kept from one batch to the next.
#[derive(Default)]
pub(super) struct Scratch {
    hidden: Vec<i16>,
    features: Vec<f32>,
    buffers: Buffers,
}

/// Where a token's sentence begins and ends.
#[derive(Clone, Copy)]
struct Bounds {
    start: usize,
    end: usize,
}

impl Forward {
    /// Reads the weights.
    pub(super) fn open(weights: &Weights) -> Result<Self> {
        let mut orders = Vec::with_capacity(ORDERS.len());
        let mut shares = PROJECTED;
        for (name, neighbours, before) in ORDERS {
            let matrix = format!("{name}.second");
            let second = beside(&weights.integers(&matrix, neighbours * CHANNELS, CHANNELS)?, neighbours);
            let first_bias = weights.floats(&format!("{name}.first.bias"), CHANNELS)?;
            orders.push(Order {
                neighbours,
                before,
                shares,
                first_bias: first_bias.iter().map(|b| nearest(b * STEPS)).collect(),
                second: Integers::new(&second, CHANNELS, neighbours * CHANNELS, ROUNDING),
                step: step(weights, &matrix)? / ROUNDING.steps,
                second_bias: weights.floats(&format!("{name}.second.bias"), CHANNELS)?,
            });
            shares += neighbours * CHANNELS;
        }
        let (gain, shift) = (weights.floats("norm.gain", FEATURES)?, weights.floats("norm.bias", FEATURES)?);
        Ok(Self { orders, gain, shift })
    }

    /// For each sentence the sum of its tokens' features; a sentence is a list of ids, `row` finds an id's row.
    pub(super) fn sums<'a>(
        &self,
        pieces: &Pieces,
        sentences: &[Vec<u32>],
        row: impl Fn(u32) -> Option<&'a Row>,
        scratch: &mut Scratch,
    ) -> Result<Vec<f32>> {
        let ids: Vec<u32> = sentences.iter().flatten().copied().collect();
        let rows: Vec<&[i16]> = ids
            .iter()
            .map(|id| row(*id).map(|r| &**r))
            .collect::<Option<_>>()
            .ok_or_else(|| Error::input("a piece has no row"))?;
        let bounds = bounds(sentences);
        scratch.features.resize(ids.len() * FEATURES, 0.0);
        for (id, features) in ids.iter().zip(scratch.features.chunks_exact_mut(FEATURES)) {
            let (embedding, scale, offset) = pieces.embedding(*id)?;
            vectorized(
                #[inline(always)]
                || {
                    for (x, unit) in features.iter_mut().zip(embedding) {
                        *x = f32::from(*unit) * scale + offset;
                    }
                },
            );
        }
        for (number, order) in self.orders.iter().enumerate() {
            order.first(&rows, &bounds, number * CHANNELS, scratch);
            order.second(&bounds, EMBEDDING + number * CHANNELS, scratch)?;
        }
        Ok(self.add_up(sentences, &scratch.features))
    }

    /// Norms each token's features and adds them up a sentence at a time.
    fn add_up(&self, sentences: &[Vec<u32>], features: &[f32]) -> Vec<f32> {
        let mut sums = vec![0.0; sentences.len() * FEATURES];
        let mut tokens = features.chunks_exact(FEATURES);
        for (sentence, sum) in sentences.iter().zip(sums.chunks_exact_mut(FEATURES)) {
            for token in tokens.by_ref().take(sentence.len()) {
                vectorized(
                    #[inline(always)]
                    || {
                        let norm = Norm::of(token);
                        for (sum, x) in sum.iter_mut().zip(token.iter()) {
                            *sum += norm.apply(*x);
                        }
                    },
                );
            }
            let count = sentence.len() as f32;
            vectorized(
                #[inline(always)]
                || {
                    for ((sum, gain), shift) in sum.iter_mut().zip(&self.gain).zip(&self.shift) {
                        *sum = *sum * gain + shift * count;
                    }
                },
            );
        }
        sums
    }
}

impl Order {
    /// The token in a place of the window around token `at`, if its sentence has one there.
    fn neighbour(&self, at: usize, place: usize, bounds: Bounds) -> Option<usize> {
        (at + place).checked_sub(self.before).filter(|t| (bounds.start..bounds.end).contains(t))
    }

    /// The first convolution: `max(0, bias + the sum of shares) + projection`, all from the table.
    fn first(&self, rows: &[&[i16]], bounds: &[Bounds], projection: usize, scratch: &mut Scratch) {
        let size = rows.len() * CHANNELS;
        scratch.hidden.resize(size, 0);
        scratch.buffers.planes.resize(2 * size, 0);
        let hidden = scratch.hidden.as_chunks_mut::<CHANNELS>().0.iter_mut();
        let (high, low) = scratch.buffers.planes.split_at_mut(size);
        let high = high.as_chunks_mut::<CHANNELS>().0.iter_mut();
        let low = low.as_chunks_mut::<CHANNELS>().0.iter_mut();
        for ((((at, bounds), hidden), high), low) in bounds.iter().enumerate().zip(hidden).zip(high).zip(low)
        {
            let share = |place: usize| {
                chunk(rows.get(self.neighbour(at, place, *bounds)?)?, self.shares + place * CHANNELS)
            };
            let mut shares = [None; WIDEST];
            shares.iter_mut().take(self.neighbours).enumerate().for_each(|(place, s)| *s = share(place));
            let Some(own) = rows.get(at).and_then(|row| chunk(row, projection)) else { continue };
            vectorized(
                #[inline(always)]
                || {
                    hidden.iter_mut().zip(&self.first_bias).for_each(|(h, bias)| *h = *bias);
                    for share in shares.iter().flatten() {
                        hidden.iter_mut().zip(*share).for_each(|(h, share)| *h = h.saturating_add(*share));
                    }
                    for (((h, own), high), low) in hidden.iter_mut().zip(own).zip(high).zip(low) {
                        *h = (*h).max(0).saturating_add(*own);
                        let steps = (((i32::from(*h) * RATIO) >> 14) + 1) >> 1;
                        (*high, *low) = ROUNDING.planes(steps as i16);
                    }
                },
            );
        }
    }

    /// The second convolution: `max(0, bias + product) + what the first made`, into the features from `into` on.
    ///
    /// Every token is multiplied with the weights of all places at once, then each adds up its neighbours' products:
    /// so no token is copied and packed once for each window it stands in.
    fn second(&self, bounds: &[Bounds], into: usize, scratch: &mut Scratch) -> Result<()> {
        let Scratch { hidden, features, buffers: Buffers { planes, products } } = scratch;
        let width = self.second.columns();
        self.second.multiply_plane(planes, products)?;
        let (high, low) = products.split_at(bounds.len() * width);
        let tokens = features.chunks_exact_mut(FEATURES).zip(hidden.as_chunks::<CHANNELS>().0);
        for ((at, bounds), (features, hidden)) in bounds.iter().enumerate().zip(tokens) {
            let out = features.get_mut(into..).and_then(|f| f.first_chunk_mut::<CHANNELS>());
            let Some(out) = out else { continue };
            let mut sum = [0i32; CHANNELS];
            for place in 0..self.neighbours {
                let Some(neighbour) = self.neighbour(at, place, *bounds) else { continue };
                let from = neighbour * width + place * CHANNELS;
                let (Some(high), Some(low)) = (chunk(high, from), chunk(low, from)) else { continue };
                let Some(shift) = chunk(self.second.shifts(), place * CHANNELS) else { continue };
                vectorized(
                    #[inline(always)]
                    || join(&mut sum, high, low, shift),
                );
            }
            vectorized(
                #[inline(always)]
                || {
                    for (((out, hidden), sum), bias) in
                        out.iter_mut().zip(hidden).zip(&sum).zip(&self.second_bias)
                    {
                        let made = (*sum as f32 * self.step + bias).max(0.0);
                        *out = made + f32::from(*hidden) * (1.0 / STEPS);
                    }
                },
            );
        }
        Ok(())
    }
}

/// A token's numbers in a row of rows.
fn chunk<T>(numbers: &[T], from: usize) -> Option<&[T; CHANNELS]> {
    numbers.get(from..)?.first_chunk()
}

fn bounds(sentences: &[Vec<u32>]) -> Vec<Bounds> {
    let mut bounds = Vec::new();
    for sentence in sentences {
        let start = bounds.len();
        let end = start + sentence.len();
        bounds.resize(end, Bounds { start, end });
    }
    bounds
}
