//! The rules of the house, checked on its source: who may import whom, who may print or exit, how long a file may be.
//!
//! Imports run downward only, and those of one floor never import one another:
//! `main, cli → review → pipeline → the stages → {lexicon, encoder} → text → model → error`.
#![allow(clippy::unwrap_used, clippy::panic)]

#[path = "architecture/source.rs"]
mod source;

use source::Source;
use std::fs;
use std::path::Path;

/// The floors from top to bottom. A new module at the top of the crate gets its place here.
const FLOORS: [&[&str]; 8] = [
    &["main", "cli"],
    &["review"],
    &["pipeline"],
    &["ingest", "fetch", "extract", "pair", "segment", "align", "qa", "export", "import", "eval", "corpus"],
    &["lexicon", "encoder"],
    &["text"],
    &["model"],
    &["error"],
];

/// The program on top of the library: it may print and exit, and uses the library as any other program would.
const PROGRAM: [&str; 2] = ["main", "cli"];

/// A file of more lines than this does two things.
const LONGEST: usize = 450;

/// Every Rust file below `src` by its path there, `/` between its parts.
fn files() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let entries = walkdir::WalkDir::new(&src).sort_by_file_name().into_iter();
    let files = entries.map(|e| e.unwrap().into_path()).filter(|p| p.extension().is_some_and(|e| e == "rs"));
    let name = |path: &Path| path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|path| (name(&path), fs::read_to_string(&path).unwrap())).collect()
}

/// Whether a file holds nothing but tests.
fn is_tests(name: &str) -> bool {
    name.ends_with("/tests.rs") || name.contains("/tests/")
}

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|modules| modules.contains(&module))
}

/// What speaks against a file of `own` naming the module `other` at the top of the crate.
fn objection(own: &str, other: &str) -> Option<String> {
    match (floor(own), floor(other)) {
        _ if own == other || own.is_empty() => None,
        (None, _) => Some(format!("`{own}` has no floor: give it one in tests/architecture.rs")),
        (_, None) => Some(format!("`{other}` is no module with a floor")),
        _ if PROGRAM.contains(&own) => Some(format!("`{own}` must name the library `duizhao`, not `crate`")),
        (Some(from), Some(to)) if from < to => None,
        (Some(from), Some(to)) if from == to => Some(format!("`{own}` and `{other}` are siblings")),
        _ => Some(format!("`{other}` stands above `{own}`")),
    }
}

fn import_breaches(name: &str, text: &str) -> Vec<String> {
    let source = Source::parse(name, text);
    let own = source.module();
    let objections = source.named.iter().filter_map(|m| Some((m.line, objection(own, &m.name)?)));
    objections.map(|(line, objection)| format!("{name}:{line}: {objection}")).collect()
}

fn output_breaches(name: &str, text: &str) -> Vec<String> {
    let source = Source::parse(name, text);
    let cries = source.outcries.iter().filter(|_| !PROGRAM.contains(&source.module()));
    cries.map(|m| format!("{name}:{}: `{}` is for the command line only", m.line, m.name)).collect()
}

fn length_breaches(name: &str, text: &str) -> Vec<String> {
    let lines = text.lines().count();
    Vec::from_iter((lines > LONGEST).then(|| format!("{name}: {lines} lines, more than {LONGEST}")))
}

fn header_breaches(name: &str, text: &str) -> Vec<String> {
    Vec::from_iter((!text.starts_with("//! ")).then(|| format!("{name}: no `//!` says what it is for")))
}

/// The one file that may contain `unsafe`, and says in it why that is sound.
const UNSAFE: &str = "encoder/map.rs";

#[test]
fn unsafe_code_stands_in_one_file() {
    let allowance = concat!("allow(", "unsafe_code");
    let files = files();
    let found: Vec<&str> =
        files.iter().filter(|(_, text)| text.contains(allowance)).map(|(name, _)| name.as_str()).collect();
    assert_eq!(found, [UNSAFE]);
    let (_, text) = files.iter().find(|(name, _)| name == UNSAFE).unwrap();
    assert_eq!((text.matches("unsafe {").count(), text.matches("// SAFETY: ").count()), (1, 1));
}

fn assert_none(breaches: Vec<String>) {
    assert!(breaches.is_empty(), "\n{}", breaches.join("\n"));
}

#[test]
fn imports_run_downward_only() {
    let files = files();
    assert!(files.len() > 50, "the source was not found");
    let code = files.iter().filter(|(name, _)| !is_tests(name));
    assert_none(code.flat_map(|(name, text)| import_breaches(name, text)).collect());
}

