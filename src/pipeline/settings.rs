//! Everything that decides what a run gives.

use super::train;
use crate::model::Lang;
use crate::text::hex;
use crate::{align, extract, ingest, pair, qa, segment};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// The stages' configurations.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Bytes to pages.
    pub ingest: ingest::Config,
    /// Pages to articles.
    pub extract: extract::Config,
    /// Articles to pairs.
    pub pair: pair::Config,
    /// Articles to sentences.
    pub segment: segment::Config,
    /// Sentences to beads.
    pub align: align::Config,
    /// Beads to findings; `None` looks for none.
    pub qa: Option<qa::Config>,
    /// Under which licence the texts may be used, as records say it; `None` where nobody said.
    pub licence: Option<String>,
    /// The language of the report and of the spreadsheet.
    pub ui_lang: Lang,
    /// How to adapt the lexicon to the run's own pairs and align again; `None` does not.
    pub adapt: Option<train::Config>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            ingest: ingest::Config::default(),
            extract: extract::Config::default(),
            pair: pair::Config::default(),
            segment: segment::Config::default(),
            align: align::Config::default(),
            qa: Some(qa::Config::default()),
            licence: None,
            ui_lang: Lang::En,
            adapt: None,
        }
    }
}

impl Settings {
    /// All of it that can change what is written, as JSON; weights and lexicon by their hashes.
    pub fn to_json(&self) -> Value {
        as_written(json!({
            "ingest": { "max_bytes": self.ingest.max_bytes },
            "extract": { "drop_third_language": self.extract.drop_third_language },
            "pair": self.pair,
            "segment": { "han_share": self.segment.han_share },
            "align": {
                "engine": self.align.engine.to_string(),
                "max_side": self.align.max_side,
                "repeat_overlap": self.align.repeat_overlap,
                "move_gain": self.align.move_gain,
                "weights": self.align.weights.hash(),
            },
            "qa": self.qa,
            "licence": self.licence,
            "ui_lang": self.ui_lang,
            "adapt": self.adapt,
        }))
    }

    /// Version, hash of the configuration and hash of the lexicon: same signature and input, same bytes.
    pub fn signature(&self) -> String {
        let config = hex::digits(&Sha256::digest(self.to_json().to_string()));
        let config = config.get(..12).unwrap_or(&config);
        let lexicon = self.align.lexicon().hash();
        format!("duizhao:{} config:{config} lexicon:{lexicon}", env!("CARGO_PKG_VERSION"))
    }
}

/// Numbers as a user writes them: JSON has no single precision, and 0.7 would become 0.699999988079071.
fn as_written(value: Value) -> Value {
    match value {
        Value::Number(n) if n.is_f64() => {
            let short = n.as_f64().and_then(|n| (n as f32).to_string().parse::<f64>().ok());
            short.map_or(Value::Number(n), Value::from)
        }
        Value::Array(items) => items.into_iter().map(as_written).collect(),
        Value::Object(fields) => fields.into_iter().map(|(key, value)| (key, as_written(value))).collect(),
        other => other,
    }
}
