//! sacreBLEU's plain files: `src.en`, `ref.zh`, a `hyp.NAME.zh` a system; `docs.txt` and `ids.txt` say what a line is of.
//!
//! sacreBLEU takes the reference first and the hypothesis with `-i`. It must be told the languages: without `-l en-zh` a Chinese
//! target is not cut into words and scores next to nothing. The commands stand in `metadata.json`.

use super::{Layout, TestSet, file, metadata};
use crate::export::Meta;
use crate::export::set::Written;

/// For `sacrebleu`.
pub(super) const LAYOUT: Layout = Layout {
    name: "sacrebleu",
    doc: "MT test set for sacreBLEU: source, reference, hypotheses, document and segment ids, a line a segment",
    files,
};

fn files(set: &TestSet, meta: &Meta) -> Vec<Written> {
    let direction = set.options.direction;
    let (source, target) = direction.codes();
    let mut files = vec![
        set.lines(format!("src.{source}"), |_, segment| segment.source.as_str()),
        set.lines(format!("ref.{target}"), |_, segment| segment.reference.as_str()),
        set.lines("docs.txt", |document, _| document.name.as_str()),
        set.lines("ids.txt", |_, segment| segment.id.as_str()),
    ];
    let hypothesis = |name: &str| format!("hyp.{name}.{target}");
    files.extend(set.systems.iter().map(|system| file(hypothesis(&system.name), &system.lines)));
    let score = |name: &str| {
        format!("sacrebleu ref.{target} -i {} -l {} -m bleu chrf", hypothesis(name), direction.name())
    };
    let commands = match set.systems.as_slice() {
        [] => vec![score("NAME")],
        systems => systems.iter().map(|system| score(&system.name)).collect(),
    };
    files.push(metadata::file(set, meta, commands));
    files
}
