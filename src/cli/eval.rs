//! `duizhao eval`: scores against gold.

use super::as_lines::{AsLines, plain};
use super::{Done, io, known};
use clap::ValueEnum;
use duizhao::align::Weights;
use duizhao::error::{Error, Result};
use duizhao::eval::{self, QaScores};
use duizhao::pipeline::Settings;
use duizhao::pipeline::shuffle::{self, Shuffled};
use duizhao::qa::Verdict;
use serde::Serialize;
use std::fmt::Display;
use std::path::{Path, PathBuf};

/// `eval`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao eval gold/ beads/                 # beads/SLUG.beads over the gold's own sentences
  duizhao eval gold/ out/aligned.jsonl      # a run's output over raw pages
  duizhao eval gold/ memory.tmx             # the same from TMX, XLIFF, TSV or Parquet
  duizhao eval gold/ out/aligned.jsonl --qa # its findings against the gold's faults
  duizhao eval gold/pairs.tsv out/pairs.tsv # document pairs
  duizhao eval gold/ --shuffle 1 --rounds 20 # content out of order")]
pub struct EvalArgs {
    /// The folder of *.gold.json, or a pairs.tsv
    pub gold: PathBuf,
    /// A folder of *.beads, an aligned.jsonl or other aligned text, or a pairs.tsv
    #[arg(required_unless_present = "shuffle")]
    pub hyp: Option<PathBuf>,
    /// The format of HYP, if it is one file of aligned text [default: by its name]
    #[arg(long, value_name = "FORMAT", conflicts_with = "shuffle")]
    pub from: Option<String>,
    /// Score the findings of an aligned.jsonl against the faults that the gold's annotators found
    #[arg(long, conflicts_with = "shuffle")]
    pub qa: bool,
    /// Read a reviewer's verdicts from this sheet (see `duizhao qa --verdicts`), for the findings that the gold does not confirm
    #[arg(long, value_name = "FILE", requires = "qa")]
    pub verdicts: Option<PathBuf>,
    /// Move a random block of one to four Chinese sentences in every gold article, align, and score: how well content out
    /// of order is found
    #[arg(long, value_name = "SEED", conflicts_with = "hyp")]
    pub shuffle: Option<u64>,
    /// How often every article is shuffled
    #[arg(long, value_name = "N", default_value_t = 1, requires = "shuffle", value_parser = clap::value_parser!(u16).range(1..))]
    pub rounds: u16,
    /// Take each article's weights from DIR/SLUG.weights.toml, as `duizhao tune --cross-validate` writes them
    #[arg(long, value_name = "DIR", requires = "shuffle")]
    pub weights: Option<PathBuf>,
    /// What to write
    #[arg(short, long, value_enum, default_value_t = EvalFormat::Text)]
    pub format: EvalFormat,
}

/// How scores are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum EvalFormat {
    /// A line a measure
    Text,
    /// One JSON object
    Json,
}

/// Runs it.
pub fn run(args: &EvalArgs, settings: &Settings) -> Result<Done> {
    let is_pairs = args.gold.extension().is_some_and(|e| e == "tsv");
    let text = match (&args.hyp, args.shuffle) {
        (None, None) => {
            return Err(Error::usage("there is nothing to score").remedy("name it behind the gold"));
        }
        (None, Some(seed)) => shown(&shuffled(args, seed, settings)?, args.format)?,
        (Some(hyp), _) if is_pairs => shown(&eval::score_pairs(&args.gold, hyp)?, args.format)?,
        (Some(hyp), _) if args.qa => shown(&findings(args, &lines(hyp, args)?.1)?, args.format)?,
        (Some(hyp), _) => shown(&eval::run(&args.gold, &lines(hyp, args)?.1)?, args.format)?,
    };
    io::write(text.as_bytes())?;
    Ok(Done::Well)
}

/// What is scored, as `aligned.jsonl` if it is a file of another format; it lasts as long as the first of both.
fn lines(hyp: &Path, args: &EvalArgs) -> Result<(Option<AsLines>, PathBuf)> {
    if hyp.is_dir() {
        return Ok((None, hyp.to_owned()));
    }
    let lines = plain(hyp, args.from.as_deref())?;
    let path = lines.paths.first().cloned().unwrap_or_else(|| hyp.to_owned());
    Ok((Some(lines), path))
}

fn findings(args: &EvalArgs, hyp: &Path) -> Result<QaScores> {
    let Some(path) = &args.verdicts else { return eval::run_qa(&args.gold, hyp, None) };
    let verdicts = known::verdicts(path)?;
    let verdict = |id: &str| verdicts.of(id).map(|judged| judged.verdict == Verdict::Accepted);
    eval::run_qa(&args.gold, hyp, Some(&verdict))
}

fn shown(scores: &(impl Display + Serialize), format: EvalFormat) -> Result<String> {
    Ok(match format {
        EvalFormat::Text => format!("{scores}\n"),
        EvalFormat::Json => {
            let json = serde_json::to_string(scores).map_err(|e| Error::input("scores").caused_by(e))?;
            format!("{json}\n")
        }
    })
}

fn shuffled(args: &EvalArgs, seed: u64, settings: &Settings) -> Result<Shuffled> {
    let gold = eval::read_gold(&args.gold)?;
    let weights = |slug: &str| match &args.weights {
        None => Ok(settings.align.weights.clone()),
        Some(folder) => {
            let path = folder.join(format!("{slug}.weights.toml"));
            let text = std::fs::read_to_string(&path).map_err(|e| Error::read(&path, e))?;
            Weights::parse(&text).map_err(|e| e.at(&path))
        }
    };
    let config = shuffle::Config { seed, rounds: usize::from(args.rounds) };
    shuffle::run(&gold, &settings.align, &weights, config)
}
