//! `duizhao corpus remove`: an article that must go.

use super::corpus::{Shown, json};
use super::progress::Bars;
use super::{Done, io};
use duizhao::corpus::remove::{self, Kind, Proof, Removal, Target};
use duizhao::error::{Error, Result};
use std::fmt::Write;
use std::path::PathBuf;

/// `corpus remove`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  duizhao corpus remove --url https://www.example.com/news/a all.jsonl articles.jsonl
  duizhao corpus remove --article zh/a.md all.jsonl --format json > proof.json
  duizhao corpus remove --url https://www.example.com/news/a out/     # every file in a folder

JSON Lines and tab-separated files are changed in their places and then read again: what is printed is what was found on the \
disk. Other files are searched; those that still hold it are named, to be made anew (duizhao export, duizhao qa).")]
pub struct RemoveArgs {
    /// Files, or folders of files
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// Remove the article of this address, original or translation; may be given several times
    #[arg(long, value_name = "URL", required_unless_present = "article")]
    pub url: Vec<String>,
    /// Remove the article, or pair, of this name: a file as aligned.jsonl has it
    #[arg(long, value_name = "NAME")]
    pub article: Vec<String>,
    /// How the proof is shown
    #[arg(short, long, value_enum, default_value_t = Shown::Text)]
    pub format: Shown,
}

/// Runs it.
pub fn run(args: &RemoveArgs, quiet: bool) -> Result<Done> {
    let urls = args.url.iter().cloned().map(Target::Url);
    let targets: Vec<Target> = urls.chain(args.article.iter().cloned().map(Target::Article)).collect();
    let Removal { proofs, not_found } = remove::run(&args.files, &Bars::new(quiet), &targets)?;
    let text = match args.format {
        Shown::Text => shown(&proofs),
        Shown::Json => json(&proofs)? + "\n",
    };
    io::write(text.as_bytes())?;
    let gone = match proofs.iter().find(|proof| !proof.gone) {
        Some(proof) => Err(Error::input("still holds what was to go, or cannot be looked into")
            .at(&proof.file)
            .remedy(match proof.kind {
                Kind::Other => "make it anew from the rest: duizhao export, duizhao qa",
                Kind::Lines | Kind::Rows => "see what else writes it, and remove again",
            })),
        None => Ok(Done::Well),
    }?;
    // Of files that are only searched it is good news.
    if !not_found.is_empty() && proofs.iter().any(|proof| proof.kind != Kind::Other) {
        return Err(Error::input(format!("no line is of {}", not_found.join(", "))).remedy(
            "see whether it went before; name an article as aligned.jsonl does, and give that file together with what was made of it",
        ));
    }
    Ok(gone)
}

fn shown(proofs: &[Proof]) -> String {
    let mut text = String::new();
    for proof in proofs {
        let Proof { file, removed, lines_before, lines_after, .. } = proof;
        let file = io::visible(file);
        let state = if proof.gone { "gone" } else { "NOT GONE" };
        // Writing into a string cannot fail.
        let _ = match proof.kind {
            Kind::Other => writeln!(text, "{file}: searched, not changed: {state}"),
            Kind::Lines | Kind::Rows => {
                writeln!(
                    text,
                    "{file}: {removed} of {lines_before} lines removed, {lines_after} stay: {state}"
                )
            }
        };
        let _ =
            writeln!(text, "  sha256 before {}\n  sha256 after  {}", proof.sha256_before, proof.sha256_after);
        for (what, lines) in [
            ("lines that mention it", &proof.mentions),
            ("lines that hold a sentence of it", &proof.same_sentences),
        ] {
            if !lines.is_empty() {
                let numbers: Vec<String> = lines.iter().map(u64::to_string).collect();
                let _ = writeln!(text, "  {what}: {}", numbers.join(", "));
            }
        }
    }
    text
}
