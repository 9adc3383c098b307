//! `duizhao watch`: fetch, run, wait, and again.

use super::args::{Common, UiLang};
use super::fetch::{is_complete, report};
use super::fetch_options::{Manners, Sources, config, listed, time};
use super::fetch_progress::Show;
use super::progress::{Bars, is_cancelled};
use super::{Done, io, qa_files};
use duizhao::error::{Error, ErrorKind, Result};
use duizhao::pipeline::fetch;
use duizhao::pipeline::{self, MANIFEST, Settings};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Where fetched pages go in the folder.
const PAGES: &str = "pages";
/// Where the output of runs goes.
const ALIGNED: &str = "aligned";
/// How often it is looked whether the user wants an end.
const TICK: Duration = Duration::from_millis(100);

/// `watch`.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Example:
  duizhao watch --feed https://www.4hou.com/feed --out corpus/ --every 1h

corpus/pages/ is what `duizhao fetch` writes, corpus/aligned/ what `duizhao run` makes of all of it whenever a page has come; \
its files change all at once. Stopped and started again, it goes on where it was.")]
pub struct WatchArgs {
    /// Where posts are listed.
    #[command(flatten)]
    pub sources: Sources,
    /// The folder to write; made if it does not exist
    #[arg(short, long, value_name = "DIR")]
    pub out: PathBuf,
    /// Begin a round so long after the one before began
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = time)]
    pub every: Duration,
    /// Stop after so many rounds [default: never]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub rounds: Option<u32>,
    /// The language of the report
    #[arg(long, value_enum, value_name = "LANG", default_value_t = UiLang::En)]
    pub ui_lang: UiLang,
    /// How to behave.
    #[command(flatten)]
    pub manners: Manners,
}

/// Runs it.
pub fn run(args: &WatchArgs, common: &Common, mut settings: Settings) -> Result<Done> {
    let want = listed(&args.sources);
    if want.feeds.is_empty() && want.listings.is_empty() && want.sitemaps.is_empty() {
        return Err(Error::usage("there is nothing to watch").remedy("give --feed, --list or --sitemap"));
    }
    settings.ui_lang = qa_files::lang(args.ui_lang);
    let mut done = Done::Well;
    for round in 1u32.. {
        let start = Instant::now();
        match self::round(args, common, &want, &settings) {
            Ok(ended) => done = ended,
            // That is how one leaves.
            Err(error) if error.kind() == ErrorKind::Interrupted => return Ok(Done::Well),
            Err(error) => return Err(error),
        }
        if args.rounds == Some(round) || !wait(start + args.every) {
            break;
        }
    }
    Ok(done)
}

/// Fetches what is new, and aligns all of it if anything is.
fn round(args: &WatchArgs, common: &Common, want: &fetch::Want, settings: &Settings) -> Result<Done> {
    let bars = Bars::new(common.quiet);
    let (pages, aligned) = (args.out.join(PAGES), args.out.join(ALIGNED));
    let plan = fetch::plan(want, settings, &bars)?;
    let show = Arc::new(Show::new(common.quiet));
    let done = fetch::run(plan, &want.wanted, &pages, None, &config(&args.manners), settings, show.clone());
    show.finish();
    let tally = done?;
    io::tell(common.quiet, &report(&tally, &pages));
    if tally.stored > 0 || !aligned.join(MANIFEST).is_file() {
        let summary = pipeline::run(&[pages], &aligned, false, settings, &bars)?;
        io::tell(common.quiet, &super::run::report(&summary, &aligned));
    }
    Ok(if is_complete(&tally) { Done::Well } else { Done::InputsFailed })
}

/// Waits until then; tells whether the user wants to go on.
fn wait(until: Instant) -> bool {
    while Instant::now() < until {
        if is_cancelled() {
            return false;
        }
        std::thread::sleep(TICK.min(until.saturating_duration_since(Instant::now())));
    }
    !is_cancelled()
}
