//! Keys for comparing texts: never stored, never shown.

use unicode_normalization::UnicodeNormalization;

/// `text` in NFKC and lower case with letters and digits only: what is left when layout, width and
/// punctuation do not count.
pub fn alphanumeric(text: &str) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_case_and_punctuation_do_not_count() {
        assert_eq!(alphanumeric("ＣＶＥ－２０２５ “漏洞”。"), "cve2025漏洞");
    }
}
