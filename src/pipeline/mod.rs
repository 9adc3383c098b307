//! The only place that names every stage.
//!
//! [`run`](run()) takes files and folders to an output folder in two passes. The first reads every page once and writes
//! its document to `articles.jsonl`; what stays in memory of an article is an index card and a place in that file. The
//! second takes the pairs, a few at a time, reads both documents back, aligns them and writes the beads.

mod batches;
mod bitexts;
#[cfg(feature = "fetch")]
pub mod fetch;
pub mod inject;
#[cfg(feature = "encoder")]
pub mod lexicon;
mod library;
mod output;
mod pairs;
mod random;
mod read;
mod report;
pub mod restore;
mod run;
mod settings;
pub mod shuffle;
mod summary;
pub mod train;
mod translate;
pub mod tune;

pub use bitexts::Bitexts;
pub use output::{MANIFEST, OutputFile, OutputFolder, hash_file};
pub use pairs::{Paired, PairedIds, pairs};
pub use read::{Reading, Understood, notice_of, read, read_all, read_each};
pub use report::{Rendered, Renderer, ReportFile, Reports};
pub use run::run;
pub use settings::Settings;
pub use summary::Summary;
pub use translate::translations;

pub use crate::model::{Progress, Silent, stop_if_cancelled};

use crate::error::Result;
use crate::model::{Alignment, ArticlePair, Bitext, Document, Evidence, Finding, Sides};
use crate::text::name;
use crate::{align, export, qa};

/// Aligns two documents that are taken for a pair, and says what looks wrong in the translation.
///
/// # Errors
/// As [`align::run`].
pub fn bitext(documents: Sides<Document>, evidence: Evidence, settings: &Settings) -> Result<Bitext> {
    let alignment = align::run(&documents, &settings.align)?.output;
    let pair = ArticlePair { licence: settings.licence.clone(), ..pair(documents, evidence) };
    let findings = findings(&pair, &alignment, settings);
    Ok(Bitext { pair, alignment, findings, numbers: Vec::new(), revisions: Default::default() })
}

/// What looks wrong in an aligned pair; nothing where the settings say not to look.
pub fn findings(pair: &ArticlePair, alignment: &Alignment, settings: &Settings) -> Vec<Finding> {
    let Some(config) = &settings.qa else { return Vec::new() };
    let encoder = match &settings.align.engine {
        align::Engine::Lexicon => None,
        align::Engine::Encoder(encoder) => Some(&**encoder),
    };
    qa::run(pair, alignment, qa::Tools { lexicon: settings.align.lexicon(), encoder }, config)
}

/// Makes a pair of two documents, with its id and the original's URL.
pub fn pair(documents: Sides<Document>, evidence: Evidence) -> ArticlePair {
    let Sides { zh, en } = documents.as_ref();
    let cited = match &evidence {
        Evidence::Citation { url } | Evidence::Redirected { url, .. } => Some(url.clone()),
        Evidence::Content { .. } | Evidence::Given => zh.article.cites.first().map(|c| c.url.clone()),
    };
    let stem = || {
        let file = name::base(&en.article.id);
        file.rsplit_once('.').map_or(file, |(stem, _)| stem).to_owned()
    };
    let en_url = en.article.url.clone().or(cited).unwrap_or_else(stem);
    let id = format!("{}+{}", zh.article.id, en.article.id);
    ArticlePair { id, documents, evidence, en_url, licence: None }
}

/// What files say of their making.
pub fn meta(settings: &Settings) -> export::Meta {
    export::Meta {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        signature: settings.signature(),
        licence: settings.licence.clone(),
        rules: qa::CHECKS.iter().map(|check| qa::score::rule(check)).collect(),
    }
}
