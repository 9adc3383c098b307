//! Headings translate headings, sentences translate sentences.

use super::{Signal, View, write};

/// Whether only one side ends with the mark of a sentence, or neither does; sentences inside a merged bead that do not (a
/// heading swallowed by its neighbour; the items of a list are none); fragments behind what they
/// broke off from.
pub const SIGNAL: Signal = Signal {
    name: "ending",
    doc: "only one side ends as sentences do, or neither; headings inside merged beads; fragments of sentences",
    features: &["different", "neither", "unended-inside", "fragment-inside"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    let flag = |b: bool| if b { 1.0 } else { 0.0 };
    if view.alone.is_some() {
        return;
    }
    let different = flag(view.ended.0 != view.ended.1);
    let neither = flag(!view.ended.0 && !view.ended.1);
    write(features, &[different, neither, view.unended.min(4) as f32, view.fragments.min(4) as f32]);
}
