//! A translation keeps to its paragraph.

use super::{Signal, View, write};

/// How many paragraph breaks a bead reaches over, and whether a paragraph begins with it on both sides or on one only;
/// nothing if a text came without paragraphs. List items are paragraphs of their own and are not counted as reached over.
pub const SIGNAL: Signal = Signal {
    name: "paragraph",
    doc: "paragraph breaks inside the bead; paragraphs that begin with it on both sides, or on one",
    features: &["inside", "both-open", "one-opens"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    let (None, Some((zh, en))) = (view.alone, view.opens) else { return };
    let breaks = view.openings.saturating_sub(view.list_items);
    let one = |yes: bool| if yes { 1.0 } else { 0.0 };
    write(features, &[breaks.min(4) as f32, one(zh && en), one(zh != en)]);
}
