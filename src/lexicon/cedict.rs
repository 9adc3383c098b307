//! General vocabulary: CC-CEDICT (<https://cc-cedict.org>, CC BY-SA 4.0), as the crate `haoxue-dict` carries it.

/// Names the edition, for signatures.
#[cfg(feature = "cedict")]
pub const VERSION: &str = "cedict-2024-06-07";
/// Names the edition, for signatures.
#[cfg(not(feature = "cedict"))]
pub const VERSION: &str = "no-cedict";

#[cfg(feature = "cedict")]
static DICTIONARY: std::sync::LazyLock<&haoxue_dict::Dictionary> =
    std::sync::LazyLock::new(|| &haoxue_dict::DICTIONARY);

/// Whether the dictionary has the word.
#[cfg(feature = "cedict")]
pub fn knows(word: &str) -> bool {
    DICTIONARY.get_entry(word).is_some()
}

/// What a gloss of a general dictionary is worth beside a glossary's rendering.
pub const WEIGHT: f32 = 0.6;

/// Hands over the word's glosses, one rendering each.
#[cfg(feature = "cedict")]
pub fn senses(word: &str, mut take: impl FnMut(&str)) {
    let entries = DICTIONARY.lookup_entries(word).filter(|e| e.simplified() == word);
    for gloss in entries.flat_map(|e| e.definitions()).filter(|g| !is_note(g)) {
        without_brackets(gloss).split([';', ',', '/']).for_each(&mut take);
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

/// Without the feature there is nothing to hand over.
#[cfg(not(feature = "cedict"))]
pub fn senses(_word: &str, _take: impl FnMut(&str)) {}

#[cfg(all(test, feature = "cedict"))]
mod tests {
    use super::*;

    #[test]
    fn glosses_become_senses_without_notes() {
        let mut senses = Vec::new();
        super::senses("服务器", |gloss| senses.push(gloss.trim().to_owned()));
        assert!(senses.contains(&"server".to_owned()), "{senses:?}");
        assert_eq!(without_brackets("(computing) server [x]"), " server ");
    }
}
