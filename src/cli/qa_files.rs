//! The files that `duizhao qa` writes beside what it prints.

use super::args::{QaArgs, UiLang};
use duizhao::error::{Error, Result};
use duizhao::export;
use duizhao::model::{Bitext, Lang};
use duizhao::pipeline::{self, MANIFEST, ReportFile, Reports, Settings};
use rayon::prelude::*;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

/// The formats that are written into a folder beside the report and the spreadsheet.
const FORMATS: [&str; 3] = ["findings", "sarif", "mqm"];

/// The language of the interface, as the library names it.
pub fn lang(language: UiLang) -> Lang {
    match language {
        UiLang::En => Lang::En,
        UiLang::Zh => Lang::Zh,
    }
}

/// Writes the files that are asked for; gives whether there are any.
pub fn write(bitexts: &[Bitext], args: &QaArgs, settings: &Settings) -> Result<bool> {
    if let Some(folder) = &args.out {
        into(folder, bitexts, settings)?;
    }
    let mut has_files = args.out.is_some();
    if let Some(files) = asked(args) {
        has_files = true;
        for file in reports(bitexts, settings, files.report.and_then(Path::file_name))? {
            if let Some(path) = files.path(&file.name) {
                put(&path, &file.bytes)?;
            }
        }
    }
    Ok(has_files)
}

/// Where single files go.
struct Asked<'a> {
    report: Option<&'a Path>,
    xlsx: Option<&'a Path>,
}

impl Asked<'_> {
    /// Where a file of the report goes; pages of articles lie in a folder beside it.
    fn path(&self, name: &str) -> Option<PathBuf> {
        match name {
            "report.html" => self.report.map(Path::to_owned),
            "findings.xlsx" => self.xlsx.map(Path::to_owned),
            page => self.report.map(|report| report.with_file_name(page)),
        }
    }
}

#[cfg(feature = "report")]
fn asked(args: &QaArgs) -> Option<Asked<'_>> {
    let asked = Asked { report: args.report.as_deref(), xlsx: args.xlsx.as_deref() };
    (asked.report.is_some() || asked.xlsx.is_some()).then_some(asked)
}

#[cfg(not(feature = "report"))]
fn asked(_: &QaArgs) -> Option<Asked<'_>> {
    None
}

fn into(folder: &Path, bitexts: &[Bitext], settings: &Settings) -> Result<()> {
    if folder.join(MANIFEST).exists() {
        return Err(Error::usage("is the output of a run, whose manifest would no longer be true")
            .at(folder)
            .remedy("choose another folder with --out"));
    }
    let meta = pipeline::meta(settings);
    for format in FORMATS.iter().filter_map(|name| export::format(name)) {
        put(&folder.join(format.file()), &export::write(format, &meta, bitexts))?;
    }
    reports(bitexts, settings, None)?.iter().try_for_each(|file| put(&folder.join(&file.name), &file.bytes))
}

/// Report and spreadsheet, the former perhaps under another name than its own.
fn reports(bitexts: &[Bitext], settings: &Settings, name: Option<&OsStr>) -> Result<Vec<ReportFile>> {
    let (mut reports, renderer) = Reports::new(settings, bitexts.len())?;
    if let Some(name) = name {
        reports = reports.called(&name.to_string_lossy());
    }
    let rendered: Vec<_> =
        bitexts.par_iter().enumerate().map(|(n, bitext)| renderer.article(n, bitext, settings)).collect();
    let mut files = Vec::new();
    for (article, bitext) in rendered.into_iter().zip(bitexts) {
        files.extend(reports.add(article, bitext)?);
    }
    let left_out = reports.left_out();
    if left_out > 0 {
        tracing::warn!("{left_out} findings have no room in the spreadsheet");
    }
    files.extend(reports.finish()?);
    Ok(files)
}

/// Writes a file, and the folders above it.
fn put(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|e| Error::write(folder, e))?;
    }
    fs::write(path, bytes).map_err(|e| Error::write(path, e))
}
