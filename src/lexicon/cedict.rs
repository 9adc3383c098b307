//! General vocabulary: CC-CEDICT (<https://cc-cedict.org>, CC BY-SA 4.0), as the crate `haoxue-dict` carries it.

use super::Sense;

/// Names the edition, for signatures.
#[cfg(feature = "cedict")]
pub const VERSION: &str = "cedict-2024-06-07";
/// Names the edition, for signatures.
#[cfg(not(feature = "cedict"))]
pub const VERSION: &str = "no-cedict";

/// Loads the dictionary now rather than at the first look-up.
pub fn load() {
    #[cfg(feature = "cedict")]
    std::sync::LazyLock::force(&DICTIONARY);
}

#[cfg(feature = "cedict")]
static DICTIONARY: std::sync::LazyLock<&haoxue_dict::Dictionary> =
    std::sync::LazyLock::new(|| &haoxue_dict::DICTIONARY);

/// Whether the dictionary has the word.
#[cfg(feature = "cedict")]
pub fn knows(word: &str) -> bool {
    DICTIONARY.get_entry(word).is_some()
}

/// Appends the word's senses.
#[cfg(feature = "cedict")]
pub fn senses(word: &str, into: &mut Vec<Sense>) {
    let entries = DICTIONARY.lookup_entries(word).filter(|e| e.simplified() == word);
    for gloss in entries.flat_map(|e| e.definitions()).filter(|g| !is_note(g)) {
        for phrase in without_brackets(gloss).split([';', ',', '/']) {
            into.extend(Sense::of(phrase));
        }
    }
}

/// Glosses about the word rather than of it.
#[cfg(feature = "cedict")]
fn is_note(gloss: &str) -> bool {
    ["CL:", "variant of", "old variant", "see ", "see also", "surname ", "used in", "also written", "erhua"]
        .iter()
        .any(|start| gloss.starts_with(start))
}

/// Drops `(…)` and `[…]`: usage notes and readings.
#[cfg(feature = "cedict")]
fn without_brackets(gloss: &str) -> String {
    let mut depth = 0usize;
    let keep = |c: char| match c {
        '(' | '[' => {
            depth += 1;
            false
        }
        ')' | ']' => {
            depth = depth.saturating_sub(1);
            false
        }
        _ => depth == 0,
    };
    gloss
        .chars()
        .filter({
            let mut keep = keep;
            move |&c| keep(c)
        })
        .collect()
}

/// Without the feature no word is known.
#[cfg(not(feature = "cedict"))]
pub fn knows(_word: &str) -> bool {
    false
}

/// Without the feature there is nothing to append.
#[cfg(not(feature = "cedict"))]
pub fn senses(_word: &str, _into: &mut Vec<Sense>) {}

#[cfg(all(test, feature = "cedict"))]
mod tests {
    use super::*;

    #[test]
    fn glosses_become_senses_without_notes() {
        let mut senses = Vec::new();
        super::senses("服务器", &mut senses);
        assert!(senses.contains(&Sense::of("server").unwrap()), "{senses:?}");
        assert_eq!(without_brackets("(computing) server [x]"), " server ");
    }
}
