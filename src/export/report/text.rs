//! Text as the report shows it: numbers, addresses, characters that would not be seen.

use std::fmt::Write;
use url::Url;

/// A number with one decimal, without a sign before nought.
pub fn tenths(number: f64) -> String {
    let text = format!("{number:.1}");
    if text == "-0.0" { "0.0".to_owned() } else { text }
}

/// A whole number, its thousands apart.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// An address that may be followed: of the web, and nothing else.
pub fn address(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

/// A text of which every character is seen: what is invisible, or turns the direction of writing, by its number.
pub fn tidy(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\t' | '\r' => shown.push(' '),
            '\u{0}'..='\u{1f}' => shown.extend(char::from_u32(c as u32 + 0x2400)),
            '\u{7f}'..='\u{9f}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'
            | '\u{ffff}' => {
                // Writing into a string cannot fail.
                let _ = write!(shown, "⟨{:04X}⟩", c as u32);
            }
            c => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_at_a_glance() {
        for (number, expected) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(thousands(number), expected);
        }
        assert_eq!([tenths(99.96), tenths(-0.04), tenths(7.25)], ["100.0", "0.0", "7.2"]);
    }

    #[test]
    fn only_the_web_is_linked_to() {
        assert_eq!(address("https://news.example/a?b=1").as_deref(), Some("https://news.example/a?b=1"));
        for text in [
            "javascript:alert(1)",
            "file:///etc/passwd",
            "data:text/html,x",
            "a-slug",
            "",
            "hxxp://a.example",
        ] {
            assert_eq!(address(text), None, "{text}");
        }
    }

    #[test]
    fn nothing_stays_unseen() {
        assert_eq!(tidy("a\u{200b}b\u{202e}c\u{1}d\ne"), "a⟨200B⟩b⟨202E⟩c␁d e");
        assert_eq!(tidy("“漏洞”　—𪚥"), "“漏洞”　—𪚥");
    }
}
