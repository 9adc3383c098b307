//! Pairing alone.

use super::Progress;
use super::library::Library;
use super::output::OutputFolder;
use super::settings::Settings;
use crate::error::{Error, Result};
use crate::ingest;
use crate::model::{Evidence, Notice, Sides};
use std::path::PathBuf;

/// The pairs among some pages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Paired {
    /// Pairs in the order of the posts' ids.
    pub pairs: Vec<PairedIds>,
    /// What was left out, and why.
    pub notices: Vec<Notice>,
}

/// A pair by the ids of its pages.
#[derive(Debug, Clone, PartialEq)]
pub struct PairedIds {
    /// The pages.
    pub ids: Sides<String>,
    /// Why they are a pair.
    pub evidence: Evidence,
}

/// Pairs pages without aligning them; documents are kept in a temporary folder meanwhile.
///
/// # Errors
/// If nothing can be read, the temporary folder cannot be written, or the user stops it.
pub fn pairs(inputs: &[PathBuf], settings: &Settings, progress: &dyn Progress) -> Result<Paired> {
    let listed = ingest::list(inputs, &settings.ingest)?;
    let temporary = tempfile::tempdir().map_err(|e| Error::write(std::env::temp_dir(), e))?;
    let mut folder = OutputFolder::open(temporary.path(), false)?;
    let mut file = folder.file("articles.jsonl")?;
    let mut paired = Paired { pairs: Vec::new(), notices: listed.notices };
    let library = Library::read(&listed.output, settings, progress, &mut file, |reading| {
        paired.notices.extend(reading.err().cloned());
        Ok(())
    })?;
    let matched = library.pair(settings, progress)?;
    paired.notices.extend(matched.skipped);
    let id = |index: usize| library.cards().get(index).map(|card| card.id.clone()).unwrap_or_default();
    let ids = matched.pairs.into_iter().map(|p| PairedIds { ids: p.articles.map(id), evidence: p.evidence });
    paired.pairs = ids.collect();
    Ok(paired)
}
