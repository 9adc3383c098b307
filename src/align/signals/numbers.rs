//! Numbers, dates and amounts by value.

use super::{Signal, View, write};

/// 2.5亿 and 250 million are the same; a figure that stands on one side only speaks against the bead. At most
/// five of a kind are counted, so that digits never outweigh all words.
pub const SIGNAL: Signal = Signal {
    name: "numbers",
    doc: "numbers, dates and amounts that agree by value, or stand on one side only",
    features: &["agreeing", "zh-only", "en-only"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    if view.alone.is_none() {
        let c = view.coverage;
        write(features, &[c.agreeing.min(5.0), c.zh_only.min(5.0), c.en_only.min(5.0)]);
    }
}
