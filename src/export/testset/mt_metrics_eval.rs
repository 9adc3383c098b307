//! mt-metrics-eval's folder (github.com/google-research/mt-metrics-eval, README, "File organization and naming convention").
//!
//! The reference is called `refA`; it stands among the systems too, so that metrics can score it as one. There are no human
//! scores in it: findings are a program's, and are in the `mqm` format.

use super::{Layout, REFERENCE, TestSet, file, metadata};
use crate::export::Meta;
use crate::export::set::Written;

/// For `mt_metrics_eval.data.EvalSet`.
pub(super) const LAYOUT: Layout = Layout {
    name: "mt-metrics-eval",
    doc: "MT test set as mt-metrics-eval keeps them: sources, documents, references, system outputs",
    files,
};

/// Every document's domain.
const DOMAIN: &str = "news";

fn files(set: &TestSet, meta: &Meta) -> Vec<Written> {
    let pair = set.options.direction.name();
    let output = |name: &str| format!("system-outputs/{pair}/{name}.txt");
    let mut files = vec![
        set.lines(format!("documents/{pair}.docs"), |document, _| format!("{DOMAIN}\t{}", document.name)),
        set.lines(format!("sources/{pair}.txt"), |_, segment| segment.source.as_str()),
        set.lines(format!("references/{pair}.{REFERENCE}.txt"), |_, segment| segment.reference.as_str()),
        set.lines(output(REFERENCE), |_, segment| segment.reference.as_str()),
    ];
    files.extend(set.systems.iter().map(|system| file(output(&system.name), &system.lines)));
    files.push(metadata::file(set, meta, Vec::new()));
    files
}