#[test]
fn only_the_program_prints_and_exits() {
    let files = files();
    let code = files.iter().filter(|(name, _)| !is_tests(name));
    assert_none(code.flat_map(|(name, text)| output_breaches(name, text)).collect());
}

#[test]
fn files_are_short() {
    assert_none(files().iter().flat_map(|(name, text)| length_breaches(name, text)).collect());
}

#[test]
fn every_file_says_what_it_is_for() {
    let files = files();
    let written = files.iter().filter(|(_, text)| !text.trim().is_empty());
    assert_none(written.flat_map(|(name, text)| header_breaches(name, text)).collect());
}

#[test]
fn every_folder_has_a_floor() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let folders = fs::read_dir(src).unwrap().map(|e| e.unwrap()).filter(|e| e.path().is_dir());
    for name in folders.map(|e| e.file_name().into_string().unwrap()) {
        assert!(floor(&name).is_some(), "src/{name} has no floor");
    }
}

/// The checker itself: what must be found, and what must not.
#[test]
fn planted_breaches_are_found() {
    for (name, text, line, what) in [
        ("align/mod.rs", "use crate::pipeline::run;", 1, "`pipeline` stands above `align`"),
        ("align/mod.rs", "\nuse crate::eval::{Gold, score};", 2, "`align` and `eval` are siblings"),
        ("align/a/b.rs", "use super::super::super::pair::Card;", 1, "`align` and `pair` are siblings"),
        ("align/mod.rs", "use crate::{error::Result, model::{Bead, Sides}, qa};", 1, "siblings"),
        ("model/a.rs", "fn f() -> crate::text::Key { g() }", 1, "`text` stands above `model`"),
        ("text/a.rs", "fn f() { let x = vec![1, crate::lexicon::size()]; }", 1, "`lexicon` stands above"),
        ("error.rs", "mod inner { use super::super::model::Span; }", 1, "`model` stands above `error`"),
        ("cli/run.rs", "use crate::pipeline;", 1, "must name the library `duizhao`"),
        ("guess/mod.rs", "use crate::model::Bead;", 1, "`guess` has no floor"),
        ("align/mod.rs", "use crate::guess::Bead;", 1, "`guess` is no module"),
        (
            "align/mod.rs",
            "#[cfg(test)] use crate::a; use crate::model::A; mod b { use crate::pair; }",
            1,
            "`pair`",
        ),
    ] {
        let found = import_breaches(name, text);
        assert!(
            found.iter().any(|b| b.starts_with(&format!("{name}:{line}: ")) && b.contains(what)),
            "{text}: {found:?}"
        );
    }
    let found =
        output_breaches("align/a.rs", "fn f() { if x { println!(\"{}\", 1); } std::process::exit(1) }");
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(output_breaches("eval/mod.rs", "use std::io; fn f() { io::stderr().flush(); }").len(), 1);
    assert_eq!(length_breaches("a.rs", &"\n".repeat(LONGEST + 1)).len(), 1);
    assert_eq!(header_breaches("a.rs", "use std::fmt;").len(), 1);
}

#[test]
fn what_is_allowed_is_not_found() {
    for (name, text) in [
        ("align/mod.rs", "use crate::model::{Bead, Sides}; use crate::{error, lexicon, text::han};"),
        (
            "align/signals/a.rs",
            "use super::super::search::Path; use super::{Signal, View}; pub(super) fn f() {}",
        ),
        (
            "align/mod.rs",
            "// crate::pipeline\n/* crate::eval */\n//! [`crate::pair`]\nconst A: &str = \"crate::qa\";",
        ),
        ("align/mod.rs", "#[cfg(test)]\nmod tests { use crate::pipeline::run; }"),
        ("pipeline/run.rs", "use super::library::Library; use crate::{align, export}; pub(crate) mod a {}"),
        ("model/alignment.rs", "use crate::error::Result; mod a { use super::super::Span; }"),
        ("lib.rs", "pub mod align; pub mod error;"),
        ("main.rs", "mod cli; fn main() { cli::main() }"),
        ("cli/run.rs", "use super::args::Args; use duizhao::pipeline; fn f() { crate::cli::g() }"),
    ] {
        assert_none(import_breaches(name, text));
    }
    let quiet =
        "fn exit() { self.print(); let a = \"println!()\"; child.stdout.take(); exit(); tracing::info!(1) }";
    assert_none(output_breaches("align/mod.rs", quiet));
    assert_none(output_breaches("cli/io.rs", "fn f() { eprintln!(); std::process::exit(3) }"));
    assert_none(output_breaches("align/mod.rs", "#[cfg(test)] mod tests { fn f() { println!() } }"));
}
