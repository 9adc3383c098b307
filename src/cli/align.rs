//! `duizhao align`: two documents.

use super::args::AlignArgs;
use super::{Done, explain, io, segmented, table};
use duizhao::error::{Error, Result};
use duizhao::export::{self, FORMATS, Format};
use duizhao::ingest;
use duizhao::model::{Bitext, Document, Evidence, Lang, Sides};
use duizhao::pipeline::{self, Reading, Settings, Silent};
use std::fs;
use std::path::{Path, PathBuf};

/// How the result is written.
#[derive(Clone, Copy)]
pub enum Output {
    /// For people.
    Table,
    /// One of the formats.
    Format(&'static Format),
}

impl Output {
    /// The output of this name.
    fn named(name: &str) -> Result<Self> {
        if name == "table" {
            return Ok(Self::Table);
        }
        export::format(name).map(Self::Format).ok_or_else(|| {
            let known: Vec<&str> = std::iter::once("table").chain(FORMATS.iter().map(|f| f.name)).collect();
            Error::usage(format!("there is no format `{name}`"))
                .remedy(format!("choose one of {}", known.join(", ")))
        })
    }

    /// Renders one bitext.
    pub fn render(self, bitext: &Bitext, settings: &Settings) -> Vec<u8> {
        match self {
            Self::Table => table::render(bitext).into_bytes(),
            Self::Format(format) => {
                export::write(format, &pipeline::meta(settings), std::slice::from_ref(bitext))
            }
        }
    }

    /// Whether it shows what looks wrong; where it does not, nobody need look.
    fn shows_findings(self) -> bool {
        let Self::Format(Format { name, .. }) = self else { return false };
        matches!(*name, "jsonl" | "csv" | "xliff" | "xliff-12" | "findings" | "sarif" | "mqm")
    }

    /// The extension of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Table => "txt",
            Self::Format(format) => format.extension,
        }
    }
}

/// Runs it.
pub fn run(args: &AlignArgs, settings: Settings) -> Result<Done> {
    let output = Output::named(&args.format)?;
    if [&args.zh, &args.en].iter().all(|path| *path == Path::new("-")) {
        return Err(Error::usage("standard input can be read only once").remedy("give a file for one side"));
    }
    if args.segmented {
        return segmented::run(args, output, &settings);
    }
    let documents = Sides::new(document(&args.zh, &settings)?, document(&args.en, &settings)?);
    check(&documents, args)?;
    let unchecked = Settings { qa: None, ..settings.clone() };
    let checking = if output.shows_findings() { &settings } else { &unchecked };
    let bitext = pipeline::bitext(documents, Evidence::Given, checking)?;
    write(args.out.as_deref(), &shown(&bitext, args, output, &settings)?)?;
    Ok(Done::Well)
}

/// The alignment, or why one of its beads is one.
pub fn shown(bitext: &Bitext, args: &AlignArgs, output: Output, settings: &Settings) -> Result<Vec<u8>> {
    match args.explain {
        Some(number) => Ok(explain::render(bitext, number, settings)?.into_bytes()),
        None => Ok(output.render(bitext, settings)),
    }
}

/// Writes to a file, or to standard output.
pub fn write(out: Option<&Path>, bytes: &[u8]) -> Result<()> {
    match out {
        Some(path) => fs::write(path, bytes).map_err(|e| Error::write(path, e)),
        None => io::write(bytes),
    }
}

/// The document of the only page of a file.
fn document(path: &Path, settings: &Settings) -> Result<Document> {
    let listed = ingest::list(&[PathBuf::from(path)], &settings.ingest)?;
    let not_one = || {
        Error::usage("is not one page")
            .at(path)
            .remedy("give two files of one page each; `duizhao run` takes folders and archives")
    };
    if let ([], [notice]) = (listed.output.as_slice(), listed.notices.as_slice())
        && path.is_file()
    {
        return Err(Error::usage(&notice.message).at(path).remedy(&notice.remedy));
    }
    let [_] = listed.output.as_slice() else { return Err(not_one()) };
    let mut only: Option<Reading> = None;
    pipeline::read_all(&listed.output, settings, &Silent, |reading| match only.replace(reading) {
        None => Ok(()),
        Some(_) => Err(not_one()),
    })?;
    let reading = only.ok_or_else(not_one)?;
    let understood = reading.map_err(|n| Error::input(n.message).at(path).remedy(n.remedy))?;
    for notice in &understood.notices {
        tracing::warn!("{}: {}", path.display(), notice.message);
    }
    Ok(understood.document)
}

/// Chinese first, English second.
fn check(documents: &Sides<Document>, args: &AlignArgs) -> Result<()> {
    let swapped = |document: &Document, lang: Lang| document.article.lang != lang;
    if swapped(&documents.zh, Lang::Zh) && swapped(&documents.en, Lang::En) {
        return Err(Error::usage("the Chinese page comes first, the English one second").remedy(format!(
            "duizhao align {} {}",
            args.en.display(),
            args.zh.display()
        )));
    }
    if swapped(&documents.zh, Lang::Zh) {
        return Err(Error::input("is not Chinese").at(&args.zh).remedy("give the Chinese page first"));
    }
    if swapped(&documents.en, Lang::En) {
        return Err(Error::input("is not English").at(&args.en).remedy("give the English page second"));
    }
    Ok(())
}
