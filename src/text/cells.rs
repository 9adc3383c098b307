//! Sentences in cells of the reviewers' sheet: what is shown of them, what is read back, and marks that tell an edit.
//!
//! A cell holds a sentence a line. Control characters, line breaks within a sentence and the two characters that XML cannot
//! hold besides are shown as blanks; so what comes back of a sentence is compared with what was shown of it, and a sentence
//! that nobody edited stays as it was.

use super::hex;
use sha2::{Digest, Sha256};

/// UTF-16 units that Excel takes in a cell.
const LONGEST: usize = 32_767;

/// Lines that Excel takes in a cell.
const MOST_LINES: usize = 253;

/// What stands behind a text that was cut.
const CUT: &str = "\n…";

/// What a cell shows of some sentences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// The cell's text.
    pub text: String,
    /// Whether all of it found room; if not, the text ends in an ellipsis, and an edit of it means nothing.
    pub is_whole: bool,
}

/// A sentence as it is shown, one line.
pub fn line(sentence: &str) -> String {
    let hidden = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}');
    let is_margin = |c: char| c.is_whitespace() || c == '\u{feff}';
    sentence.replace(hidden, " ").trim_matches(is_margin).to_owned()
}

/// Sentences as they are shown, one a line; those that are nothing but blanks have none.
pub fn shown(sentences: &[String]) -> Shown {
    let lines: Vec<String> = sentences.iter().map(|s| line(s)).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).filter(|line| !line.is_empty()).collect();
    let text = lines.join("\n");
    let units = |text: &str| text.chars().map(char::len_utf16).sum::<usize>();
    if lines.len() <= MOST_LINES && units(&text) <= LONGEST {
        return Shown { text, is_whole: true };
    }
    let lines = lines.get(..MOST_LINES - 1).unwrap_or(&lines).join("\n");
    let mut room = LONGEST - units(CUT);
    let fits = |c: &char| {
        let rest = room.checked_sub(c.len_utf16());
        room = rest.unwrap_or_default();
        rest.is_some()
    };
    let text = lines.chars().take_while(fits).collect::<String>() + CUT;
    Shown { text, is_whole: false }
}

/// A name as its cell shows it.
pub fn name(name: &str) -> String {
    shown(&[name.to_owned()]).text
}

/// The sentences that a cell holds, whatever program ended its lines.
pub fn lines(cell: &str) -> Vec<String> {
    let breaks = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];
    cell.split(breaks).map(line).filter(|line| !line.is_empty()).collect()
}

/// A mark of a cell, by which an edit is told: margins and blank lines do not count.
pub fn mark(cell: &str) -> String {
    digest(&lines(cell))
}

/// A mark of a bead, by which is told whether it is still what a sheet was made from.
pub fn bead_mark(zh: &[String], en: &[String]) -> String {
    digest(&[digest(zh), digest(en)])
}

/// The first 12 digits of a SHA-256 of these texts.
fn digest(texts: &[String]) -> String {
    let mut hasher = Sha256::new();
    for text in texts {
        // With their lengths, so that no two lists look the same.
        hasher.update((text.len() as u64).to_le_bytes());
        hasher.update(text);
    }
    hex::digits(hasher.finalize().get(..6).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn owned(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|t| (*t).to_owned()).collect()
    }

    #[test]
    fn what_a_cell_cannot_hold_is_a_blank() {
        let Shown { text, is_whole } = shown(&owned(&["a\tb\u{1}\r\nc", "\u{0}", "𠮷\u{202e}。"]));
        assert_eq!((text.as_str(), is_whole), ("a b   c\n𠮷\u{202e}。", true));
        assert_eq!(lines(" a \r\n\r\n b\u{2028}c\n"), ["a", "b", "c"]);
    }

    #[test]
    fn a_long_text_is_cut_and_says_so() {
        let units = |text: &str| text.encode_utf16().count();
        assert!(shown(&["𠮷".repeat(LONGEST / 2)]).is_whole);
        let cut = shown(&["𠮷".repeat(LONGEST)]);
        assert!(!cut.is_whole && cut.text.ends_with(CUT) && units(&cut.text) <= LONGEST);
        assert!(shown(&vec!["a".to_owned(); MOST_LINES]).is_whole);
        let cut = shown(&vec!["a".to_owned(); MOST_LINES + 1]);
        assert_eq!((cut.is_whole, cut.text.lines().count()), (false, MOST_LINES));
    }

    #[test]
    fn marks_tell_edits_and_nothing_else() {
        assert_eq!(mark("a\nb"), mark(" a\r\n\n b "));
        assert_ne!(mark("a\nb"), mark("ab"));
        assert_ne!(bead_mark(&owned(&["a"]), &[]), bead_mark(&[], &owned(&["a"])));
        assert_eq!(mark("a").len(), 12);
    }

    proptest! {
        #[test]
        fn what_is_shown_is_read_back(sentences in prop::collection::vec(any::<String>(), 0..5)) {
            let expected: Vec<String> = sentences.iter().map(|s| line(s)).filter(|l| !l.is_empty()).collect();
            prop_assert_eq!(lines(&shown(&sentences).text), expected);
        }
    }
}
