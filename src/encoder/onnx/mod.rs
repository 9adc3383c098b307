//! Encoders that were exported to ONNX: LaBSE, BGE-M3, multilingual e5 and their kind, as `optimum-cli export onnx` or
//! sentence-transformers leave them in a folder.
//!
//! | file | what of it is used |
//! |---|---|
//! | `model.onnx` or `onnx/model.onnx` | the graph, with whatever files its weights lie in beside it |
//! | `tokenizer.json` | the tokeniser |
//! | `1_Pooling/config.json` | how the tokens' vectors become one; without it their mean |
//!
//! Texts go through one by one, without padding, so that no text's vector depends on another's. A run of sentences gets
//! the mean of their vectors, weighed by their numbers of tokens. Prefixes that a model wants before its texts
//! (`query: ` for e5) are not added.

#[cfg(test)]
mod tests;

use super::{Encoder, Pooled};
use crate::error::{Error, Result};
use crate::text::hex;
use rayon::prelude::*;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokenizers::{Tokenizer, TruncationParams};
use tract_onnx::prelude::*;

/// The most tokens of a text; what is behind them is not read. Longer texts than most models were trained on.
const MOST_TOKENS: usize = 512;

/// A model, open.
pub(super) struct Onnx {
    name: String,
    hash: String,
    dimension: usize,
    tokenizer: Tokenizer,
    plan: Arc<TypedRunnableModel>,
    inputs: Vec<Input>,
    pooling: Pooling,
}

/// What the graph asks for, in its order.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Input {
    Tokens,
    Mask,
    Types,
}

/// How a text's vector comes from the graph's output.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Pooling {
    /// The mean of the tokens' vectors.
    Mean,
    /// The first token's vector.
    First,
    /// The output is a vector of the text.
    Done,
}

/// `1_Pooling/config.json`, as sentence-transformers writes it.
#[derive(Deserialize)]
struct PoolingFile {
    #[serde(default)]
    pooling_mode_cls_token: bool,
    #[serde(default)]
    pooling_mode_mean_tokens: bool,
}

impl Onnx {
    /// Opens the folder of a model.
    pub(super) fn open(folder: &Path) -> Result<Self> {
        let graph = [folder.join("model.onnx"), folder.join("onnx").join("model.onnx")];
        let graph = graph.into_iter().find(|path| path.is_file()).ok_or_else(|| {
            Error::usage("holds no model.onnx")
                .at(folder)
                .remedy("give the folder that `optimum-cli export onnx --model NAME DIR` made")
        })?;
        let tokens = folder.join("tokenizer.json");
        let mut tokenizer = Tokenizer::from_file(&tokens)
            .map_err(|e| Error::input("is no tokeniser").at(&tokens).caused_by(e))?;
        let truncation = TruncationParams { max_length: MOST_TOKENS, ..TruncationParams::default() };
        tokenizer
            .with_truncation(Some(truncation))
            .map_err(|e| Error::input("cannot cut texts").at(&tokens).caused_by(e))?;
        tokenizer.with_padding(None);
        let asked = asked_pooling(folder)?;
        let (plan, inputs, pooling) = plan(&graph, asked).map_err(|e| unread(&graph, e))?;
        let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
        let mut encoder =
            Self { name, hash: hash(folder, &graph)?, dimension: 0, tokenizer, plan, inputs, pooling };
        let probe = encoder.read("a").map_err(|e| e.at(&graph))?;
        encoder.dimension = probe.sum.len();
        Ok(encoder)
    }

    /// One text: its vector, as often as it has tokens.
    fn read(&self, text: &str) -> Result<Pooled> {
        let encoding = self
            .tokenizer
            .encode(text, true)
            .map_err(|e| Error::input("a text cannot be cut into tokens").caused_by(e))?;
        // A text without tokens gets the vector of one token, whichever it is.
        let ids = if encoding.get_ids().is_empty() { &[0] } else { encoding.get_ids() };
        let row = |numbers: &[u32]| -> TractResult<TValue> {
            let numbers: Vec<i64> = numbers.iter().map(|&n| i64::from(n)).collect();
            Ok(Tensor::from_shape(&[1, numbers.len()], &numbers)?.into())
        };
        let (ones, zeros) = (vec![1; ids.len()], vec![0; ids.len()]);
        let inputs = self.inputs.iter().map(|input| match input {
            Input::Tokens => row(ids),
            Input::Mask => row(&ones),
            Input::Types => row(&zeros),
        });
        let ran = inputs.collect::<TractResult<TVec<TValue>>>().and_then(|inputs| self.plan.run(inputs));
        let failed = |e: TractError| Error::input("the model cannot be run").caused_by(cause(e));
        let outputs = ran.map_err(failed)?;
        let output = outputs.first().ok_or_else(|| Error::input("the model has no output"))?;
        let output = output.to_plain_array_view::<f32>().map_err(failed)?;
        let vectors: Vec<f32> = output.iter().copied().collect();
        let width = output.shape().last().copied().unwrap_or_default().max(1);
        let mut sum = vec![0.0; width];
        let rows = if self.pooling == Pooling::Mean { usize::MAX } else { 1 };
        for vector in vectors.chunks_exact(width).take(rows) {
            sum.iter_mut().zip(vector).for_each(|(sum, x)| *sum += x);
        }
        let tokens = ids.len() as f32;
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
        sum.iter_mut().for_each(|x| *x *= tokens / length);
        Ok(Pooled { sum: sum.into(), tokens })
    }
}

