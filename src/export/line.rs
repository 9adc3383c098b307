//! Texts for formats that hold one segment a line.

use super::joined;
use crate::model::{Bead, Bitext, Lang, Relation, Sides};

/// A text as one line for any reader: control characters (line breaks, tabs and NUL among them) and Unicode's line and
/// paragraph separators become blanks; blanks and byte order marks at its ends are left out. All else stays, marks that turn
/// the direction of writing included.
pub(super) fn line(text: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let is_margin = |c: char| c.is_whitespace() || c == '\u{feff}';
    text.replace(breaks, " ").trim_matches(is_margin).to_owned()
}

/// A text as one word: what stands between blanks is joined by `_`.
pub(super) fn word(text: &str) -> String {
    let is_blank = |c: char| c.is_whitespace() || c.is_control();
    text.split(is_blank).filter(|part| !part.is_empty()).collect::<Vec<_>>().join("_")
}

/// A bead that translates, each side as one line.
pub(super) struct Pair<'b> {
    /// The bead's number in its article pair.
    pub number: usize,
    /// The bead.
    pub bead: &'b Bead,
    /// Both texts; neither is empty.
    pub texts: Sides<String>,
}

/// The beads that translate, moved ones among them, in Chinese order. A bead of which a side is nothing but blanks is passed
/// over: most readers take no empty line.
pub(super) fn pairs(bitext: &Bitext) -> impl Iterator<Item = Pair<'_>> {
    lines(bitext).filter(Pair::is_whole)
}

/// How many such beads are passed over.
pub(super) fn blank(bitext: &Bitext) -> usize {
    lines(bitext).filter(|pair| !pair.is_whole()).count()
}

fn lines(bitext: &Bitext) -> impl Iterator<Item = Pair<'_>> {
    let beads = bitext.alignment.beads().iter().enumerate();
    let translated =
        beads.filter(|(_, bead)| matches!(bead.relation, Relation::Translation | Relation::Moved));
    translated.map(|(number, bead)| {
        let texts = Sides::new(Lang::Zh, Lang::En).map(|lang| line(&joined(bitext, bead, lang)));
        Pair { number, bead, texts }
    })
}

impl Pair<'_> {
    fn is_whole(&self) -> bool {
        !self.texts.zh.is_empty() && !self.texts.en.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_nothing_that_ends_a_line() {
        for (text, expected) in [
            ("a\tb\r\nc", "a b  c"),
            ("\u{0}\u{b}\u{1c}x\u{85}\u{2028}", "x"),
            ("\u{feff}𠮷\u{202e}家\u{3000}", "𠮷\u{202e}家"),
            (" \u{2029}\u{1}", ""),
        ] {
            assert_eq!(line(text), expected, "{text:?}");
        }
    }

    #[test]
    fn a_word_holds_no_blank() {
        assert_eq!(word(" zh/a b.md\u{3000}+\u{0}\u{1d}en "), "zh/a_b.md_+_en");
        assert_eq!(word("\t"), "");
    }
}
