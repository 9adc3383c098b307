//! Long sentences translate long ones.

use super::{Signal, View, write};

/// The logarithm of the ratio of both sides' lengths to the documents' own ratio (Gale and Church 1993, with letters
/// for bytes and the documents' mean for a constant); absolute and squared, cut at 2.
pub const SIGNAL: Signal = Signal {
    name: "length",
    doc: "how far the lengths' ratio is from the documents' own",
    features: &["deviation", "deviation-squared", "surprise"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    if view.alone.is_none() {
        let (zh, en) = view.length;
        let deviation =
            ((en + 5.0) / ((zh + 5.0 / view.length_ratio) * view.length_ratio)).ln().abs().min(2.0);
        let expected = (zh * view.length_ratio).max(1.0);
        let surprise = (en - expected).abs() / (expected + en).sqrt();
        write(features, &[deviation, deviation * deviation, surprise.min(8.0)]);
    }
}
