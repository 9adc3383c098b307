//! Formats that `duizhao export` makes of `aligned.jsonl` a line at a time, whatever the number of lines.

use super::Done;
use super::aligned_text::is_lines;
use super::corpus::output;
use super::export::ExportArgs;
use super::progress::Bars;
use duizhao::corpus::lines;
use duizhao::error::{Error, Result};
use duizhao::export::LineFormat;
use duizhao::pipeline::Settings;

/// Runs it.
pub fn run(args: &ExportArgs, quiet: bool, format: &LineFormat, settings: &Settings) -> Result<Done> {
    for path in &args.inputs {
        if !is_lines(path, args.from.as_deref())? {
            return Err(Error::usage(format!("{} is made of aligned.jsonl alone", format.name))
                .at(path)
                .remedy("give what `duizhao run` wrote"));
        }
    }
    let mut out = output(args.out.as_deref())?;
    let licence = args.licence.as_deref().or(settings.licence.as_deref());
    lines::each(
        &args.inputs,
        &Bars::new(quiet),
        |line| (format.line)(&line.text, licence),
        |_, text| out.line(&text),
    )?;
    out.finish()?;
    Ok(Done::Well)
}
