//! Chinese characters.

use super::letters::is_alphanumeric;
use unicode_normalization::char::is_combining_mark;

/// Whether `c` is a Han character (Unicode's unified ideographs with their extensions, and 〇).
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{2FA1F}' | '\u{30000}'..='\u{323AF}')
}

/// The share of Han characters among the letters and digits of `text`, 0–1; 0 for a text without any.
///
/// A Chinese news sentence full of product names seldom falls under 0.2; English text is at 0.
pub fn share(text: &str) -> f32 {
    let (mut han, mut all) = (0u32, 0u32);
    for c in text.chars().filter(|&c| is_alphanumeric(c)) {
        let is_han = is_han(c);
        all += u32::from(is_han || c.is_ascii() || !is_combining_mark(c));
        han += u32::from(is_han);
    }
    if all == 0 { 0.0 } else { han as f32 / all as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_letters_and_digits_only() {
        assert_eq!(share("漏洞，已修复。"), 1.0);
        assert_eq!(share("plain English."), 0.0);
        assert_eq!(share("……"), 0.0);
        assert_eq!(share("漏洞ab"), 0.5);
        assert!(is_han('𠮷') && is_han('〇') && !is_han('あ') && !is_han('，'));
    }
}
