//! TMX: translation units with a Chinese and an English variant.

use super::xml::{self, Piece};
use super::{Reader, rows, text};
use crate::error::{Error, Result};
use crate::model::{Bitext, Sides};
use quick_xml::events::BytesStart;

/// TMX 1.1 to 1.4b.
pub const READER: Reader = Reader {
    name: "tmx",
    extensions: &["tmx", "xml"],
    doc: "TMX: every unit with a Chinese and an English variant; markup inside segments is left out",
    read,
};

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Bitext>> {
    let mut units = Units::default();
    xml::walk(text(bytes)?, |piece| {
        match piece {
            Piece::Open(tag) => units.open(tag),
            Piece::Close(name) => units.close(name),
            Piece::Text(text) => units.text(text),
        }
        Ok(())
    })?;
    if units.rows.is_empty() {
        return Err(Error::input("has no unit with a Chinese and an English variant")
            .remedy("a <tuv> says its language in xml:lang"));
    }
    Ok(vec![rows::bitext(name, &units.rows)?])
}

/// What was read so far.
#[derive(Default)]
struct Units {
    rows: Vec<Sides<String>>,
    unit: Sides<String>,
    lang: Option<char>,
    in_segment: bool,
    /// Depth of markup inside a segment, whose text is no text.
    markup: u32,
}

impl Units {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "tu" => self.unit = Sides::default(),
            "tuv" => {
                let lang = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == "lang");
                let lang = lang.and_then(|a| a.value.chars().next().map(|c| c.to_ascii_lowercase()));
                self.lang = lang;
            }
            "seg" => self.in_segment = true,
            "hi" => {}
            _ if self.in_segment => self.markup += 1,
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        match name {
            "tu" if !self.unit.zh.is_empty() || !self.unit.en.is_empty() => {
                self.rows.push(std::mem::take(&mut self.unit));
            }
            "seg" => (self.in_segment, self.markup) = (false, 0),
            "hi" => {}
            _ if self.in_segment => self.markup = self.markup.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if !self.in_segment || self.markup > 0 {
            return;
        }
        match self.lang {
            Some('z') => self.unit.zh.push_str(text),
            Some('e') => self.unit.en.push_str(text),
            _ => {}
        }
    }
}
