//! XLIFF 1.2 and 2.x: segments with a source and a target, one of them Chinese and one English.

use super::xml::{self, Piece};
use super::{Reader, rows, text};
use crate::error::{Error, Result};
use crate::model::{Bitext, Lang, Sides};
use quick_xml::events::BytesStart;
use std::collections::HashMap;
use std::mem::take;

/// XLIFF 1.2, 2.0 and 2.1.
pub const READER: Reader = Reader {
    name: "xliff",
    extensions: &["xlf", "xliff"],
    doc: "XLIFF 1.2 and 2.x: every segment between Chinese and English; what stands for markup inside it is left out",
    read,
};

/// Elements that hold other texts than the segment's: proposals, earlier states, remarks, and the code that markup stands for.
const ASIDE: [&str; 13] = [
    "alt-trans",
    "seg-source",
    "matches",
    "glossary",
    "changeTrack",
    "note",
    "notes",
    "metadata",
    "ignorable",
    "ph",
    "bpt",
    "ept",
    "it",
];

fn read(name: &str, bytes: &[u8]) -> Result<Vec<Bitext>> {
    let mut found = Found { name: name.to_owned(), ..Found::default() };
    xml::walk(text(bytes)?, |piece| match piece {
        Piece::Open(tag) => found.open(tag),
        Piece::Close(name) => found.close(name),
        Piece::Text(text) => {
            found.text(text);
            Ok(())
        }
    })?;
    if found.bitexts.is_empty() {
        return Err(Error::input("has no segment between Chinese and English").remedy(
            "srcLang and trgLang (in 1.2 a file's source-language and target-language) say what languages it is of",
        ));
    }
    Ok(found.bitexts)
}

/// What was read so far.
#[derive(Default)]
struct Found {
    name: String,
    bitexts: Vec<Bitext>,
    /// Of the source; 2.x says it at the top, 1.2 at each file.
    source: Option<Lang>,
    target: Option<Lang>,
    original: String,
    /// How many files there are of each name.
    names: HashMap<String, u32>,
    rows: Vec<Sides<String>>,
    row: Sides<String>,
    /// The language of the text that is being read.
    inside: Option<Lang>,
    /// Depth inside an element whose text is not the segment's.
    aside: u32,
}

impl Found {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<()> {
        let name = tag.local_name();
        let name: &str = name.as_ref();
        if self.aside > 0 || ASIDE.contains(&name) {
            self.aside += 1;
            return Ok(());
        }
        match name {
            "xliff" | "file" => {
                for (attribute, value) in xml::attributes(tag) {
                    match attribute.as_str() {
                        "srcLang" | "source-language" => self.source = xml::lang(&value),
                        "trgLang" | "target-language" => self.target = xml::lang(&value),
                        "original" => self.original = value,
                        _ => {}
                    }
                }
            }
            "trans-unit" | "segment" => self.row = Sides::default(),
            "source" => self.inside = self.source,
            "target" => self.inside = self.target,
            // A character that XML cannot hold.
            "cp" => {
                let hex = xml::attributes(tag).find(|(name, _)| name == "hex");
                let code = hex.and_then(|(_, value)| u32::from_str_radix(&value, 16).ok());
                if let Some(c) = code.and_then(char::from_u32) {
                    self.text(c.encode_utf8(&mut [0; 4]));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<()> {
        if self.aside > 0 {
            self.aside -= 1;
            return Ok(());
        }
        match name {
            "source" | "target" => self.inside = None,
            "trans-unit" | "segment" => self.rows.push(take(&mut self.row)),
            "file" => return self.file(),
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        match self.inside.filter(|_| self.aside == 0) {
            Some(Lang::Zh) => self.row.zh.push_str(text),
            Some(Lang::En) => self.row.en.push_str(text),
            None => {}
        }
    }

    /// A file of the XLIFF is an article pair.
    fn file(&mut self) -> Result<()> {
        let (rows, original) = (take(&mut self.rows), take(&mut self.original));
        let is_whole = matches!((self.source, self.target), (Some(a), Some(b)) if a != b);
        if is_whole && rows.iter().any(|row| !row.zh.trim().is_empty() || !row.en.trim().is_empty()) {
            let name = if original.is_empty() { self.name.clone() } else { original };
            let taken = self.names.entry(name.clone()).or_default();
            *taken += 1;
            let name = if *taken > 1 { format!("{name}~{taken}") } else { name };
            self.bitexts.push(rows::bitext(&name, &rows)?);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(xml: &str) -> Result<Vec<Bitext>> {
        (READER.read)("a.xlf", xml.as_bytes())
    }

    /// Pair, Chinese, English of every bead.
    fn shown(xml: &str) -> Vec<[String; 3]> {
        let beads = |bitext: &Bitext| {
            let text = |indices: &[u32], lang| {
                let document = bitext.pair.documents.get(lang);
                indices.iter().map(|&i| document.sentence(i as usize)).collect::<String>()
            };
            let beads = bitext.alignment.beads().iter();
            beads
                .map(|b| [bitext.pair.id.clone(), text(&b.zh, Lang::Zh), text(&b.en, Lang::En)])
                .collect::<Vec<_>>()
        };
        read(xml).unwrap().iter().flat_map(beads).collect()
    }

    #[test]
    fn both_versions_are_read_without_what_is_not_the_segment() {
        let old = r#"<?xml version="1.0"?><xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
            <file original="a &amp; b" source-language="en-US" target-language="zh-CN" datatype="plaintext"><body><group>
            <trans-unit id="1"><source>A <g id="1">&lt;b&gt;</g><ph id="2">{0}</ph> bug.</source>
              <seg-source><mrk mtype="seg">no</mrk></seg-source><target>一个<![CDATA[<漏洞>]]>]]&gt;。</target>
              <alt-trans><source>no</source><target>不</target></alt-trans><note>no</note></trans-unit>
            <trans-unit id="2"><source>Untranslated.</source><target/></trans-unit></group></body></file></xliff>"#;
        assert_eq!(
            shown(old),
            [["a & b", "一个<漏洞>]]>。", "A <b> bug."], ["a & b", "", "Untranslated."]]
                .map(|r| r.map(str::to_owned))
        );
        let new = r#"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="zh-Hans" trgLang="en">
            <file id="f"><unit id="u"><mtc:matches xmlns:mtc="x"><mtc:match><source>不</source></mtc:match></mtc:matches>
            <notes><note>no</note></notes><segment><source>𠮷<cp hex="0001"/><pc id="1">家</pc></source>
            <target>Yoshi<mrk id="m">noya</mrk><cp hex="D800"/></target></segment><ignorable><source> </source></ignorable>
            <segment><source>二。</source><target>Two.</target></segment></unit></file></xliff>"#;
        assert_eq!(
            shown(new),
            [["a.xlf", "𠮷\u{1}家", "Yoshinoya"], ["a.xlf", "二。", "Two."]].map(|r| r.map(str::to_owned))
        );
    }

    #[test]
    fn other_languages_and_broken_files_are_refused_with_a_remedy() {
        let other = r#"<xliff version="2.1" srcLang="en" trgLang="de"><file id="f"><unit id="u"><segment><source>A</source>
            <target>B</target></segment></unit></file></xliff>"#;
        assert!(read(other).unwrap_err().remedy_text().unwrap().contains("srcLang"));
        let broken = read("<xliff>\n<file>\n</xliff>").unwrap_err();
        assert!(broken.to_string().contains("well-formed") && broken.remedy_text().is_some());
        assert!(read("").is_err());
    }
}
