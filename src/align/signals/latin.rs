//! Latin words, names and identifiers that stand in both.

use super::{Signal, View, write};

/// Product names, malware families, file names and identifiers are seldom translated; what stands in Latin letters in
/// the Chinese should stand in the English. Names that machine translation mangled count in part.
pub const SIGNAL: Signal = Signal {
    name: "latin",
    doc: "Latin words and identifiers of the Chinese side found, or not found, in the English",
    features: &["found", "strangers"],
    measure,
};

fn measure(view: &View<'_>, features: &mut [f32]) {
    if view.alone.is_none() {
        write(features, &[view.coverage.zh_latin, view.coverage.zh_strangers]);
    }
}
