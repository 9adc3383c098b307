//! Letters and digits of any script.

/// As [`char::is_alphanumeric`], which searches its tables for what saved pages are made of: Han and the marks
/// between.
pub fn is_alphanumeric(c: char) -> bool {
    match c {
        '\0'..='\u{7F}' => c.is_ascii_alphanumeric(),
        '\u{4E00}'..='\u{9FFF}' => true,
        '\u{2000}'..='\u{206F}'
        | '\u{3000}'..='\u{3004}'
        | '\u{3008}'..='\u{3020}'
        | '\u{FF01}'..='\u{FF0F}' => false,
        _ => c.is_alphanumeric(),
    }
}

/// How many letters and digits `text` has.
pub fn count(text: &str) -> usize {
    text.chars().filter(|&c| is_alphanumeric(c)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_what_the_standard_library_says() {
        assert!(('\0'..=char::MAX).all(|c| is_alphanumeric(c) == c.is_alphanumeric()));
        assert_eq!(count("漏洞，CVE-1。"), 6);
    }
}
