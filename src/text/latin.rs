//! Latin words, names and identifiers inside any text.

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

/// How alike two words are: Dice's coefficient over their letter pairs, 0–1.
pub fn similarity(a: &str, b: &str) -> f32 {
    let pairs = |w: &str| {
        let chars: Vec<char> = w.chars().collect();
        chars.windows(2).map(|p| (p.first().copied(), p.last().copied())).collect::<Vec<_>>()
    };
    let (a, mut b) = (pairs(a), pairs(b));
    let total = a.len() + b.len();
    if total == 0 {
        return 0.0;
    }
    let shared =
        a.iter().filter(|p| b.iter().position(|q| q == *p).map(|at| b.swap_remove(at)).is_some()).count();
    2.0 * shared as f32 / total as f32
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
        assert!(similarity("quakfoxx", "qakfoxx") > 0.7);
        assert!(similarity("server", "attack") < 0.2);
        assert_eq!(similarity("a", "a"), 0.0);
    }
}
