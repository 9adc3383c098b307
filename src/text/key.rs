//! Keys for comparing texts: never stored, never shown.

use super::letters;
use unicode_normalization::UnicodeNormalization;

/// `text` in NFKC and lower case with letters and digits only: what is left when layout, width and
/// punctuation do not count.
pub fn alphanumeric(text: &str) -> String {
    if text.chars().all(is_plain) {
        let kept = text.chars().filter(|&c| letters::is_alphanumeric(c));
        return kept.map(|c| c.to_ascii_lowercase()).collect();
    }
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

/// Characters that normalisation leaves as they are or makes punctuation of, wherever they stand: nearly all of most
/// sentences.
fn is_plain(c: char) -> bool {
    matches!(c, '\0'..='\u{7F}' | '\u{4E00}'..='\u{9FFF}' | '\u{3001}' | '\u{3002}' | '\u{FF01}'..='\u{FF0F}')
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn width_case_and_punctuation_do_not_count() {
        assert_eq!(alphanumeric("ＣＶＥ－２０２５ “漏洞”。"), "cve2025漏洞");
    }

    proptest! {
        #[test]
        fn the_short_way_leads_to_the_same_place(text in "[a-cX-Z0-2 一-丂。，：（“”…—é\u{301}ｃ㈠]{0,12}") {
            let long: String = text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect();
            prop_assert_eq!(alphanumeric(&text), long);
        }
    }
}
