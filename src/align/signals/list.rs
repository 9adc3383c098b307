//! One sentence that names several things, told as a list.

use super::{Signal, View, write};

/// "Police from Germany, Poland and Brazil" becomes an introduction and three items, or the other way round: against one
/// sentence, all sentences but perhaps the first are list items.
pub const SIGNAL: Signal = Signal {
    name: "list",
    doc: "one sentence against an introduction and list items",
    features: &["expansion", "items"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    if view.list_items > 1 {
        write(features, &[1.0, view.list_items as f32]);
    }
}
