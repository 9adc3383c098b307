//! `duizhao pair`: which post was translated from which original.

use super::args::{Common, PairArgs, PairFormat};
use super::progress::Bars;
use super::settings::with_input;
use super::{Done, io};
use duizhao::error::Result;
use duizhao::model::Sides;
use duizhao::pipeline::{self, Paired, Settings};
use serde_json::json;

/// Runs it.
pub fn run(args: &PairArgs, common: &Common, settings: Settings) -> Result<Done> {
    let settings = with_input(settings, &args.input, args.pair_by);
    let bars = Bars::new(common.quiet);
    let paired = pipeline::pairs(&args.input.inputs, &settings, &bars)?;
    io::write(render(&paired, args.format).as_bytes())?;
    Ok(if paired.notices.iter().any(pipeline::is_failure) { Done::InputsFailed } else { Done::Well })
}

fn render(paired: &Paired, format: PairFormat) -> String {
    let mut text = String::new();
    for pairing in &paired.pairs {
        let Sides { zh, en } = &pairing.ids;
        text += &match format {
            PairFormat::Json => {
                json!({ "zh_file": zh, "en_file": en, "evidence": pairing.evidence }).to_string() + "\n"
            }
            _ => format!(
                "{}\t{}\t{}\n",
                pipeline::base_name(zh),
                pipeline::base_name(en),
                pairing.evidence.name()
            ),
        };
    }
    if format == PairFormat::Table {
        for notice in &paired.notices {
            text += &format!("no pair\t{}\t{}: {}\n", notice.input, notice.reason, notice.message);
        }
    }
    text
}
