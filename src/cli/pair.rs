//! `duizhao pair`: which post was translated from which original.

use super::args::{Common, PairArgs, PairFormat};
use super::progress::Bars;
use super::settings::with_input;
use super::{Done, io};
use duizhao::error::Result;
use duizhao::export;
use duizhao::model::{Evidence, Notice, Sides};
use duizhao::pipeline::{self, Paired, PairedIds, Settings};
use serde_json::json;

/// Runs it.
pub fn run(args: &PairArgs, common: &Common, settings: Settings) -> Result<Done> {
    let settings = with_input(settings, &args.input, args.pair_by);
    let bars = Bars::new(common.quiet);
    let paired = pipeline::pairs(&args.input.inputs, &settings, &bars)?;
    io::write(render(&paired, args.format).as_bytes())?;
    Ok(if paired.notices.iter().any(Notice::is_failure) { Done::InputsFailed } else { Done::Well })
}

fn render(paired: &Paired, format: PairFormat) -> String {
    match format {
        PairFormat::Table => table(paired),
        PairFormat::Tsv => lines(paired, |zh, en, evidence| export::pairs_line(Sides::new(zh, en), evidence)),
        PairFormat::Json => lines(paired, |zh, en, evidence| {
            json!({ "zh_file": zh, "en_file": en, "evidence": evidence }).to_string() + "\n"
        }),
    }
}

fn lines(paired: &Paired, line: impl Fn(&str, &str, &Evidence) -> String) -> String {
    let one = |pairing: &PairedIds| line(&pairing.ids.zh, &pairing.ids.en, &pairing.evidence);
    paired.pairs.iter().map(one).collect()
}

/// For people: posts beside their originals, then what was left out.
fn table(paired: &Paired) -> String {
    let width = paired.pairs.iter().map(|p| p.ids.zh.chars().count()).max().unwrap_or_default();
    let mut text = lines(paired, |zh, en, evidence| {
        format!("{:width$}  {}  ({})\n", io::visible(zh), io::visible(en), evidence.name())
    });
    for notice in &paired.notices {
        text += &format!("no pair: {}: {}\n", io::visible(&notice.input), io::visible(&notice.message));
    }
    text
}
