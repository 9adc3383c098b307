//! `duizhao qa`: what looks wrong in a translation.

use super::args::{QaArgs, QaFormat, UiLang};
use super::findings::Look;
use super::known::Known;
use super::{Done, aligned_text, findings, io, qa_files};
use duizhao::error::{Error, Result};
use duizhao::export::{self, Meta};
use duizhao::model::{Bitext, Severity};
use duizhao::pipeline::{self, Settings};
use duizhao::qa::{self, Baseline, Check};
use rayon::prelude::*;
use std::fmt::Write;
use std::fs;

/// Runs it.
pub fn run(args: &QaArgs, quiet: bool, mut settings: Settings) -> Result<Done> {
    settings.ui_lang = qa_files::lang(args.ui_lang);
    if args.list {
        io::write(list().as_bytes())?;
        return Ok(Done::Well);
    }
    if let Some(name) = &args.explain {
        io::write(explained(name)?.as_bytes())?;
        return Ok(Done::Well);
    }
    if let Some(config) = &mut settings.qa {
        args.options.apply(config)?;
    }
    let mut known = Known::read(args)?;
    let mut bitexts = aligned_text::read(&args.inputs, args.from.as_deref())?;
    bitexts.par_iter_mut().for_each(|bitext| {
        bitext.findings = pipeline::findings(&bitext.pair, &bitext.alignment, &settings);
    });
    if let Some(path) = &args.write_baseline {
        let baseline = Baseline::of(bitexts.iter().flat_map(|b| &b.findings));
        fs::write(path, baseline.to_text()).map_err(|e| Error::write(path, e))?;
    }
    known.silence(&mut bitexts);
    let has_files = qa_files::write(&bitexts, args, &settings)?;
    if let Some(format) = args.format.or((!has_files).then_some(QaFormat::Table)) {
        io::write(&written(&bitexts, format, args, &pipeline::meta(&settings)))?;
    }
    io::tell(quiet, &known.report(settings.qa.as_ref()));
    let found = |least: Severity| bitexts.iter().flat_map(|b| &b.findings).any(|f| f.severity >= least);
    Ok(if args.options.failing().is_some_and(found) { Done::FindingsFailed } else { Done::Well })
}

fn written(bitexts: &[Bitext], format: QaFormat, args: &QaArgs, meta: &Meta) -> Vec<u8> {
    let in_chinese = args.ui_lang == UiLang::Zh;
    let name = match format {
        QaFormat::Table => return findings::table(bitexts, Look::here(in_chinese)).into_bytes(),
        QaFormat::Tsv => return qa::sheet(bitexts, in_chinese).into_bytes(),
        QaFormat::Findings => "findings",
        QaFormat::Sarif => "sarif",
        QaFormat::Mqm => "mqm",
        QaFormat::Jsonl => "jsonl",
    };
    export::format(name).map(|format| export::write(format, meta, bitexts)).unwrap_or_default()
}

fn list() -> String {
    let width = qa::CHECKS.iter().map(|check| check.name.len()).max().unwrap_or_default();
    let mut text = String::new();
    for check in qa::CHECKS {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{:width$}  {}", check.name, check.doc.what);
    }
    text
}

fn explained(name: &str) -> Result<String> {
    let Check { name, category, doc, .. } = qa::check(name).ok_or_else(|| {
        Error::usage(format!("there is no check `{name}`")).remedy("`duizhao qa --list` prints them all")
    })?;
    let example = doc.example.replace('\n', "\n  ");
    Ok(format!(
        "{name} ({category})\n\nWhat\n  {}\n\nWhy\n  {}\n\nKnown problems\n  {}\n\nExample\n  {example}\n",
        doc.what, doc.why, doc.known_problems
    ))
}
