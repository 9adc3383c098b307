//! TMX: translation units with a Chinese and an English variant.

use super::rows::{self, Pairs};
use super::xml::{self, Piece};
use super::{Reader, text};
use crate::error::{Error, Result};
use crate::model::{Bitext, Lang, Sides};
use quick_xml::events::BytesStart;

/// TMX 1.1 to 1.4b.
pub const READER: Reader = Reader {
    name: "tmx",
    extensions: &["tmx", "xml"],
    doc: "TMX: every unit with a Chinese and an English variant, the first of each; markup inside segments is left out",
    read,
};

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Bitext>> {
    let mut units = Units { file: name.to_owned(), ..Units::default() };
    xml::walk(text(bytes)?, |piece| {
        match piece {
            Piece::Open(tag) => units.open(tag),
            Piece::Close(name) => units.close(name),
            Piece::Text(text) => units.text(text),
        }
        Ok(())
    })?;
    if units.pairs.is_empty() {
        return Err(Error::input("has no unit with a Chinese and an English variant")
            .remedy("a <tuv> says its language in xml:lang"));
    }
    units.pairs.bitexts()
}

/// What was read so far.
#[derive(Default)]
struct Units {
    file: String,
    pairs: Pairs,
    /// The pair that the unit is of, by its `tuid`; the file, where that does not tell.
    pair: String,
    unit: Sides<String>,
    /// Where the unit's texts stood, as Bitextor and this program write it.
    addresses: Sides<Option<String>>,
    in_address: bool,
    lang: Option<Lang>,
    /// The languages of the unit's variants so far.
    unit_has: Vec<Lang>,
    in_segment: bool,
    /// Depth of markup inside a segment, whose text is no text.
    markup: u32,
}

impl Units {
    fn open(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "tu" => {
                let id = xml::attributes(tag).find(|(name, _)| name == "tuid").map(|(_, id)| id);
                let pair = id.as_deref().and_then(rows::pair_of).unwrap_or(&self.file);
                self.pair = pair.to_owned();
                (self.unit, self.addresses) = Default::default();
                (self.lang, self.unit_has) = Default::default();
            }
            "prop" => {
                let mut attributes = xml::attributes(tag);
                self.in_address =
                    attributes.any(|(name, value)| name == "type" && value == "source-document");
            }
            "tuv" => {
                let tag = xml::attributes(tag).find(|(name, _)| name == "lang");
                let lang = tag.and_then(|(_, tag)| xml::lang(&tag));
                // Of several variants in one language the first is taken.
                self.lang = lang.filter(|lang| !self.unit_has.contains(lang));
                self.unit_has.extend(lang);
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
                self.pairs.add(&self.pair, std::mem::take(&mut self.unit));
                self.pairs.stood_at(&self.pair, std::mem::take(&mut self.addresses));
            }
            "prop" => self.in_address = false,
            "seg" => (self.in_segment, self.markup) = (false, 0),
            "hi" => {}
            _ if self.in_segment => self.markup = self.markup.saturating_sub(1),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        let Some(side) = self.lang else { return };
        if self.in_address && !self.in_segment {
            self.addresses.get_mut(side).get_or_insert_default().push_str(text);
        } else if self.in_segment && self.markup == 0 {
            self.unit.get_mut(side).push_str(text);
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn units_say_of_which_pair_they_are_and_where_it_stood() {
        let unit = |id: &str, prop: &str| {
            format!(
                "<tu tuid=\"{id}\"><prop type=\"source-document\">aside</prop><tuv xml:lang=\"zh-Hans\"><seg>句。</seg></tuv>\
                 <tuv xml:lang=\"en\">{prop}<seg>A sentence.</seg></tuv></tu>"
            )
        };
        let prop = "<prop type=\"source-document\">https://en.example/a</prop>";
        let units = [
            unit("z.md+e.html#0", prop),
            unit("7", ""),
            unit("z.md+e.html#12", prop),
            unit("z.md+f.html#0", ""),
        ];
        let xml = format!("<tmx version=\"1.4\"><body>{}</body></tmx>", units.concat());
        let bitexts = read("memory.tmx", xml.as_bytes()).unwrap();
        let told: Vec<_> = bitexts
            .iter()
            .map(|b| (b.pair.id.as_str(), b.pair.en_url.as_str(), b.alignment.beads().len()))
            .collect();
        assert_eq!(
            told,
            [
                ("z.md+e.html", "https://en.example/a", 2),
                ("memory.tmx", "memory", 1),
                ("z.md+f.html", "f", 1)
            ]
        );
    }

    #[test]
    fn other_languages_and_second_variants_are_left_out() {
        let variant = |lang: &str, text: &str| format!("<tuv xml:lang=\"{lang}\"><seg>{text}</seg></tuv>");
        let unit =
            [("et", "yks"), ("zh", "一"), ("en", "one"), ("zh-TW", "壹"), ("es", "uno"), ("EN-us", "1")];
        let unit: String = unit.iter().map(|(lang, text)| variant(lang, text)).collect();
        let xml =
            format!("<tmx><body><tu>{unit}</tu><tu>{}</tu></body></tmx>", variant("cmn", "二&nbsp;&amp;"));
        let bitext = read("a.tmx", xml.as_bytes()).unwrap().remove(0);
        let sentences = |lang: Lang| bitext.pair.documents.get(lang);
        assert_eq!((sentences(Lang::Zh).sentence(0), sentences(Lang::En).sentence(0)), ("一", "one"));
        // What XML does not define stays as it is written.
        assert_eq!(sentences(Lang::Zh).sentence(1), "二&nbsp;&");
        let broken = "<tmx>\n<tuv xml:lang=zh><seg>一</seg></tuv></tmx>";
        let error = read("a.tmx", broken.as_bytes()).unwrap_err().to_string();
        assert!(error.contains("is not well-formed XML"), "{error}");
    }
}
