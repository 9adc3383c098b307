//! What becomes of a text in a format.

use super::line::{blank, line};
use super::{cell, xml};
use crate::model::{Bitext, Lang};
use crate::text::cells;
use std::borrow::Cow;

/// What a format can hold, so that a text that does not come out of it as it went in is told, and not changed in silence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeps {
    /// Every character.
    All,
    /// All but NUL, which is left out.
    AllButNul,
    /// What XML 1.0 can hold; most control characters, U+FFFE and U+FFFF are left out.
    Xml,
    /// What can stand in a cell: control characters and line separators become blanks.
    Cell,
    /// What can stand in a line of plain text: control characters and line separators become blanks, blanks and byte order
    /// marks at the ends are left out.
    Line,
    /// What a cell of a spreadsheet shows of a sentence: as a line, and no more than Excel takes.
    SheetCell,
    /// No sentences at all: numbers, or what is said about sentences.
    Nothing,
}

impl Keeps {
    /// How a text comes out of the format.
    pub fn text(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Cell => cell(text),
            Self::Line => Cow::Owned(line(text)),
            Self::SheetCell => Cow::Owned(cells::name(text)),
            Self::AllButNul if text.contains('\0') => Cow::Owned(text.replace('\0', "")),
            Self::Xml if !text.chars().all(xml::is_legal) => {
                Cow::Owned(text.chars().filter(|&c| xml::is_legal(c)).collect())
            }
            Self::All | Self::AllButNul | Self::Xml | Self::Nothing => Cow::Borrowed(text),
        }
    }

    /// What becomes of the characters that it cannot hold, in a few words.
    pub fn doc(self) -> &'static str {
        match self {
            Self::All | Self::Nothing => "nothing is changed",
            Self::AllButNul => "NUL is left out",
            Self::Xml => "characters that XML cannot hold are left out",
            Self::Cell => "control characters and line breaks become blanks",
            Self::SheetCell => {
                "control characters and line breaks show as blanks, blanks at the ends and beyond 32,767 characters nothing"
            }
            Self::Line => "control characters and line breaks become blanks, blanks at the ends are left out",
        }
    }

    /// How many beads that translate are left out, because a line cannot hold one of their sides: there is nothing but blanks
    /// in it.
    pub fn passed_over(self, bitext: &Bitext) -> usize {
        if self == Self::Line { blank(bitext) } else { 0 }
    }

    /// In how many sentences something is changed.
    pub fn changed(self, bitext: &Bitext) -> usize {
        let count = |lang: Lang| {
            let document = bitext.pair.documents.get(lang);
            let sentences = (0..document.sentences.len()).map(|index| document.sentence(index));
            sentences.filter(|sentence| self.text(sentence) != *sentence).count()
        };
        count(Lang::Zh) + count(Lang::En)
    }
}
