//! The command line: arguments as typed, settings checked, a file for each subcommand.

mod align;
mod aligned_text;
mod args;
mod as_lines;
mod config;
mod corpus;
mod corpus_dedup;
mod corpus_filter;
mod corpus_merge;
mod corpus_remove;
mod corpus_restore;
#[cfg(feature = "report")]
mod corpus_revise;
mod corpus_split;
mod corpus_stats;
mod eval;
mod explain;
mod export;
mod export_files;
mod export_lines;
mod extract;
#[cfg(feature = "fetch")]
mod fetch;
#[cfg(feature = "fetch")]
mod fetch_options;
#[cfg(feature = "fetch")]
mod fetch_progress;
mod findings;
mod inject;
mod io;
mod known;
mod lexicon;
mod lexicon_train;
mod marked;
#[cfg(feature = "encoder")]
mod model;
mod pair;
mod progress;
mod qa;
mod qa_files;
mod qa_options;
mod run;
mod segmented;
mod settings;
mod shell;
mod table;
mod tune;
#[cfg(feature = "fetch")]
mod watch;

use args::{Args, Command};
use clap::Parser;
use duizhao::error::{Error, ErrorKind};
use std::process::ExitCode;

/// What a subcommand ends with, if not with an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// Everything was done.
    Well,
    /// Done, and there are findings that are to fail the run.
    FindingsFailed,
    /// Done, but some inputs could not be read or parsed.
    InputsFailed,
}

/// Exit codes: see `duizhao --help`.
const EXIT_FINDINGS: u8 = 1;
const EXIT_INPUTS: u8 = 3;
const EXIT_USAGE: u8 = 64;
const EXIT_IO: u8 = 74;
const EXIT_INTERRUPTED: u8 = 130;

/// Parses the arguments, does what they say, tells what went wrong.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => {
            // Help and version are no mistakes; they come as an error because nothing else is to be done.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(EXIT_USAGE) } else { ExitCode::SUCCESS };
        }
    };
    log(&args);
    match dispatch(&args) {
        Ok(Done::Well) => ExitCode::SUCCESS,
        Ok(Done::FindingsFailed) => ExitCode::from(EXIT_FINDINGS),
        Ok(Done::InputsFailed) => ExitCode::from(EXIT_INPUTS),
        Err(error) if io::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::from(match error.kind() {
                ErrorKind::Usage => EXIT_USAGE,
                ErrorKind::Io => EXIT_IO,
                ErrorKind::Interrupted => EXIT_INTERRUPTED,
                _ => EXIT_INPUTS,
            })
        }
    }
}

fn dispatch(args: &Args) -> duizhao::error::Result<Done> {
    if let Some(threads) = args.common.threads {
        // Only the first call can set it, and this is the first.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
    }
    let settings = settings::load(&args.common)?;
    match &args.command {
        Command::Run(a) => run::run(a, &args.common, settings),
        #[cfg(feature = "fetch")]
        Command::Fetch(a) => fetch::run(a, &args.common, &settings),
        #[cfg(feature = "fetch")]
        Command::Watch(a) => watch::run(a, &args.common, settings),
        Command::Align(a) => align::run(a, settings),
        Command::Extract(a) => extract::run(a, &settings),
        Command::Pair(a) => pair::run(a, &args.common, settings),
        Command::Qa(a) if !a.injection.inject.is_empty() => inject::run(a, &args.common, &settings),
        Command::Qa(a) => qa::run(a, args.common.quiet, settings),
        Command::Export(a) => export::run(a, args.common.quiet, &settings),
        Command::Eval(a) => eval::run(a, &settings),
        Command::Tune(a) => tune::run(a, &settings),
        Command::Lexicon(a) => lexicon::run(a, &args.common, &settings),
        #[cfg(feature = "encoder")]
        Command::Model(a) => model::run(a, args.common.quiet),
        Command::Corpus(a) => corpus::run(a, &args.common, &settings),
        Command::Config => config::run(&args.common),
        Command::Schema(a) => shell::schema(a),
        Command::Completions(a) => shell::completions(a),
        Command::Man(a) => shell::man(a),
    }
}

fn log(args: &Args) {
    let level = match (args.common.quiet, args.common.verbose) {
        (true, _) => tracing_subscriber::filter::LevelFilter::ERROR,
        (_, 0) => tracing_subscriber::filter::LevelFilter::WARN,
        (_, 1) => tracing_subscriber::filter::LevelFilter::INFO,
        _ => tracing_subscriber::filter::LevelFilter::DEBUG,
    };
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .with_ansi(std::io::IsTerminal::is_terminal(&std::io::stderr()))
        .without_time()
        .with_target(false);
    // There is no other subscriber.
    let _ = subscriber.try_init();
}

#[allow(clippy::print_stderr)]
fn tell(error: &Error) {
    // Files and pages are quoted in it; line breaks are our own.
    let shown = |text: &str| text.split('\n').map(io::visible).collect::<Vec<_>>().join("\n");
    eprintln!("error: {}", shown(&error.to_string()));
    if let Some(remedy) = error.remedy_text() {
        eprintln!("  help: {}", shown(remedy));
    }
}
