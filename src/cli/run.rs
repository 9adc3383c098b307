//! `duizhao run`: pages in, aligned sentence pairs out.

use super::Done;
use super::args::{Common, RunArgs};
use super::io;
use super::progress::Bars;
use super::qa_files;
use super::settings::with_input;
use duizhao::error::Result;
use duizhao::model::{Relation, Severity};
use duizhao::pipeline::{self, Settings, Summary};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

/// Runs it.
pub fn run(args: &RunArgs, common: &Common, settings: Settings) -> Result<Done> {
    let mut settings = with_input(settings, &args.input, args.pair_by);
    settings.adapt = args.adapt.then(pipeline::train::Config::default);
    settings.ui_lang = qa_files::lang(args.ui_lang);
    settings.licence = args.licence.clone().or(settings.licence);
    if let Some(config) = &mut settings.qa {
        args.qa.apply(config)?;
    }
    if args.no_qa {
        settings.qa = None;
    }
    let bars = Bars::new(common.quiet);
    let summary = pipeline::run(&args.input.inputs, &args.out, args.force, &settings, &bars)?;
    io::tell(common.quiet, &report(&summary, &args.out));
    let grave = args.qa.failing().is_some_and(|least| {
        Severity::ALL.iter().any(|s| *s >= least && summary.findings.contains_key(s.name()))
    });
    Ok(match (summary.failures > 0, grave) {
        (true, _) => Done::InputsFailed,
        (false, true) => Done::FindingsFailed,
        (false, false) => Done::Well,
    })
}

/// What a person wants to read at the end.
pub fn report(summary: &Summary, out: &Path) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{name:>9}  {value}");
    };
    let Summary { posts, originals, zh_sentences, en_sentences, .. } = summary;
    line("articles", format!("{posts} Chinese, {originals} English (from {})", count(summary.files, "file")));
    let pairs: u64 = summary.pairs.values().sum();
    line("pairs", format!("{pairs}{}", in_brackets(list(&summary.pairs, |k| format!("by {k}")))));
    let beads: u64 = summary.beads.values().sum();
    let by_relation = Relation::ALL.iter().filter_map(|r| {
        let count = summary.beads.get(r.name())?;
        Some(format!("{count} {}", r.name()))
    });
    line("beads", format!("{beads}{}", in_brackets(by_relation.collect::<Vec<_>>().join(", "))));
    line("sentences", format!("{zh_sentences} Chinese, {en_sentences} English"));
    let by_severity = Severity::ALL.iter().rev().filter_map(|s| {
        let count = summary.findings.get(s.name())?;
        Some(format!("{count} {}", s.name()))
    });
    let found = by_severity.collect::<Vec<_>>().join(", ");
    if !found.is_empty() {
        line("findings", found);
    }
    for (n, (reason, number)) in summary.skipped.iter().enumerate() {
        // The stage is for `manifest.json`; to a reader the reason says enough.
        let reason = reason.rsplit('/').next().unwrap_or(reason);
        line(if n == 0 { "left out" } else { "" }, format!("{number} {}", reason.replace('-', " ")));
    }
    for (n, (reason, number)) in summary.remarks.iter().enumerate() {
        line(if n == 0 { "remarks" } else { "" }, format!("{number} {}", reason.replace('-', " ")));
    }
    line("output", format!("{}", out.display()));
    if !summary.skipped.is_empty() {
        line("", format!("{} says why each was left out", out.join("skipped.jsonl").display()));
    }
    text
}

/// A number with its noun.
pub fn count(number: u64, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

fn list(counts: &BTreeMap<&str, u64>, name: impl Fn(&str) -> String) -> String {
    counts.iter().map(|(key, number)| format!("{number} {}", name(key))).collect::<Vec<_>>().join(", ")
}

fn in_brackets(text: String) -> String {
    if text.is_empty() { text } else { format!(" ({text})") }
}
