//! XLIFF, read back by the reader that this program has for it.

use super::*;
use crate::import::reader;

/// The texts of every bead of an XLIFF file.
fn read(xliff: &str) -> Vec<Sides<String>> {
    let bitexts = (reader("xliff").unwrap().read)("a.xlf", xliff.as_bytes()).unwrap();
    let texts = |bitext: &Bitext| {
        let beads = bitext.alignment.beads().iter();
        let texts = beads.map(|b| Sides::new(Lang::Zh, Lang::En).map(|lang| joined(bitext, b, lang)));
        texts.collect::<Vec<_>>()
    };
    assert_eq!(bitexts[0].pair.id, sample().pair.id);
    bitexts.iter().flat_map(texts).collect()
}

#[test]
fn xliff_holds_every_character() {
    let mut expected = translated(&sample());
    expected.push(Sides::new(String::new(), EN[6].to_owned()));
    assert_eq!(read(&written("xliff")), expected);
}

#[test]
fn xliff_12_holds_what_xml_can() {
    let mut expected = translated(&sample());
    expected.push(Sides::new(String::new(), EN[6].to_owned()));
    let expected: Vec<_> =
        expected.into_iter().map(|s| s.map(|t| t.replace(['\u{1}', '\u{fffe}'], ""))).collect();
    assert_eq!(read(&written("xliff-12")), expected);
}

#[test]
fn neither_holds_what_xml_cannot() {
    // 1.2 has a note at the file's head, too.
    for (name, notes) in [("xliff", 4), ("xliff-12", 5)] {
        let xliff = written(name);
        assert!(!xliff.contains(['\u{1}', '\u{fffe}']) && !xliff.contains("]]>"), "{xliff}");
        assert_eq!(xliff.matches("<note ").count(), notes, "{xliff}");
    }
}
