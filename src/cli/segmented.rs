//! `duizhao align --segmented`: sentences that are already cut, one a line.

use super::Done;
use super::align::{Output, shown, write};
use super::args::AlignArgs;
use duizhao::align;
use duizhao::error::{Error, Result};
use duizhao::model::{
    Article, Bitext, Document, Evidence, Lang, Paragraph, ParagraphKind, Sentence, Sides, Source, Span,
};
use duizhao::pipeline::{self, Settings};
use duizhao::text::han;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Runs it on two files, or on two folders.
pub fn run(args: &AlignArgs, output: Output, settings: &Settings) -> Result<Done> {
    match (args.zh.is_dir(), args.en.is_dir()) {
        (false, false) => {
            let bitext = bitext(&args.zh, &args.en, settings)?;
            write(args.out.as_deref(), &shown(&bitext, args, output, settings)?)?;
            Ok(Done::Well)
        }
        (true, true) if args.explain.is_some() => {
            Err(Error::usage("--explain takes one pair").remedy("give two files"))
        }
        (true, true) => folders(args, output, settings),
        _ => Err(Error::usage("one input is a folder and the other is not")
            .remedy("give two files or two folders")),
    }
}

fn folders(args: &AlignArgs, output: Output, settings: &Settings) -> Result<Done> {
    let Some(out) = &args.out else {
        return Err(Error::usage("two folders need --out").remedy("add --out DIR"));
    };
    fs::create_dir_all(out).map_err(|e| Error::write(out, e))?;
    let (zh, en) = (texts(&args.zh, "zh")?, texts(&args.en, "en")?);
    let mut done = Done::Well;
    for (stem, path) in
        zh.iter().filter(|(s, _)| !en.contains_key(*s)).chain(en.iter().filter(|(s, _)| !zh.contains_key(*s)))
    {
        tracing::warn!("{}: the other folder has no text named {stem}", path.display());
        done = Done::InputsFailed;
    }
    let both: Vec<(&String, &PathBuf, &PathBuf)> =
        zh.iter().filter_map(|(stem, z)| Some((stem, z, en.get(stem)?))).collect();
    let ends = both.into_par_iter().map(|(stem, zh, en)| match bitext(zh, en, settings) {
        Ok(bitext) => {
            let path = out.join(format!("{stem}.{}", output.extension()));
            write(Some(&path), &output.render(&bitext, settings)).map(|()| Done::Well)
        }
        // A file that cannot be used costs only its own pair.
        Err(error) => {
            tracing::warn!("{error}; {stem} is left out");
            Ok(Done::InputsFailed)
        }
    });
    let failed = ends.collect::<Result<Vec<Done>>>()?.contains(&Done::InputsFailed);
    Ok(if failed { Done::InputsFailed } else { done })
}

/// The folder's texts by stem; a language at the stem's end (`x.zh.txt`) is no part of it, and in a folder that holds
/// both languages tells them apart. Two texts of one stem are refused, for nothing says which is meant.
fn texts(folder: &Path, lang: &str) -> Result<BTreeMap<String, PathBuf>> {
    let mut texts: BTreeMap<String, PathBuf> = BTreeMap::new();
    for entry in fs::read_dir(folder).map_err(|e| Error::read(folder, e))? {
        let path = entry.map_err(|e| Error::read(folder, e))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let Some(stem) = name.strip_suffix(".txt") else { continue };
        let other = if lang == "zh" { ".en" } else { ".zh" };
        if stem.ends_with(other) {
            continue;
        }
        let stem = stem.strip_suffix(&format!(".{lang}")).unwrap_or(stem);
        if texts.insert(stem.to_owned(), path).is_some() {
            return Err(Error::usage(format!("holds both {stem}.txt and {stem}.{lang}.txt"))
                .at(folder)
                .remedy("rename or take away one of them"));
        }
    }
    if texts.is_empty() {
        return Err(Error::input("holds no .txt file")
            .at(folder)
            .remedy("give a folder of texts, one sentence a line"));
    }
    Ok(texts)
}

fn bitext(zh: &Path, en: &Path, settings: &Settings) -> Result<Bitext> {
    let documents = Sides::new(document(zh, Lang::Zh)?, document(en, Lang::En)?);
    let lines = documents
        .as_ref()
        .map(|d| (0..d.sentences.len()).map(|i| align::Line::body(d.sentence(i))).collect());
    let han = documents.as_ref().map(|d| han::share(&d.article.text));
    if han.zh < 0.1 && han.en > 0.3 {
        return Err(Error::usage("the Chinese text comes first, the English one second")
            .at(zh)
            .remedy(format!("duizhao align --segmented {} {}", en.display(), zh.display())));
    }
    let alignment = align::align(&lines, settings.align.lexicon(), &settings.align)?;
    Ok(Bitext {
        pair: pipeline::pair(documents, Evidence::Given),
        alignment,
        findings: Vec::new(),
        numbers: Vec::new(),
        revisions: Default::default(),
    })
}

/// A text as a document: every line a paragraph of one sentence, so that line n is sentence n.
fn document(path: &Path, lang: Lang) -> Result<Document> {
    let text = read(path)?;
    let (mut paragraphs, mut sentences) = (Vec::new(), Vec::new());
    let mut start = 0;
    for (number, line) in text.lines().enumerate() {
        let span = Span::new(start, start + line.len());
        paragraphs.push(Paragraph { kind: ParagraphKind::Body, span, source: Source::Bytes(span) });
        sentences.push(Sentence { paragraph: number as u32, span });
        // Behind a line stands \n or \r\n.
        start += line.len();
        start += text.get(start..).map_or(0, |rest| if rest.starts_with('\r') { 2 } else { 1 });
    }
    let id = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let article = Article {
        id,
        site: "segmented".to_owned(),
        lang,
        url: None,
        aliases: Vec::new(),
        provenance: Default::default(),
        title: None,
        lead: None,
        author: None,
        published: None,
        cites: Vec::new(),
        text,
        paragraphs,
    };
    Ok(Document { article, sentences })
}

fn read(path: &Path) -> Result<String> {
    let bytes = if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        fs::read(path)
    };
    let bytes = bytes.map_err(|e| Error::read(path, e))?;
    let mut text = String::from_utf8(bytes).map_err(|e| {
        Error::input("is not UTF-8")
            .at(path)
            .caused_by(e)
            .remedy("convert it, for example with iconv -t UTF-8")
    })?;
    if text.starts_with('\u{feff}') {
        text.remove(0);
    }
    Ok(text)
}
