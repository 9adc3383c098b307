//! Some shapes of beads are commoner than others.

use super::{Signal, View};

/// A prior for each shape.
pub const SIGNAL: Signal = Signal {
    name: "shape",
    doc: "a prior for the bead's shape, Chinese sentences first",
    features: &["1-0", "0-1", "1-1", "2-1", "1-2", "3-1", "1-3", "many-1", "1-many", "2-2", "per-sentence"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    let index = match view.shape {
        (1, 0) => 0,
        (0, 1) => 1,
        (1, 1) => 2,
        (2, 1) => 3,
        (1, 2) => 4,
        (3, 1) => 5,
        (1, 3) => 6,
        (_, 1) => 7,
        (1, _) => 8,
        _ => 9,
    };
    if let Some(slot) = features.get_mut(index) {
        *slot = 1.0;
    }
    if let Some(slot) = features.get_mut(10) {
        *slot = (view.shape.0 + view.shape.1).saturating_sub(4) as f32;
    }
}
