//! Texts for XML 1.0.

use quick_xml::escape::escape;
use std::borrow::Cow;

/// Whether XML 1.0 can hold the character; it cannot hold most control characters, U+FFFE and U+FFFF.
pub(super) fn is_legal(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}')
}

/// A text as an element's content: escaped, a carriage return as a reference, characters that XML cannot hold left out.
pub(super) fn text(text: &str) -> Cow<'_, str> {
    let escaped = escape(text);
    if escaped.chars().all(|c| c != '\r' && is_legal(c)) {
        return escaped;
    }
    Cow::Owned(escaped.replace('\r', "&#13;").chars().filter(|&c| is_legal(c)).collect())
}

/// A text as an attribute's value: as [`text`], tabs and line breaks as references, since a reader makes blanks of them.
pub(super) fn attribute(value: &str) -> Cow<'_, str> {
    let content = text(value);
    if content.contains(['\t', '\n']) {
        return Cow::Owned(content.replace('\t', "&#9;").replace('\n', "&#10;"));
    }
    content
}

/// A text as a name token (`NMTOKEN`), different texts as different ones: a byte that is no ASCII letter, digit, `.` or `-`
/// becomes `_` and two hexadecimal digits.
pub(super) fn token(text: &str) -> String {
    if text.is_empty() {
        return "_".to_owned();
    }
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    text.bytes().map(|b| if plain(b) { char::from(b).to_string() } else { format!("_{b:02x}") }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_ends_the_element_or_the_attribute() {
        assert_eq!(text("a<b>&]]>\r\n\u{0}\u{fffe}\"'𠮷"), "a&lt;b&gt;&amp;]]&gt;&#13;\n&quot;&apos;𠮷");
        assert_eq!(attribute("a\"\t\n\r\u{1}b"), "a&quot;&#9;&#10;&#13;b");
        assert_eq!(text("plain"), "plain");
    }

    #[test]
    fn tokens_tell_texts_apart() {
        let texts = ["", "_", "a b", "a_b", "a_20b", "a/b", "文", "A.b-1"];
        let tokens: std::collections::BTreeSet<String> = texts.iter().map(|t| token(t)).collect();
        assert_eq!(tokens.len(), texts.len());
        assert_eq!((token("zh/a b").as_str(), token("文").as_str()), ("zh_2fa_20b", "_e6_96_87"));
    }
}
