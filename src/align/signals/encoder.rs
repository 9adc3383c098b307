//! Sentences that mean the same lie close together.

use super::{Signal, View, write};

/// The cosine of both sides' vectors, with hinges; what sets it apart from the sentences' nearest neighbours (the margin of
/// Artetxe and Schwenk 2019, with differences for ratios); what merging gains or loses; for a sentence left alone, how
/// close the closest comes. All 0 without an encoder.
pub const SIGNAL: Signal = Signal {
    name: "encoder",
    doc: "how close both sides lie in a sentence encoder's space; nothing with the lexicon engine",
    features: &["cosine", "above-40", "above-60", "margin", "gain", "loss", "zh-best", "en-best"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    let m = view.meaning;
    let (zh, en) = view.shape;
    let above = |least: f32| (m.cosine - least).max(0.0);
    let best = |alone: bool| if alone { m.best } else { 0.0 };
    write(
        features,
        &[
            m.cosine,
            above(0.4),
            above(0.6),
            m.margin,
            m.gain.max(0.0),
            m.gain.min(0.0),
            best(en == 0),
            best(zh == 0),
        ],
    );
}
