//! InterText's XML: two texts of paragraphs and sentences, and the links between them.
//!
//! As InterText itself exports them: `xtargets` and `type` name the sentences of `toDoc`, the English text, before those of
//! `fromDoc`, the Chinese one, and a sentence's number is that of its paragraph and its own in it. Links cannot cross, so a moved
//! bead's sentences are linked to nothing. Characters that XML cannot hold are left out.

use super::ladder::steps;
use super::set::{FileSet, Per, own_name};
use super::{Format, Keeps, no_end, nothing, xml};
use crate::model::{Bitext, Document, Lang};
use std::fmt::Write as _;
use std::ops::Range;

/// The files of a pair.
pub const FILES: FileSet = FileSet {
    name: "intertext",
    doc: "InterText XML: for each article pair NAME.zh.xml, NAME.en.xml and their links, NAME.zh.en.xml; no moved beads",
    per: Per::Pair(own_name),
    files: &[
        Format { stem: "zh", bitext: |b, bytes| text(b, Lang::Zh, bytes), ..FILE },
        Format { stem: "en", bitext: |b, bytes| text(b, Lang::En, bytes), ..FILE },
        Format { stem: "zh.en", bitext: links, ..FILE },
    ],
};

/// What the files share.
const FILE: Format = Format {
    name: "intertext",
    stem: "",
    extension: "xml",
    doc: "a text, or the links between two",
    begin: nothing,
    bitext: links,
    keeps: Keeps::Xml,
    between: "",
    end: no_end,
};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

/// The number of each sentence: `paragraph:sentence`, both from 1, paragraphs without a sentence not counted.
fn numbers(document: &Document) -> Vec<(usize, usize)> {
    let (mut paragraph, mut sentence, mut last) = (0, 0, None);
    let number = |s: &crate::model::Sentence| {
        if last.replace(s.paragraph) != Some(s.paragraph) {
            (paragraph, sentence) = (paragraph + 1, 0);
        }
        sentence += 1;
        (paragraph, sentence)
    };
    document.sentences.iter().map(number).collect()
}

fn text(bitext: &Bitext, lang: Lang, bytes: &mut Vec<u8>) {
    let document = bitext.pair.documents.get(lang);
    let tag = xml::attribute(document.article.tag());
    let mut out = format!("{DECLARATION}<text xml:lang=\"{tag}\">\n");
    let numbers = numbers(document);
    for (index, &(paragraph, sentence)) in numbers.iter().enumerate() {
        // Writing into a string cannot fail.
        if sentence == 1 {
            let _ = write!(out, "{}<p id=\"{paragraph}\">", if paragraph > 1 { "</p>\n" } else { "" });
        }
        let content = xml::text(document.sentence(index));
        let _ = write!(out, "<s id=\"{paragraph}:{sentence}\">{content}</s>");
    }
    out.push_str(if numbers.is_empty() { "</text>\n" } else { "</p>\n</text>\n" });
    bytes.extend_from_slice(out.as_bytes());
}

fn links(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let name = own_name(bitext);
    let mut out = format!("{DECLARATION}<linkGrp toDoc=\"{name}.en.xml\" fromDoc=\"{name}.zh.xml\">\n");
    let ids = bitext.pair.documents.as_ref().map(numbers);
    let named = |ids: &[(usize, usize)], range: Range<usize>| {
        let of = ids.get(range).unwrap_or_default();
        of.iter().map(|(p, s)| format!("{p}:{s}")).collect::<Vec<_>>().join(" ")
    };
    for step in steps(bitext) {
        let _ = writeln!(
            out,
            "<link type=\"{}-{}\" xtargets=\"{};{}\" status=\"auto\"/>",
            step.en.len(),
            step.zh.len(),
            named(&ids.en, step.en),
            named(&ids.zh, step.zh),
        );
    }
    out.push_str("</linkGrp>\n");
    bytes.extend_from_slice(out.as_bytes());
}
