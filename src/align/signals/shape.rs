//! Some shapes of beads are commoner than others.

use super::{Signal, View, write};

/// A prior for each shape.
pub const SIGNAL: Signal = Signal {
    name: "shape",
    doc: "a prior for the bead's shape, Chinese sentences first",
    features: &[
        "1-0",
        "0-1",
        "1-1",
        "2-1",
        "1-2",
        "3-1",
        "1-3",
        "many-1",
        "1-many",
        "2-2",
        "many-many",
        "per-sentence",
        "null-surplus",
        "merge-surplus",
    ],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    let (zh, en) = view.shape;
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
        (2, 2) => 9,
        _ => 10,
    };
    if let Some(slot) = features.get_mut(index) {
        *slot = 1.0;
    }
    let surplus = zh as f32 - en as f32;
    let null = zh == 0 || en == 0;
    let more = [
        zh.saturating_sub(4).max(en.saturating_sub(4)) as f32,
        if null { surplus * view.imbalance } else { 0.0 },
        if null { 0.0 } else { surplus * view.imbalance },
    ];
    if let Some(rest) = features.get_mut(11..) {
        write(rest, &more);
    }
}
