//! `duizhao fetch`: posts and the originals that they cite, from the web into a folder.

use super::args::Common;
use super::fetch_options::{FetchArgs, config, want};
use super::fetch_progress::{Lines, Show};
use super::progress::Bars;
use super::run::count;
use super::{Done, io};
use duizhao::error::Result;
use duizhao::fetch::{Tally, Watcher};
use duizhao::pipeline::Settings;
use duizhao::pipeline::fetch::{self, Plan};
use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

/// Runs it.
pub fn run(args: &FetchArgs, common: &Common, settings: &Settings) -> Result<Done> {
    let want = want(args)?;
    let config = config(&args.manners);
    let bars = Bars::new(common.quiet || args.json);
    let plan = fetch::plan(&want, settings, &bars)?;
    if args.dry_run {
        return dry_run(&plan, &args.out, &config);
    }
    let show = Arc::new(Show::new(common.quiet || args.json));
    let watcher: Arc<dyn Watcher> = if args.json { Arc::new(Lines) } else { show.clone() };
    let done = fetch::run(plan, &want.wanted, &args.out, args.warc.as_deref(), &config, settings, watcher);
    show.finish();
    let tally = done?;
    if args.json {
        io::write(format!("{}\n", summary(&tally)).as_bytes())?;
    } else {
        io::tell(common.quiet, &report(&tally, &args.out));
    }
    Ok(if is_complete(&tally) { Done::Well } else { Done::InputsFailed })
}

/// Prints what would be asked for first; where that leads is not known before.
fn dry_run(plan: &Plan, out: &Path, config: &duizhao::fetch::Config) -> Result<Done> {
    let urls = plan.missing_in(out, config)?;
    let lines: String = urls.iter().map(|url| format!("{}\n", io::visible(url.as_str()))).collect();
    io::write(lines.as_bytes())?;
    Ok(Done::Well)
}

/// Reasons for which a page is left out on purpose.
const ON_PURPOSE: [&str; 2] = ["too-old", "cites-others"];

/// Whether everything that was wanted is there.
pub fn is_complete(tally: &Tally) -> bool {
    tally.refused.keys().all(|reason| ON_PURPOSE.contains(&reason.as_str()))
}

fn summary(tally: &Tally) -> serde_json::Value {
    serde_json::json!({
        "event": "done",
        "stored": tally.stored,
        "known": tally.known,
        "lists": tally.lists,
        "refused": tally.refused,
    })
}

/// What a person wants to read at the end.
pub fn report(tally: &Tally, out: &Path) -> String {
    let mut text = String::new();
    let mut line = |name: &str, value: String| {
        // Writing into a string cannot fail.
        let _ = writeln!(text, "{name:>9}  {value}");
    };
    line("stored", format!("{} ({} there already)", count(tally.stored, "page"), tally.known));
    for (n, (reason, number)) in tally.refused.iter().enumerate() {
        let name = if n == 0 { "left out" } else { "" };
        let remedy = tally.remedies.get(reason).copied().unwrap_or_default();
        line(name, format!("{number} {}: {remedy}", reason.replace('-', " ")));
    }
    line("output", out.display().to_string());
    if !tally.refused.is_empty() {
        line("", format!("{} says what became of each address", out.join("pages.jsonl").display()));
    }
    line("next", format!("duizhao run {} --out corpus/", out.display()));
    text
}
