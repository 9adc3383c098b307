//! Words that translate each other.

use super::{Signal, View, write};

/// Coverage through the lexicon, as masses (a long sentence that is found says more than a short one) and as shares
/// with two hinges, since half a sentence found is far better than a quarter, but three quarters little better.
pub const SIGNAL: Signal = Signal {
    name: "lexicon",
    doc: "how much of either side the lexicon finds on the other",
    features: &[
        "zh-found",
        "en-found",
        "missed",
        "share",
        "share-above-25",
        "share-above-45",
        "zh-share",
        "contrast",
        "relative",
        "relative-above-1",
    ],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    if view.alone.is_some() {
        return;
    }
    let c = view.coverage;
    let missed = (c.zh_total - c.zh_found()) + (c.en_total - c.en_found);
    let dice = c.dice();
    write(
        features,
        &[
            c.zh_words,
            c.en_found,
            missed,
            dice,
            (dice - 0.25).max(0.0),
            (dice - 0.45).max(0.0),
            c.zh_share().min(c.en_share()),
            view.contrast,
            (dice / view.typical).min(2.0),
            (dice / view.typical - 1.0).clamp(0.0, 1.0),
        ],
    );
}
