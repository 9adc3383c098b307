//! Takes an article out of files, and proves that it is gone.
//!
//! Any file of JSON Lines will do: `aligned.jsonl`, and what [`filter`](super::filter) and its siblings wrote beside it, under
//! whose `bead` it looks as well; `articles.jsonl`, under whose `article` it does. Rows of tab-separated
//! files go where a cell names what is to go. Each file is written anew beside its place and put there; then it is read again
//! from the disk. All other files are searched: what still holds it is told, so that it is made anew from what is left.

mod search;
mod wanted;

use super::Output;
use super::lines::{Line, check_rereadable, each, is_packed};
use crate::error::{Error, Result, json_cause};
use crate::model::Progress;
use crate::text::hex;
use serde::Serialize;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;
use wanted::{WITHIN, Wanted};

/// What is to go.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Target {
    /// The article of this address, however written: scheme, `www.`, fragment and what tracks a reader do not tell pages apart.
    Url(String),
    /// The article, or the pair, of this name: a file as `aligned.jsonl` has it.
    Article(String),
}

/// How a file is dealt with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// JSON Lines, by their `.jsonl` or no extension at all: lines are taken out.
    #[default]
    Lines,
    /// Tab-separated, by its `.tsv`: rows are taken out.
    Rows,
    /// Anything else: searched, not changed.
    Other,
}

/// What was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Removal {
    /// With each file.
    pub proofs: Vec<Proof>,
    /// Which addresses and names no line is of.
    pub not_found: Vec<String>,
}

/// What was done with a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Proof {
    /// The file, as it was given.
    pub file: String,
    /// How it was dealt with.
    pub kind: Kind,
    /// How many lines it had that are not blank.
    pub lines_before: u64,
    /// How many of them were taken out.
    pub removed: u64,
    /// How many it has.
    pub lines_after: u64,
    /// The file's SHA-256 before.
    pub sha256_before: String,
    /// The file's SHA-256 now.
    pub sha256_after: String,
    /// Whether no line of it, as it is on the disk now, is of what was to go; of a file that was only searched, whether it
    /// neither mentions it nor holds one of its sentences.
    pub gone: bool,
    /// Lines that stay, and in whose text an address or a name that was to go is mentioned; the first hundred.
    pub mentions: Vec<u64>,
    /// Lines that stay, and say what a line said that went: the same sentence in another article; the first hundred.
    pub same_sentences: Vec<u64>,
}

/// Sentences of fewer letters and digits stand in many articles.
const SHORTEST: usize = 8;
/// So many lines are told.
const TOLD: usize = 100;

/// Takes everything of these out of every file; of a folder, every file in it is looked at. A file in which there is nothing
/// stays untouched. Memory holds what goes, and one file that is only searched.
///
/// # Errors
/// Nothing to remove, standard input, a file that cannot be read or written, a line that is no JSON, and a file that is not
/// as it was written when it is read again.
pub fn run(files: &[PathBuf], progress: &dyn Progress, targets: &[Target]) -> Result<Removal> {
    check_rereadable(files)?;
    let mut wanted = Wanted::of(targets)?;
    let mut gone: BTreeSet<u64> = BTreeSet::new();
    let mut proofs: Vec<(PathBuf, Proof)> =
        listed(files)?.into_iter().map(|path| (path.clone(), Proof::of(&path))).collect();
    // Findings and lists of pairs are only known for what they are once the beads have said which pairs go.
    for (path, _) in proofs.iter().filter(|(_, proof)| proof.kind == Kind::Lines) {
        learn(path, progress, &mut wanted)?;
    }
    // What cannot be read is known before anything is written.
    for (path, _) in proofs.iter().filter(|(_, proof)| proof.kind == Kind::Rows) {
        each(std::slice::from_ref(path), progress, |_| Ok(()), |_, ()| Ok(()))?;
    }
    for kind in [Kind::Lines, Kind::Rows] {
        for (path, proof) in proofs.iter_mut().filter(|(_, proof)| proof.kind == kind) {
            removed(path, progress, &wanted, &mut gone, proof)?;
        }
    }
    for (path, proof) in &mut proofs {
        match proof.kind {
            Kind::Lines | Kind::Rows => verify(path, progress, &wanted, &gone, proof)?,
            Kind::Other => search::search(path, &wanted, &gone, proof)?,
        }
    }
    Ok(Removal {
        proofs: proofs.into_iter().map(|(_, proof)| proof).collect(),
        not_found: wanted.not_found(),
    })
}

/// The files, and those in folders, in the order of their names.
fn listed(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in paths {
        if !path.is_dir() {
            files.push(path.clone());
            continue;
        }
        for entry in WalkDir::new(path).sort_by_file_name() {
            let entry = entry.map_err(|e| Error::read(path, std::io::Error::from(e)))?;
            if entry.file_type().is_file() {
                files.push(entry.into_path());
            }
        }
    }
    Ok(files)
}

