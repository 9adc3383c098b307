//! COMET's files: `src.txt`, `ref.txt`, `hyp.NAME.txt` for `comet-score`, and `samples.NAME.json` for its Python interface.
//!
//! `comet-score` pairs lines until the shortest file ends, without a word: all files here have the same number of them.
//! `context.jsonl` says of each segment which document it is of and what stands before it there, for metrics that look at
//! documents (Vernikos et al. 2022, `doc-mt-metrics`, take two sentences): what was left out of the set is not in it.

use super::{Layout, TestDocument, TestSet, file, metadata};
use crate::export::Meta;
use crate::export::set::Written;
use serde::Serialize;

/// For `comet-score`.
pub(super) const LAYOUT: Layout = Layout {
    name: "comet",
    doc: "MT test set for COMET: source, reference, hypotheses as lines and as JSON samples, context of each segment",
    files,
};

/// How many segments before one are its context.
const CONTEXT: usize = 2;

#[derive(Serialize)]
struct Sample<'t> {
    src: &'t str,
    mt: &'t str,
    #[serde(rename = "ref")]
    reference: &'t str,
}

#[derive(Serialize)]
struct Context<'t> {
    id: &'t str,
    document: &'t str,
    src: Vec<&'t str>,
    #[serde(rename = "ref")]
    reference: Vec<&'t str>,
}

fn files(set: &TestSet, meta: &Meta) -> Vec<Written> {
    let mut files = vec![
        set.lines("src.txt", |_, segment| segment.source.as_str()),
        set.lines("ref.txt", |_, segment| segment.reference.as_str()),
        set.lines("docs.txt", |document, _| document.name.as_str()),
        set.lines("ids.txt", |_, segment| segment.id.as_str()),
        // Writing plain data into memory cannot fail.
        file("context.jsonl", contexts(set).map(|c| serde_json::to_string(&c).unwrap_or_default())),
    ];
    let mut commands = Vec::new();
    for system in &set.systems {
        let pairs = set.segments().zip(&system.lines);
        let samples: Vec<Sample<'_>> =
            pairs.map(|((_, s), mt)| Sample { src: &s.source, mt, reference: &s.reference }).collect();
        let json = serde_json::to_string_pretty(&samples).unwrap_or_default();
        files.push(file(format!("hyp.{}.txt", system.name), &system.lines));
        files.push(file(format!("samples.{}.json", system.name), [json]));
        commands.push(format!("comet-score -s src.txt -t hyp.{}.txt -r ref.txt", system.name));
    }
    if commands.is_empty() {
        commands.push("comet-score -s src.txt -t hyp.NAME.txt -r ref.txt".to_owned());
    }
    files.push(metadata::file(set, meta, commands));
    files
}

/// What stands before each segment in its document, the nearest last.
fn contexts(set: &TestSet) -> impl Iterator<Item = Context<'_>> {
    set.documents.iter().flat_map(|document| (0..document.segments.len()).map(move |n| context(document, n)))
}

fn context(document: &TestDocument, number: usize) -> Context<'_> {
    let before = document.segments.get(number.saturating_sub(CONTEXT)..number).unwrap_or_default();
    Context {
        id: document.segments.get(number).map_or("", |segment| &segment.id),
        document: &document.name,
        src: before.iter().map(|segment| segment.source.as_str()).collect(),
        reference: before.iter().map(|segment| segment.reference.as_str()).collect(),
    }
}
