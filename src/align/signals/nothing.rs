//! Leaving a sentence alone.

use super::{Signal, View, write};

/// What speaks for and against a null bead: how much would be left out, whether anything matches the sentence, whether
/// it is a picture's credit, has no word at all, or does not end as sentences do.
pub const SIGNAL: Signal = Signal {
    name: "nothing",
    doc: "what leaving a sentence alone loses",
    features: &[
        "zh-mass",
        "en-mass",
        "zh-elsewhere",
        "en-elsewhere",
        "credit",
        "wordless",
        "unended",
        "zh-relative",
        "en-relative",
    ],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    let Some(sentence) = view.alone else { return };
    let (mut zh, mut en) = ([0.0; 2], [0.0; 2]);
    if view.shape.0 == 1 {
        zh = [view.coverage.zh_total.min(3.0), view.elsewhere];
    } else {
        en = [view.coverage.en_total.min(3.0), view.elsewhere];
    }
    let flag = |b: bool| if b { 1.0 } else { 0.0 };
    write(
        features,
        &[
            zh[0],
            en[0],
            zh[1],
            en[1],
            flag(sentence.credit),
            flag(sentence.length < 1.0),
            flag(!sentence.ended),
            zh[1] / view.typical,
            en[1] / view.typical,
        ],
    );
}