impl Proof {
    fn of(path: &Path) -> Self {
        let unpacked = if is_packed(path) { path.with_extension("") } else { path.to_owned() };
        let extension = unpacked.extension().map(|e| e.to_string_lossy().to_lowercase());
        let kind = match extension.as_deref() {
            None | Some("jsonl" | "ndjson") => Kind::Lines,
            Some("tsv") => Kind::Rows,
            Some(_) => Kind::Other,
        };
        Self { file: path.display().to_string(), kind, ..Self::default() }
    }
}

/// What a line is in the light of what is to go.
struct Look {
    has: bool,
    mentions: bool,
    sentences: Vec<u64>,
    value: Value,
}

fn look(kind: Kind, line: &Line, wanted: &Wanted) -> Result<Look> {
    if kind == Kind::Rows {
        return Ok(Look {
            has: wanted.has_row(&line.text),
            mentions: wanted.is_mentioned_in(&line.text),
            sentences: line.text.split('\t').filter_map(sentence).collect(),
            value: Value::Null,
        });
    }
    let value: Value = serde_json::from_str(&line.text).map_err(|e| {
        Error::input("is no JSON")
            .caused_by(json_cause(&e))
            .remedy("give files of JSON Lines: one object a line")
    })?;
    let (has, mentions) = (wanted.has(&value), wanted.is_mentioned(&value));
    Ok(Look { has, mentions, sentences: sentences(&value), value })
}

/// Looks which pairs go.
fn learn(path: &PathBuf, progress: &dyn Progress, wanted: &mut Wanted) -> Result<()> {
    let mut found = Vec::new();
    each(
        std::slice::from_ref(path),
        progress,
        |line| look(Kind::Lines, line, wanted).map(|look| look.has.then_some(look.value)),
        |_, value| {
            found.extend(value);
            Ok(())
        },
    )?;
    found.iter().for_each(|value| wanted.learn(value));
    Ok(())
}

/// Writes a file without what is to go, and remembers the sentences that went.
fn removed(
    path: &PathBuf,
    progress: &dyn Progress,
    wanted: &Wanted,
    gone: &mut BTreeSet<u64>,
    proof: &mut Proof,
) -> Result<()> {
    proof.sha256_before = sha256(path)?;
    let mut output = Output::file(path)?;
    let kind = proof.kind;
    each(
        std::slice::from_ref(path),
        progress,
        |line| look(kind, line, wanted),
        |line, look| {
            proof.lines_before += 1;
            if !look.has {
                return output.line(&line.text);
            }
            proof.removed += 1;
            // Rows hold more than sentences.
            if kind == Kind::Lines {
                gone.extend(look.sentences);
            }
            Ok(())
        },
    )?;
    proof.lines_after = output.lines();
    if proof.removed > 0 {
        output.finish()?;
    }
    Ok(())
}

/// Reads a file again.
fn verify(
    path: &PathBuf,
    progress: &dyn Progress,
    wanted: &Wanted,
    gone: &BTreeSet<u64>,
    proof: &mut Proof,
) -> Result<()> {
    let (mut lines, mut left) = (0, 0u64);
    let kind = proof.kind;
    each(
        std::slice::from_ref(path),
        progress,
        |line| look(kind, line, wanted),
        |line, look| {
            lines += 1;
            left += u64::from(look.has);
            let same = look.sentences.iter().any(|sentence| gone.contains(sentence));
            for (is, told) in [(look.mentions, &mut proof.mentions), (same, &mut proof.same_sentences)] {
                if is && told.len() < TOLD {
                    told.push(line.number);
                }
            }
            Ok(())
        },
    )?;
    if lines != proof.lines_after {
        return Err(Error::input(format!("has {lines} lines, but {} were written", proof.lines_after))
            .at(path)
            .remedy("see what else writes it, and remove again"));
    }
    proof.gone = left == 0;
    proof.sha256_after = sha256(path)?;
    Ok(())
}

/// The sentences of a line.
fn sentences(value: &Value) -> Vec<u64> {
    let own = ["zh", "en"].iter().filter_map(|side| value.get(side)?.as_array()).flatten();
    let texts = own.filter_map(Value::as_str).filter_map(sentence);
    let within = WITHIN.iter().filter_map(|key| value.get(key)).flat_map(sentences);
    texts.chain(within).collect()
}

/// A sentence by what is left of it when layout does not count; short ones say nothing.
fn sentence(text: &str) -> Option<u64> {
    let key = crate::text::key::alphanumeric(text);
    (key.chars().count() >= SHORTEST).then(|| super::article::hash(&[&key]))
}

/// SHA-256 of a file.
fn sha256(path: &Path) -> Result<String> {
    let mut file = File::open(path).map_err(|e| Error::read(path, e))?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut buffer).map_err(|e| Error::read(path, e))?;
        if read == 0 {
            return Ok(hex::digits(&hasher.finalize()));
        }
        hasher.update(buffer.get(..read).unwrap_or_default());
    }
}

#[cfg(test)]
mod tests;
