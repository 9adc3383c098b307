//! Merging must pay its way.

use super::{Signal, View, write};

/// What the weakest sentence of a merged bead adds to its coverage; without it two good 1–1 beads would be as good
/// as one 2–2 bead.
pub const SIGNAL: Signal = Signal {
    name: "merging",
    doc: "what the least useful sentence of a merged bead adds to its coverage",
    features: &["gain", "loss"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    if view.alone.is_none() && view.shape.0 + view.shape.1 > 2 {
        write(features, &[view.gain.max(0.0), view.gain.min(0.0)]);
    }
}
