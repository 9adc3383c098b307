//! The `key: value` lines at the head of a saved page.

use std::collections::BTreeMap;

/// How many lines front matter may have; more is a page that starts with a rule.
const MAX_LINES: usize = 200;

/// Reads front matter, and tells where the page proper starts.
///
/// Read line by line and not as YAML: saved titles hold colons without quotes, which YAML forbids. Keys come
/// in lower case; a value may stand in quotes; the first of two equal keys holds. Without a closing fence, or
/// with a first line that is no `key: value`, there is no front matter, and the page starts at 0.
pub(super) fn read(text: &str) -> (BTreeMap<String, String>, usize) {
    let none = (BTreeMap::new(), 0);
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next() else { return none };
    if first.trim_end() != "---" {
        return none;
    }
    let mut fields = BTreeMap::new();
    let mut at = first.len();
    for line in lines.take(MAX_LINES) {
        at += line.len();
        let line = line.trim_end();
        if line == "---" || line == "..." {
            return if fields.is_empty() { none } else { (fields, at) };
        }
        match field(line) {
            Some((key, value)) => {
                fields.entry(key).or_insert(value);
            }
            None if fields.is_empty() && !line.is_empty() && !line.starts_with('#') => return none,
            None => {}
        }
    }
    none
}

fn field(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let is_key = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ');
    if key.is_empty() || key.len() > 64 || key.starts_with([' ', '-']) || !key.chars().all(is_key) {
        return None;
    }
    Some((key.trim_end().to_lowercase(), unquote(value.trim())))
}

fn unquote(value: &str) -> String {
    let inner = |quote: char| value.strip_prefix(quote)?.strip_suffix(quote);
    if let Some(inner) = inner('"') {
        inner.replace("\\\"", "\"").replace("\\\\", "\\")
    } else if let Some(inner) = inner('\'') {
        inner.replace("''", "'")
    } else {
        value.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_what_yaml_would_reject() {
        let text = "---\r\nTitle: FBI: 攻击者冒充\r\nurl: https://example.com/a\r\nquoted: \"a \\\"b\\\"\"\r\n---\r\n# x";
        let (fields, start) = read(text);
        assert_eq!(fields["title"], "FBI: 攻击者冒充");
        assert_eq!(fields["url"], "https://example.com/a");
        assert_eq!(fields["quoted"], "a \"b\"");
        assert_eq!(&text[start..], "# x");
    }

    #[test]
    fn lists_and_comments_in_it_do_no_harm() {
        let text = "---\n# note\ntags:\n  - a\n- b\ntitle: 'it''s'\n...\nbody";
        let (fields, start) = read(text);
        assert_eq!(fields["title"], "it's");
        assert_eq!(&text[start..], "body");
    }

    #[test]
    fn a_page_that_starts_with_a_rule_has_none() {
        assert_eq!(read("---\nSome words.\n---\nmore"), (BTreeMap::new(), 0));
        assert_eq!(read("---\ntitle: never closed\n"), (BTreeMap::new(), 0));
        assert_eq!(read("---\n---\n"), (BTreeMap::new(), 0));
        assert_eq!(read(""), (BTreeMap::new(), 0));
    }

    proptest! {
        #[test]
        fn starts_on_a_character_boundary(text in "(---\n)?(\\PC{0,9}:? ?\\PC{0,9}\n){0,5}(---)?\\PC{0,9}") {
            let (_, start) = read(&text);
            prop_assert!(text.is_char_boundary(start));
        }
    }
}
