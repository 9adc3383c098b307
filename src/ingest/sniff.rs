//! What a file is: by its ending, and by how it starts.

use crate::model::Media;

/// The endings that are read.
pub(super) const EXTENSIONS: [&str; 8] = ["html", "htm", "md", "markdown", "txt", "jsonl", "warc", "warc.gz"];

/// The ending of a file's name in lower case, without the dot; empty if it has none. A packed archive has two.
pub(super) fn extension(name: &str) -> String {
    let base = name.rsplit('/').next().unwrap_or(name);
    if is_warc(name) && base.to_ascii_lowercase().ends_with(".gz") {
        return "warc.gz".to_owned();
    }
    base.rsplit_once('.').map_or_else(String::new, |(_, ending)| ending.to_ascii_lowercase())
}

/// Whether a file is a web archive, packed or not.
pub(super) fn is_warc(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.ends_with(".warc") || name.ends_with(".warc.gz")
}

/// What a page is written in. HTML saved under another ending is still HTML; what has no known ending
/// (standard input) is taken for Markdown, of which plain text is a special case.
pub(super) fn media(name: &str, text: &str) -> Media {
    match extension(name).as_str() {
        "html" | "htm" => Media::Html,
        _ if starts_as_html(text) => Media::Html,
        "txt" => Media::PlainText,
        _ => Media::Markdown,
    }
}

/// Whether a text opens with a document type or an `<html>` tag, comments before it left aside.
pub(super) fn starts_as_html(text: &str) -> bool {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
    while let Some(comment) = rest.strip_prefix("<!--").or_else(|| rest.strip_prefix("<?xml")) {
        match comment.split_once('>') {
            Some((_, behind)) => rest = behind.trim_start(),
            None => return false,
        }
    }
    ["<!doctype html", "<html", "<head"]
        .iter()
        .any(|tag| rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_known_by_one_ending_or_two() {
        for (name, is_one) in [("a.warc", true), ("b/A.WARC.GZ", true), ("a.gz", false), ("warc", false)] {
            assert_eq!(is_warc(name), is_one, "{name}");
        }
        assert_eq!((extension("a.warc.gz"), extension("a.gz")), ("warc.gz".to_owned(), "gz".to_owned()));
    }

    #[test]
    fn html_under_another_ending_is_html() {
        assert_eq!(media("a/b.HTM", ""), Media::Html);
        assert_eq!(media("a.md", "\n<!-- saved -->\n<!DOCTYPE html><p>"), Media::Html);
        assert_eq!(media("a.txt", "<HTML>"), Media::Html);
        assert_eq!(media("a.txt", "htmlish"), Media::PlainText);
        assert_eq!(media("-", "# 标题"), Media::Markdown);
        assert_eq!(extension("a.b/c"), "");
        assert!(!starts_as_html("<!--"));
    }
}
