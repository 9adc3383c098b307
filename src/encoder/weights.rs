//! A model file: tensors by name in the safetensors layout, mapped into memory rather than read.

use super::map::Mapped;
use crate::error::{Error, Result};
use crate::text::hex;
use safetensors::tensor::{Metadata, TensorInfo};
use safetensors::{Dtype, SafeTensors};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

/// The layout of our model files and the arithmetic that reads them. Whatever changes an embedding, or how it is
/// stored, raises it, so that nothing made by another version is mixed up with ours.
pub(super) const FORMAT: &str = "1";

/// The key of the header's metadata under which [`About`] stands, as JSON.
pub(super) const ABOUT: &str = "duizhao";

/// What a model file says about itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct About {
    /// [`FORMAT`].
    pub format: String,
    /// The model's name.
    pub name: String,
    /// What it was made of.
    pub source: String,
    /// Its licence, as an SPDX identifier.
    pub license: String,
    /// [`digest`] of its tensors.
    pub digest: String,
}

/// A model file that is open.
pub(super) struct Weights {
    path: PathBuf,
    metadata: Metadata,
    about: About,
    /// What stands behind the header.
    data: Mapped,
}

impl Weights {
    /// Maps a model file and checks its header: a few microseconds, however large it is.
    pub(super) fn open(path: &Path) -> Result<Self> {
        let file = Mapped::open(path)?;
        let damaged = |why: String| damaged(path, &why);
        let (header, metadata) = SafeTensors::read_metadata(&file).map_err(|e| damaged(e.to_string()))?;
        // Eight bytes say how long the header is.
        let start = header.saturating_add(8);
        let data = file.part(start..file.len()).ok_or_else(|| damaged("its header is cut".to_owned()))?;
        let said = metadata.metadata().as_ref().and_then(|m| m.get(ABOUT));
        let about: About = said
            .and_then(|json| serde_json::from_str(json).ok())
            .ok_or_else(|| damaged("its header does not say what it is".to_owned()))?;
        if about.format != FORMAT {
            return Err(Error::input("was imported by another version of duizhao").at(path).remedy(REMEDY));
        }
        Ok(Self { path: path.to_owned(), metadata, about, data })
    }

    /// What the file says about itself.
    pub(super) fn about(&self) -> &About {
        &self.about
    }

    /// Reads it all and compares it with the digest in the header.
    pub(super) fn verify(&self) -> Result<()> {
        let found = digest(self.metadata.offset_keys().iter().filter_map(|name| {
            let info = self.metadata.info(name)?;
            Some((name.as_str(), info.dtype, info.shape.as_slice(), self.data.get(offsets(info))?))
        }));
        if self.about.digest != found {
            return Err(damaged(&self.path, "its contents are not what its header says"));
        }
        Ok(())
    }

    /// A tensor's bytes.
    pub(super) fn bytes(&self, name: &str, dtype: Dtype, shape: &[usize]) -> Result<Mapped> {
        let info = self.info(name)?;
        if info.dtype != dtype || info.shape != shape {
            let found = format!("{:?} {:?}", info.dtype, info.shape);
            return Err(damaged(&self.path, &format!("{name} is {found}, not {dtype:?} {shape:?}")));
        }
        self.data.part(offsets(info)).ok_or_else(|| damaged(&self.path, &format!("{name} is cut")))
    }

    /// A tensor of bytes of whatever length.
    pub(super) fn blob(&self, name: &str) -> Result<Mapped> {
        let shape = self.info(name)?.shape.clone();
        self.bytes(name, Dtype::U8, &shape)
    }

    /// The rows of a matrix of which only the width is known beforehand.
    pub(super) fn rows(&self, name: &str) -> Result<usize> {
        Ok(self.info(name)?.shape.first().copied().unwrap_or_default())
    }

    /// A vector of numbers, copied out.
    pub(super) fn floats(&self, name: &str, len: usize) -> Result<Vec<f32>> {
        let bytes = self.bytes(name, Dtype::F32, &[len])?;
        Ok(bytes.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect())
    }

    /// A matrix of small integers, copied out row by row.
    pub(super) fn integers(&self, name: &str, rows: usize, columns: usize) -> Result<Vec<i8>> {
        let bytes = self.bytes(name, Dtype::I8, &[rows, columns])?;
        Ok(bytes.iter().map(|b| i8::from_le_bytes([*b])).collect())
    }

    fn info(&self, name: &str) -> Result<&TensorInfo> {
        self.metadata.info(name).ok_or_else(|| damaged(&self.path, &format!("it has no {name}")))
    }
}

fn offsets(info: &TensorInfo) -> std::ops::Range<usize> {
    info.data_offsets.0..info.data_offsets.1
}

const REMEDY: &str = "import the model again: duizhao model import FILE.whl";

fn damaged(path: &Path, why: &str) -> Error {
    Error::input(format!("is no whole model file: {why}")).at(path).remedy(REMEDY)
}

/// SHA-256 over the format and every tensor: name, type, shape, bytes; the order of the tensors is the caller's and
/// makes no difference.
pub(super) fn digest<'a>(tensors: impl Iterator<Item = (&'a str, Dtype, &'a [usize], &'a [u8])>) -> String {
    let mut tensors: Vec<_> = tensors.collect();
    tensors.sort_unstable_by_key(|t| t.0);
    let mut hasher = Sha256::new();
    hasher.update(FORMAT);
    for (name, dtype, shape, bytes) in tensors {
        hasher.update(format!("\n{name} {dtype:?} {shape:?} {}\n", bytes.len()));
        hasher.update(bytes);
    }
    hex::digits(&hasher.finalize())
}
