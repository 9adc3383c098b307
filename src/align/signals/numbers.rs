//! Numbers, dates and amounts by value.

use super::{Signal, View, write};

/// 2.5亿 and 250 million are the same; a figure that stands on one side only speaks against the bead. Their square
/// roots count: a date is three quantities, and digits are not to outweigh all words.
pub const SIGNAL: Signal = Signal {
    name: "numbers",
    doc: "numbers, dates and amounts that agree by value, or stand on one side only",
    features: &["agreeing", "zh-only", "en-only"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    if view.alone.is_none() {
        let c = view.coverage;
        write(features, &[c.agreeing, c.zh_only, c.en_only].map(f32::sqrt));
    }
}
