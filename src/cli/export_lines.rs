//! Formats that `duizhao export` makes of `aligned.jsonl` a line at a time, whatever the number of lines.

use super::Done;
use super::corpus::output;
use super::export::ExportArgs;
use duizhao::corpus::lines;
use duizhao::error::{Error, Result};
use duizhao::export::LineFormat;
use duizhao::import;
use std::path::Path;

/// Runs it.
pub fn run(args: &ExportArgs, format: &LineFormat) -> Result<Done> {
    if let Some(path) = args.inputs.iter().find(|path| !is_ours(path, args.from.as_deref())) {
        return Err(Error::usage(format!("{} is made of aligned.jsonl alone", format.name))
            .at(path)
            .remedy("give what `duizhao run` wrote"));
    }
    let mut out = output(args.out.as_deref())?;
    let licence = args.licence.as_deref();
    lines::each(&args.inputs, |line| (format.line)(&line.text, licence), |_, text| out.line(&text))?;
    out.finish()?;
    Ok(Done::Well)
}

fn is_ours(path: &Path, from: Option<&str>) -> bool {
    let name = path.to_string_lossy();
    let is_jsonl = |name: &str| import::reader(name).is_ok_and(|reader| reader.name == "jsonl");
    from.map_or_else(|| lines::is_stdin(path) || is_jsonl(&name), is_jsonl)
}
