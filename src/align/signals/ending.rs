//! Headings translate headings, sentences translate sentences.

use super::{Signal, View, write};

/// Whether only one side ends with the mark of a sentence; sentences inside a merged bead that do not (a heading
/// swallowed by its neighbour; the items of a list are none).
pub const SIGNAL: Signal = Signal {
    name: "ending",
    doc: "only one side ends as sentences do; headings inside merged beads",
    features: &["different", "unended-inside"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    if view.alone.is_none() {
        let different = if view.ended.0 == view.ended.1 { 0.0 } else { 1.0 };
        write(features, &[different, view.unended.min(4) as f32]);
    }
}
