//! From files and folders to an output folder.

use super::batches::in_order;
use super::library::{Library, line};
use super::output::{OutputFile, OutputFolder, hash_file};
use super::report::Reports;
use super::settings::Settings;
use super::summary::Summary;
use super::{Progress, stop_if_cancelled};
use super::{bitext, meta, train};
use crate::error::Result;
use crate::export::{self, Format, Meta};
use crate::ingest::{self, InputFile};
use crate::lexicon::{Corpus, Lexicon, Words};
use crate::model::{Bitext, Notice, Sides};
use crate::pair::Pairing;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How many pairs are held at once.
const BATCH: usize = 64;

/// The formats that a run writes.
const WRITTEN: [&str; 3] = ["jsonl", "tsv", "tmx"];

/// Those of findings, which it writes if it looks for any.
const FOUND: [&str; 3] = ["findings", "sarif", "mqm"];

/// What the overlay's file is called.
const OVERLAY: &str = "overlay.tsv";

/// Takes pages to `out`: `articles.jsonl`, `pairs.tsv`, `aligned.jsonl`, `aligned.tsv`, `aligned.tmx`, `skipped.jsonl`
/// and `manifest.json`; if the settings say to look for faults, `findings.jsonl`, `findings.sarif`, `findings.xlsx`,
/// `mqm.tsv` and `report.html` (with more than 200 pairs a page a pair under `report/`); if the lexicon is adapted,
/// `overlay.tsv`. They appear together at the end, the manifest last.
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
    // It is not needed before the pages are read: loaded meanwhile, it keeps nobody waiting.
    std::thread::spawn(Lexicon::builtin);
    let adapted;
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
    if let Some(config) = &settings.adapt {
        adapted = run.adapt(config, &library, &matched.pairs, &mut folder)?;
        run.settings = &adapted;
    }
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
            Ok(card) => {
                self.summary.article(card.lang);
                Ok(())
            }
            Err(notice) => self.skip(notice),
        })
    }

    /// Aligns every pair for the sake of its words alone; gives the settings with what they teach laid over the lexicon.
    fn adapt(
        &mut self,
        config: &train::Config,
        library: &Library,
        pairings: &[Pairing],
        folder: &mut OutputFolder,
    ) -> Result<Settings> {
        let (settings, progress) = (self.settings, self.progress);
        progress.begin("adapting", Some(pairings.len() as u64));
        let work = |pairing: &Pairing| -> Result<Vec<Words>> {
            let bitext = aligned(library, pairing, settings)?;
            progress.advance(1);
            Ok(train::words_of(&bitext, settings.align.lexicon(), config))
        };
        let mut corpus = Corpus::default();
        in_order(
            batches(pairings, progress),
            |(_, pairing)| work(pairing),
            |words| {
                words?.into_iter().for_each(|words| corpus.add(words));
                Ok(())
            },
        )?;
        let lexicon = settings.align.lexicon();
        let overlay = train::overlay(&corpus, lexicon, config, &[])?;
        let mut file = folder.file(OVERLAY)?;
        file.write(overlay.to_text().as_bytes())?;
        self.outputs.insert(OVERLAY.to_owned(), file.close()?);
        progress.end();
        let mut adapted = settings.clone();
        adapted.align.lexicon = Some(Arc::new(lexicon.overlaid(&overlay)));
        Ok(adapted)
    }

    /// Second pass: every pair once.
    fn align(&mut self, library: &Library, pairings: &[Pairing], folder: &mut OutputFolder) -> Result<()> {
        let (settings, progress) = (self.settings, self.progress);
        progress.begin("aligning", Some(pairings.len() as u64));
        let meta = meta(settings);
        let mut pairs = folder.file("pairs.tsv")?;
        let found = if settings.qa.is_some() { &FOUND[..] } else { &[] };
        let mut writers = WRITTEN
            .iter()
            .chain(found)
            .filter_map(|name| export::format(name))
            .map(|format| Writer::begin(format, &meta, folder))
            .collect::<Result<Vec<_>>>()?;
        let formats: Vec<&Format> = writers.iter().map(|writer| writer.format).collect();
        let (mut reports, renderer) = Reports::new(settings, pairings.len())?;
        let work = |(number, pairing)| {
            let aligned = Aligned::of(library, pairing, &formats, settings);
            progress.advance(1);
            aligned.map(|aligned| (renderer.article(number, &aligned.bitext, settings), aligned))
        };
        in_order(batches(pairings, progress), work, |aligned| {
            let (article, aligned) = aligned?;
            self.summary.bitext(&aligned.bitext);
            pairs.write(aligned.pairs_line.as_bytes())?;
            for (writer, bytes) in writers.iter_mut().zip(&aligned.written) {
                writer.write(bytes)?;
            }
            let page = reports.add(article, &aligned.bitext)?;
            self.outputs.extend(page.map(|page| page.write_to(folder)).transpose()?);
            Ok(())
        })?;
        progress.end();
        self.summary.left_out("findings-not-in-the-spreadsheet", reports.left_out());
        for file in reports.finish()? {
            self.outputs.extend([file.write_to(folder)?]);
        }
        self.outputs.insert("pairs.tsv".to_owned(), pairs.close()?);
        // Each waits until its file is on the disk.
        let closed: Result<Vec<_>> = writers.into_par_iter().map(Writer::end).collect();
        self.outputs.extend(closed?);
        Ok(())
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
            "lexicon": self.settings.align.lexicon().hash(),
            "inputs": inputs,
            "outputs": outputs,
            "counts": self.summary,
        }))?;
        Ok(self.summary)
    }
}

