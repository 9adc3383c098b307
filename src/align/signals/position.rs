//! Translations keep the order, roughly.

use super::{Signal, View, write};

/// How far apart the two sides stand in their documents, and whether both are the first (the titles).
pub const SIGNAL: Signal = Signal {
    name: "position",
    doc: "distance of the two sides' places in their documents; both first",
    features: &["distance", "both-first"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    if view.alone.is_none() {
        let first = if view.first { 1.0 } else { 0.0 };
        write(features, &[(view.place.0 - view.place.1).abs(), first]);
    }
}