impl Encoder for Onnx {
    fn name(&self) -> &str {
        &self.name
    }

    fn hash(&self) -> &str {
        &self.hash
    }

    fn dimension(&self) -> usize {
        self.dimension
    }

    fn pool(&self, texts: &[&str]) -> Result<Vec<Pooled>> {
        texts.par_iter().map(|text| self.read(text)).collect()
    }

    fn finish(&self, pooled: &[Pooled]) -> Result<Vec<f32>> {
        let mut vectors = Vec::with_capacity(pooled.len() * self.dimension);
        for pooled in pooled {
            if pooled.sum.len() != self.dimension {
                return Err(Error::input("a sum is not of this encoder's making"));
            }
            let length = pooled.sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(f32::MIN_POSITIVE);
            vectors.extend(pooled.sum.iter().map(|x| x / length));
        }
        Ok(vectors)
    }
}

fn cause(error: TractError) -> std::io::Error {
    std::io::Error::other(format!("{error:#}"))
}

fn unread(graph: &Path, error: TractError) -> Error {
    Error::input("is no model that can be run").at(graph).caused_by(cause(error))
}

/// What the folder says of pooling; `None` if it says nothing.
fn asked_pooling(folder: &Path) -> Result<Option<Pooling>> {
    let path = folder.join("1_Pooling").join("config.json");
    if !path.is_file() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(&path).map_err(|e| Error::read(&path, e))?;
    let file: PoolingFile = serde_json::from_str(&text)
        .map_err(|e| Error::input("says nothing of pooling").at(&path).caused_by(e))?;
    match (file.pooling_mode_cls_token, file.pooling_mode_mean_tokens) {
        (true, false) => Ok(Some(Pooling::First)),
        (false, true) => Ok(Some(Pooling::Mean)),
        _ => Err(Error::input("asks for a pooling that is not known").at(&path).remedy("mean and cls are")),
    }
}

/// Reads and optimises the graph, for one text of any length at a time.
fn plan(graph: &Path, asked: Option<Pooling>) -> TractResult<(Arc<TypedRunnableModel>, Vec<Input>, Pooling)> {
    let mut model = tract_onnx::onnx().with_ignore_output_shapes(true).model_for_path(graph)?;
    let length = model.symbols.sym("tokens");
    let mut inputs = Vec::new();
    for (at, outlet) in model.input_outlets()?.to_vec().into_iter().enumerate() {
        let name = model.node(outlet.node).name.clone();
        inputs.push(match name.as_str() {
            "input_ids" => Input::Tokens,
            "attention_mask" => Input::Mask,
            "token_type_ids" => Input::Types,
            other => {
                let known = "input_ids, attention_mask and token_type_ids can be given";
                return Err(TractError::msg(format!("it asks for {other}; {known}")));
            }
        });
        model.set_input_fact(at, i64::fact([1.to_dim(), length.to_dim()]).into())?;
    }
    // A vector of the text if there is one that needs no pooling, else the tokens' vectors.
    let labels: Vec<(OutletId, String)> = model
        .output_outlets()?
        .iter()
        .map(|&outlet| {
            let label = model.outlet_label(outlet).unwrap_or(&model.node(outlet.node).name);
            (outlet, label.to_owned())
        })
        .collect();
    let named = |name: &str| labels.iter().find(|(_, label)| label == name).map(|(outlet, _)| *outlet);
    let first = labels.first().map(|(outlet, _)| *outlet);
    let output = named("sentence_embedding").or_else(|| named("last_hidden_state")).or(first);
    model.select_output_outlets(output.as_slice())?;
    let model = model.into_optimized()?;
    let rank = model.output_fact(0)?.rank();
    let pooling = match rank {
        3 => asked.unwrap_or(Pooling::Mean),
        2 => Pooling::Done,
        _ => {
            let expected = "2 (a vector a text) or 3 (a vector a token) are expected";
            return Err(TractError::msg(format!("its output has {rank} dimensions; {expected}")));
        }
    };
    Ok((model.into_runnable()?, inputs, pooling))
}

/// The hash of everything that the vectors depend on: the graph, the files of weights beside it, the tokeniser, pooling.
fn hash(folder: &Path, graph: &Path) -> Result<String> {
    let beside = graph.parent().unwrap_or(folder);
    let mut files: Vec<PathBuf> =
        vec![folder.join("tokenizer.json"), folder.join("1_Pooling").join("config.json")];
    for entry in std::fs::read_dir(beside).map_err(|e| Error::read(beside, e))? {
        let path = entry.map_err(|e| Error::read(beside, e))?.path();
        let weights =
            path.extension().is_some_and(|e| ["onnx", "onnx_data", "data", "bin"].iter().any(|x| e == *x));
        if weights && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    let mut hasher = Sha256::new();
    for path in files.into_iter().filter(|path| path.is_file()) {
        hasher.update(path.file_name().unwrap_or_default().as_encoded_bytes());
        let mut file = BufReader::new(File::open(&path).map_err(|e| Error::read(&path, e))?);
        loop {
            let bytes = file.fill_buf().map_err(|e| Error::read(&path, e))?;
            if bytes.is_empty() {
                break;
            }
            hasher.update(bytes);
            let read = bytes.len();
            file.consume(read);
        }
    }
    Ok(hex::digits(hasher.finalize().get(..6).unwrap_or_default()))
}