/// The pairs that are held at once, with their numbers, as long as nobody stops it.
fn batches<'p>(
    pairings: &'p [Pairing],
    progress: &'p dyn Progress,
) -> impl Iterator<Item = Result<Vec<(usize, &'p Pairing)>>> {
    pairings.chunks(BATCH).enumerate().map(move |(number, batch)| {
        stop_if_cancelled(progress)?;
        Ok((number * BATCH..).zip(batch).collect())
    })
}

/// Reads a pair's documents back and aligns them.
fn aligned(library: &Library, pairing: &Pairing, settings: &Settings) -> Result<Bitext> {
    let Sides { zh, en } = pairing.articles;
    let documents = Sides::new(library.document(zh)?, library.document(en)?);
    bitext(documents, pairing.evidence.clone(), settings)
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
    pairs_line: String,
    written: Vec<Vec<u8>>,
}

impl Aligned {
    fn of(library: &Library, pairing: &Pairing, formats: &[&Format], settings: &Settings) -> Result<Self> {
        let bitext = aligned(library, pairing, settings)?;
        let ids = bitext.pair.documents.as_ref().map(|document| document.article.id.as_str());
        let render = |format: &&Format| {
            let mut bytes = Vec::new();
            (format.bitext)(&bitext, &mut bytes);
            bytes
        };
        Ok(Self {
            pairs_line: export::pairs_line(ids, &bitext.pair.evidence),
            written: formats.iter().map(render).collect(),
            bitext,
        })
    }
}

/// A file of one format.
struct Writer {
    format: &'static Format,
    file: OutputFile,
    name: String,
    is_first: bool,
}

impl Writer {
    fn begin(format: &'static Format, meta: &Meta, folder: &mut OutputFolder) -> Result<Self> {
        let name = format.file();
        let mut file = folder.file(&name)?;
        let mut bytes = Vec::new();
        (format.begin)(meta, &mut bytes);
        file.write(&bytes)?;
        Ok(Self { format, file, name, is_first: true })
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.file.write(self.format.separator(&mut self.is_first, bytes).as_bytes())?;
        self.file.write(bytes)?;
        Ok(())
    }

    fn end(mut self) -> Result<(String, (String, u64))> {
        let mut bytes = Vec::new();
        (self.format.end)(&mut bytes);
        self.file.write(&bytes)?;
        Ok((self.name, self.file.close()?))
    }
}
