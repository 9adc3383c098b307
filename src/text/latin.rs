//! Latin words, names and identifiers inside any text.

use std::cmp::Ordering;

/// Runs of Latin letters and digits: `CVE-2031-4041` gives `CVE`, `2031`, `4041`.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !is_latin(c)).filter(|w| !w.is_empty())
}

/// As [`words`], each with the byte at which it begins.
pub fn words_at(text: &str) -> impl Iterator<Item = (usize, &str)> {
    words(text).map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
}

/// Letters of the Latin script and digits.
fn is_latin(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '\u{C0}'..='\u{24F}' if c != '×' && c != '÷')
}

/// The pairs of neighbouring letters of a word, in order of the alphabet.
pub fn pairs(word: &str) -> Vec<(char, char)> {
    let mut pairs: Vec<(char, char)> = word.chars().zip(word.chars().skip(1)).collect();
    pairs.sort_unstable();
    pairs
}

/// How alike two words are, given their [`pairs`]: Dice's coefficient, 0–1; 0 for words of one letter.
pub fn similarity(a: &[(char, char)], b: &[(char, char)]) -> f32 {
    let total = a.len() + b.len();
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut shared = 0u32;
    while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
        match x.cmp(y) {
            Ordering::Less => _ = a.next(),
            Ordering::Greater => _ = b.next(),
            Ordering::Equal => {
                shared += 1;
                _ = (a.next(), b.next());
            }
        }
    }
    if total == 0 { 0.0 } else { 2.0 * shared as f32 / total as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_words_between_han_and_marks() {
        assert_eq!(
            words("黑客用QakFox（v2.1）攻击Zürich").collect::<Vec<_>>(),
            ["QakFox", "v2", "1", "Zürich"]
        );
    }

    #[test]
    fn knows_where_words_begin() {
        assert_eq!(words_at("用 Qak—v2").collect::<Vec<_>>(), [(4, "Qak"), (10, "v2")]);
    }

    #[test]
    fn mangled_names_stay_alike() {
        let alike = |a, b| similarity(&pairs(a), &pairs(b));
        assert!(alike("quakfoxx", "qakfoxx") > 0.7);
        assert!(alike("server", "attack") < 0.2);
        assert_eq!(alike("banana", "banana"), 1.0);
        assert_eq!(alike("a", "a"), 0.0);
    }
}
