//! The lexicon as pairing asks for it.

use crate::lexicon::Lexicon;
use crate::text::han;

/// For each Chinese word of a text that the lexicon renders, the English words that may stand for it.
pub fn translations(lexicon: &Lexicon, text: &str) -> Vec<Vec<String>> {
    let words = lexicon.words(text).into_iter().filter(|w| w.chars().all(han::is_han));
    words
        .map(|word| {
            let senses = lexicon.senses(word);
            let good = senses.iter().filter(|sense| sense.weight >= 0.5).flat_map(|sense| &sense.stems);
            good.map(|&stem| lexicon.stem_text(stem).to_owned()).collect::<Vec<_>>()
        })
        .filter(|stems| !stems.is_empty())
        .collect()
}
