//! `duizhao eval`: scores against gold.

use super::args::{EvalArgs, EvalFormat};
use super::{Done, io};
use duizhao::error::{Error, Result};
use duizhao::eval;
use serde_json::json;

/// Runs it.
pub fn run(args: &EvalArgs) -> Result<Done> {
    let is_pairs = args.gold.extension().is_some_and(|e| e == "tsv");
    let text = match (is_pairs, args.format) {
        (true, format) => {
            let scores = eval::score_pairs(&args.gold, &args.hyp)?;
            match format {
                EvalFormat::Text => format!("{scores}\n"),
                EvalFormat::Json => format!("{}\n", json!(scores)),
            }
        }
        (false, EvalFormat::Text) => format!("{}\n", eval::run(&args.gold, &args.hyp)?),
        (false, EvalFormat::Json) => {
            let scores = eval::run(&args.gold, &args.hyp)?;
            let json = serde_json::to_string(&scores).map_err(|e| Error::input("scores").caused_by(e))?;
            format!("{json}\n")
        }
    };
    io::write(text.as_bytes())?;
    Ok(Done::Well)
}
