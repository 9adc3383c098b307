//! From files and folders to an output folder.

use super::library::{Library, line};
use super::output::{OutputFile, OutputFolder, hash_file};
use super::progress::Progress;
use super::read::stop_if_cancelled;
use super::settings::Settings;
use super::summary::Summary;
use super::{bitext, meta};
use crate::error::Result;
use crate::export::{self, Format, Meta};
use crate::ingest::{self, InputFile};
use crate::lexicon::Lexicon;
use crate::model::{Bitext, Notice, Sides};
use crate::pair::Pairing;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// How many pairs are held at once.
const BATCH: usize = 64;

/// The formats that a run writes.
const WRITTEN: [&str; 3] = ["jsonl", "tsv", "tmx"];

/// Takes pages to `out`: `articles.jsonl`, `pairs.tsv`, `aligned.jsonl`, `aligned.tsv`, `aligned.tmx`, `skipped.jsonl`
/// and `manifest.json`. They appear together at the end, the manifest last.
///
/// # Errors
/// If nothing can be read, `out` cannot be written or holds something else (unless `force`), or the user stops it.
pub fn run(
    inputs: &[PathBuf],
    out: &Path,
    force: bool,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Summary> {
    let mut ingest = settings.ingest.clone();
    ingest.exclude.push(out.to_owned());
    let listed = ingest::list(inputs, &ingest)?;
    let mut folder = OutputFolder::open(out, force)?;
    let mut run = Run {
        settings,
        progress,
        summary: Summary { files: listed.output.len() as u64, ..Summary::default() },
        skipped: folder.file("skipped.jsonl")?,
        outputs: BTreeMap::new(),
    };
    listed.notices.iter().try_for_each(|notice| run.skip(notice))?;
    let mut articles = folder.file("articles.jsonl")?;
    let library = run.read(&listed.output, &mut articles)?;
    let matched = library.pair(settings, progress)?;
    matched.skipped.iter().try_for_each(|notice| run.skip(notice))?;
    matched.remarks.iter().for_each(|notice| run.summary.remark(std::slice::from_ref(&notice.reason)));
    let paired: BTreeSet<usize> = matched.pairs.iter().flat_map(|p| [p.articles.zh, p.articles.en]).collect();
    paired.into_iter().for_each(|article| run.summary.remark(library.remarks(article)));
    run.align(&library, &matched.pairs, &mut folder)?;
    run.outputs.insert("articles.jsonl".to_owned(), articles.close()?);
    run.finish(folder, &listed.output)
}

struct Run<'r> {
    settings: &'r Settings,
    progress: &'r dyn Progress,
    summary: Summary,
    skipped: OutputFile,
    outputs: BTreeMap<String, (String, u64)>,
}

impl Run<'_> {
    fn skip(&mut self, notice: &Notice) -> Result<()> {
        self.summary.skip(notice);
        self.skipped.write(&line(notice))?;
        Ok(())
    }

    /// First pass: every page once.
    fn read(&mut self, files: &[InputFile], articles: &mut OutputFile) -> Result<Library> {
        let (settings, progress) = (self.settings, self.progress);
        Library::read(files, settings, progress, articles, |reading| match reading {
            Ok(understood) => {
                self.summary.article(understood.document.article.lang);
                Ok(())
            }
            Err(notice) => self.skip(notice),
        })
    }

    /// Second pass: every pair once.
    fn align(&mut self, library: &Library, pairings: &[Pairing], folder: &mut OutputFolder) -> Result<()> {
        self.progress.begin("aligning", Some(pairings.len() as u64));
        let meta = meta(self.settings);
        let mut pairs = folder.file("pairs.tsv")?;
        let mut writers = WRITTEN
            .iter()
            .filter_map(|name| export::format(name))
            .map(|format| Writer::begin(format, &meta, folder))
            .collect::<Result<Vec<_>>>()?;
        for batch in pairings.chunks(BATCH) {
            stop_if_cancelled(self.progress)?;
            let aligned: Vec<Result<Aligned>> =
                batch.par_iter().map(|pairing| self.align_one(library, pairing, &writers)).collect();
            for one in aligned {
                let one = one?;
                self.summary.bitext(&one.bitext);
                pairs.write(one.pairs_line().as_bytes())?;
                for (writer, bytes) in writers.iter_mut().zip(&one.written) {
                    writer.file.write(bytes)?;
                }
            }
            self.progress.advance(batch.len() as u64);
        }
        self.progress.end();
        self.outputs.insert("pairs.tsv".to_owned(), pairs.close()?);
        for writer in writers {
            let (name, closed) = writer.end()?;
            self.outputs.insert(name, closed);
        }
        Ok(())
    }

    fn align_one(&self, library: &Library, pairing: &Pairing, writers: &[Writer]) -> Result<Aligned> {
        let Sides { zh, en } = pairing.articles;
        let documents = Sides::new(library.document(zh)?, library.document(en)?);
        let bitext = bitext(documents, pairing.evidence.clone(), self.settings)?;
        let written = writers
            .iter()
            .map(|writer| {
                let mut bytes = Vec::new();
                (writer.format.bitext)(&bitext, &mut bytes);
                bytes
            })
            .collect();
        Ok(Aligned { bitext, written })
    }

    fn finish(mut self, folder: OutputFolder, files: &[InputFile]) -> Result<Summary> {
        self.outputs.insert("skipped.jsonl".to_owned(), self.skipped.close()?);
        let inputs: Vec<Value> = files.par_iter().map(input).collect();
        let outputs: BTreeMap<String, Value> = self
            .outputs
            .into_iter()
            .map(|(name, (sha256, bytes))| (name, json!({ "bytes": bytes, "sha256": sha256 })))
            .collect();
        folder.finish(&json!({
            "tool": "duizhao",
            "version": env!("CARGO_PKG_VERSION"),
            "signature": self.settings.signature(),
            "configuration": self.settings.to_json(),
            "lexicon": Lexicon::builtin().hash(),
            "inputs": inputs,
            "outputs": outputs,
            "counts": self.summary,
        }))?;
        Ok(self.summary)
    }
}

/// What the manifest says of an input; standard input cannot be read twice, so it has no hash.
fn input(file: &InputFile) -> Value {
    match hash_file(&file.path) {
        Ok((sha256, bytes)) => json!({ "file": file.name, "bytes": bytes, "sha256": sha256 }),
        Err(_) => json!({ "file": file.name }),
    }
}

/// A pair, aligned and rendered.
struct Aligned {
    bitext: Bitext,
    written: Vec<Vec<u8>>,
}

impl Aligned {
    fn pairs_line(&self) -> String {
        let pair = &self.bitext.pair;
        export::pairs_line(pair.documents.as_ref().map(|d| d.article.id.as_str()), &pair.evidence)
    }
}

/// A file of one format.
struct Writer {
    format: &'static Format,
    file: OutputFile,
    name: String,
}

impl Writer {
    fn begin(format: &'static Format, meta: &Meta, folder: &mut OutputFolder) -> Result<Self> {
        let name = format!("aligned.{}", format.extension);
        let mut file = folder.file(&name)?;
        let mut bytes = Vec::new();
        (format.begin)(meta, &mut bytes);
        file.write(&bytes)?;
        Ok(Self { format, file, name })
    }

    fn end(mut self) -> Result<(String, (String, u64))> {
        let mut bytes = Vec::new();
        (self.format.end)(&mut bytes);
        self.file.write(&bytes)?;
        Ok((self.name, self.file.close()?))
    }
}
