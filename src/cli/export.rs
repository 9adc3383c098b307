//! `duizhao export`: aligned text in another format.

use super::aligned_text::AlignedText;
use super::export_files::{self, Source};
use super::progress::Bars;
use super::qa_options::{SeverityName, UiLang};
use super::{Done, corpus, export_lines, qa_files};
use clap::ValueEnum;
use duizhao::error::{Error, Result};
use duizhao::export::container::{self, CONTAINERS, Container};
use duizhao::export::testset::{self, Direction, LAYOUTS, Layout, Options};
use duizhao::export::{self, FILE_SETS, FORMATS, FileSet, Format, Keeps, LINE_FORMATS, Meta};
use duizhao::pipeline::{self, MANIFEST, Settings};
use std::path::{Path, PathBuf};

/// `export`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao export out/aligned.jsonl --format xliff > aligned.xlf
  duizhao export out/aligned.jsonl --format xlsx --out review.xlsx  # see `duizhao corpus revise`
  duizhao export out/aligned.jsonl --format moses --out corpus/     # corpus.zh, .en, .ids
  duizhao export out/aligned.jsonl --format sacrebleu --out test/   # src.en, ref.zh and more
  duizhao export out/aligned.jsonl --format sacrebleu --out test/ --system mine=mine.txt
  duizhao export out/aligned.jsonl --format standoff > standoff.jsonl   # see corpus restore")]
pub struct ExportArgs {
    /// Aligned text: aligned.jsonl (with findings, as `duizhao run` writes it), TMX, XLIFF, or TSV; - is standard input
    #[arg(value_name = "ALIGNED", required = true)]
    pub inputs: Vec<PathBuf>,
    /// The inputs' format [default: by their names]; `moses` takes two texts, `vecalign` beads and the two texts
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// The format to write; a wrong name lists them all
    #[arg(short, long)]
    pub format: String,
    /// Write into this file; formats of several files need a folder [default: standard output]
    #[arg(short, long, value_name = "PATH")]
    pub out: Option<PathBuf>,
    /// Write down that the texts may be used under this licence [default: as the inputs say, else unknown]
    #[arg(long, value_name = "LICENCE")]
    pub licence: Option<String>,
    /// The language of the spreadsheet for reviewers
    #[arg(long, value_enum, value_name = "LANG", default_value_t = UiLang::En)]
    pub ui_lang: UiLang,
    /// Test sets.
    #[command(flatten)]
    pub testset: TestSetArgs,
}

/// What goes into a test set.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Test sets for machine translation")]
pub struct TestSetArgs {
    /// Add what a system made of the source, a line a segment; may be given several times
    #[arg(long, value_name = "NAME=FILE")]
    pub system: Vec<String>,
    /// What is translated into what [default: en-zh, from the original]
    #[arg(long, value_enum, value_name = "PAIR")]
    pub direction: Option<DirectionName>,
    /// Allow zh-en, whose source is itself a translation
    #[arg(long)]
    pub allow_reverse: bool,
    /// Leave out beads with a finding of at least this severity [default: major]
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub max_severity: Option<SeverityName>,
}

/// The directions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DirectionName {
    /// The English is the source
    EnZh,
    /// The Chinese is the source: a reverse-created test set
    ZhEn,
}

impl TestSetArgs {
    /// What they ask for.
    pub fn options(&self) -> Options {
        let default = Options::default();
        let direction = self.direction.map(|direction| match direction {
            DirectionName::EnZh => Direction::EnZh,
            DirectionName::ZhEn => Direction::ZhEn,
        });
        Options {
            direction: direction.unwrap_or(default.direction),
            allow_reverse: self.allow_reverse,
            max_severity: self.max_severity.map_or(default.max_severity, Into::into),
        }
    }

    fn are_given(&self) -> bool {
        !self.system.is_empty()
            || self.direction.is_some()
            || self.allow_reverse
            || self.max_severity.is_some()
    }
}

/// A format of any kind.
enum Output {
    Single(&'static Format),
    Container(&'static Container),
    Set(&'static FileSet),
    TestSet(&'static Layout),
}

impl Output {
    fn keeps(&self) -> Keeps {
        match self {
            Self::Single(format) => format.keeps,
            Self::Container(container) => container.keeps,
            Self::Set(set) => set.keeps(),
            Self::TestSet(_) => testset::KEEPS,
        }
    }

    fn named(name: &str) -> Result<Self> {
        let single = export::format(name).map(Self::Single);
        let container = || container::container(name).map(Self::Container);
        let set = || export::file_set(name).map(Self::Set);
        let layout = || testset::layout(name).map(Self::TestSet);
        single.or_else(container).or_else(set).or_else(layout).ok_or_else(|| {
            let known = FORMATS.iter().map(|f| f.name);
            let known = known.chain(LINE_FORMATS.iter().map(|f| f.name));
            let known = known.chain(CONTAINERS.iter().map(|c| c.name));
            let known = known.chain(FILE_SETS.iter().map(|s| s.name)).chain(LAYOUTS.iter().map(|l| l.name));
            Error::usage(format!("there is no format `{name}`"))
                .remedy(format!("choose one of {}", known.collect::<Vec<_>>().join(", ")))
        })
    }
}

/// Runs it.
pub fn run(args: &ExportArgs, quiet: bool, settings: &Settings) -> Result<Done> {
    if args.testset.are_given() && testset::layout(&args.format).is_none() {
        let layouts: Vec<&str> = LAYOUTS.iter().map(|layout| layout.name).collect();
        return Err(Error::usage(format!("{} is no test set", args.format))
            .remedy(format!("leave out the options of test sets, or choose one of {}", layouts.join(", "))));
    }
    if let Some(format) = export::line_format(&args.format) {
        return export_lines::run(args, quiet, format, settings);
    }
    let output = Output::named(&args.format)?;
    // What is missing is said before anything is read.
    let folder = || folder(args);
    if matches!(output, Output::Set(_) | Output::TestSet(_)) {
        folder()?;
    }
    let bars = Bars::new(quiet);
    let text = AlignedText::open(&args.inputs, args.from.as_deref(), &bars)?;
    let set = args.licence.clone().or_else(|| settings.licence.clone());
    let licence = set.clone().or_else(|| text.licence());
    let meta = Meta { licence, ..pipeline::meta(settings) };
    let text = Source { text, licence: set, keeps: output.keeps(), quiet };
    match output {
        Output::Single(format) => {
            export_files::single(text, format, &meta, corpus::output(args.out.as_deref())?)
        }
        Output::Container(format) => {
            let lang = qa_files::lang(args.ui_lang);
            export_files::container(text, format, &meta, lang, corpus::output(args.out.as_deref())?)
        }
        Output::Set(set) => export_files::set(text, set, &meta, folder()?),
        Output::TestSet(layout) => export_files::test_set(text, layout, &meta, folder()?, &args.testset),
    }?;
    Ok(Done::Well)
}

/// The folder that files go into.
fn folder(args: &ExportArgs) -> Result<&Path> {
    let folder = args.out.as_deref().ok_or_else(|| {
        Error::usage(format!("{} is a format of several files", args.format))
            .remedy("name a folder with --out")
    })?;
    if folder.join(MANIFEST).exists() {
        return Err(Error::usage("is the output of a run, whose manifest would no longer be true")
            .at(folder)
            .remedy("choose another folder with --out"));
    }
    Ok(folder)
}
