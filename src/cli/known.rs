//! What is known of findings already: a baseline, and a reviewer's verdicts.

use super::args::QaArgs;
use duizhao::error::{Error, Result};
use duizhao::model::{Bitext, Severity};
use duizhao::qa::{self, Baseline, Config, Verdicts};
use std::fmt::Write;
use std::fs;
use std::path::Path;

/// So many stale ids are listed; the rest is counted.
const LISTED: usize = 20;

/// How a spreadsheet begins, which is a ZIP archive.
const SPREADSHEET: &[u8] = b"PK\x03\x04";

/// The verdicts of a sheet in text, or of a spreadsheet.
pub fn verdicts(path: &Path) -> Result<Verdicts> {
    let bytes = fs::read(path).map_err(|e| Error::read(path, e))?;
    let verdicts =
        if bytes.starts_with(SPREADSHEET) { of_spreadsheet(&bytes) } else { Verdicts::parse(&bytes) };
    verdicts.map_err(|e| e.at(path))
}

#[cfg(feature = "report")]
fn of_spreadsheet(bytes: &[u8]) -> Result<Verdicts> {
    Verdicts::of_cells(duizhao::import::spreadsheet(bytes)?)
}

#[cfg(not(feature = "report"))]
fn of_spreadsheet(_: &[u8]) -> Result<Verdicts> {
    Err(Error::usage("this duizhao was built without spreadsheets").remedy("save the sheet as TSV or CSV"))
}

/// Baseline and verdicts, and how many findings they silenced.
#[derive(Debug, Default)]
pub struct Known {
    baseline: Option<Baseline>,
    verdicts: Option<Verdicts>,
    silenced: usize,
    rejected: usize,
}

impl Known {
    /// Reads the files that the arguments name.
    pub fn read(args: &QaArgs) -> Result<Self> {
        let mut known = Self::default();
        if let Some(path) = &args.baseline {
            let text = fs::read_to_string(path).map_err(|e| Error::read(path, e))?;
            known.baseline = Some(Baseline::parse(&text).map_err(|e| e.at(path))?);
        }
        if let Some(path) = &args.verdicts {
            known.verdicts = Some(verdicts(path)?);
        }
        Ok(known)
    }

    /// Takes out what is known to be no news, or no fault.
    pub fn silence(&mut self, bitexts: &mut [Bitext]) {
        for bitext in bitexts {
            if let Some(baseline) = &mut self.baseline {
                self.silenced += baseline.silence(&mut bitext.findings);
            }
            if let Some(verdicts) = &self.verdicts {
                self.rejected += verdicts.silence(&mut bitext.findings);
            }
        }
    }

    /// What was silenced, what is stale, and how right the checks were.
    pub fn report(&self, config: Option<&Config>) -> String {
        let mut text = String::new();
        // Writing into a string cannot fail.
        if self.baseline.is_some() {
            let _ = writeln!(text, "{} silenced by the baseline", self.silenced);
        }
        text += &self.stale(config);
        if let Some(verdicts) = &self.verdicts {
            let _ = writeln!(text, "{} silenced as rejected", self.rejected);
            text += &precision(verdicts);
        }
        text
    }

    /// Known findings that are gone. Of checks that did not run, and where findings were left out, nobody can tell.
    fn stale(&self, config: Option<&Config>) -> String {
        let (Some(baseline), Some(config)) = (&self.baseline, config) else { return String::new() };
        if config.min_severity > Severity::Info || config.min_confidence > 0.0 {
            return String::new();
        }
        let ran = |name: &str| qa::check(name).is_none_or(|check| config.is_on(check));
        let stale: Vec<_> = baseline.stale().filter(|(_, known)| ran(&known.check)).collect();
        let mut text = String::new();
        if !stale.is_empty() {
            let _ = writeln!(text, "{} of the baseline no longer found; their lines can go:", stale.len());
        }
        for (id, known) in stale.iter().take(LISTED) {
            let _ = writeln!(text, "  {id}  {}  {}", known.check, known.note);
        }
        if let Some(more) = stale.len().checked_sub(LISTED).filter(|more| *more > 0) {
            let _ = writeln!(text, "  and {more} more");
        }
        text
    }
}

/// A line a check.
fn precision(verdicts: &Verdicts) -> String {
    let judged = verdicts.precision();
    let width = judged.iter().map(|p| p.check.len()).max().unwrap_or_default().max("check".len());
    let mut text = format!("{:width$}  accepted  rejected  precision  95 % interval\n", "check");
    for p in &judged {
        let (low, high) = p.interval();
        let _ = writeln!(
            text,
            "{:width$}  {:>8}  {:>8}  {:>9.2}  {low:.2} to {high:.2}",
            p.check,
            p.accepted,
            p.rejected,
            p.share()
        );
    }
    text
}
