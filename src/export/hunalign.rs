//! hunalign's forms: two texts of a sentence a line, the ladder between them, and the aligned text.
//!
//! A rung of the ladder says where a step begins in either text and how good it is; the last one says where both end. As text,
//! a step is a line of three columns: Chinese, English, quality; sentences are joined by ` ~~~ `. A ladder cannot cross, so a
//! moved bead's sentences stand in it as steps without a counterpart. Of three tildes and more inside a sentence two are left.

use super::ladder::steps;
use super::line::line;
use super::set::{FileSet, Per, own_name};
use super::{Format, Keeps, no_end, nothing};
use crate::model::{Bitext, Lang};
use std::fmt::Write as _;
use std::ops::Range;

/// The files of a pair.
pub const FILES: FileSet = FileSet {
    name: "hunalign",
    doc: "hunalign: for each article pair NAME.zh.txt, NAME.en.txt, NAME.ladder and the aligned text; no moved beads",
    per: Per::Pair(own_name),
    files: &[
        Format { stem: "zh", extension: "txt", bitext: |b, bytes| text(b, Lang::Zh, bytes), ..FILE },
        Format { stem: "en", extension: "txt", bitext: |b, bytes| text(b, Lang::En, bytes), ..FILE },
        Format { stem: "", extension: "ladder", bitext: ladder, ..FILE },
        Format { stem: "aligned", extension: "txt", bitext: aligned, ..FILE },
    ],
};

/// What the files share.
const FILE: Format = Format {
    name: "hunalign",
    stem: "",
    extension: "",
    doc: "a sentence or a step a line",
    begin: nothing,
    bitext: ladder,
    keeps: Keeps::Line,
    between: "",
    end: no_end,
};

/// One sentence a line; an empty one keeps its line, since ladders and beads count lines.
pub(super) fn text(bitext: &Bitext, lang: Lang, bytes: &mut Vec<u8>) {
    let document = bitext.pair.documents.get(lang);
    for index in 0..document.sentences.len() {
        bytes.extend_from_slice(line(document.sentence(index)).as_bytes());
        bytes.push(b'\n');
    }
}

fn ladder(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let all = bitext.pair.documents.as_ref().map(|document| document.sentences.len());
    let mut rungs = String::new();
    for step in steps(bitext) {
        // Writing into a string cannot fail.
        let _ = writeln!(rungs, "{}\t{}\t{:.4}", step.zh.start, step.en.start, step.confidence);
    }
    let _ = writeln!(rungs, "{}\t{}\t{:.4}", all.zh, all.en, 0.0);
    bytes.extend_from_slice(rungs.as_bytes());
}

fn aligned(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let side = |lang: Lang, range: Range<usize>| {
        let document = bitext.pair.documents.get(lang);
        let texts = range.map(|index| without_joints(&line(document.sentence(index))));
        texts.collect::<Vec<_>>().join(" ~~~ ")
    };
    for step in steps(bitext) {
        let line =
            format!("{}\t{}\t{:.4}\n", side(Lang::Zh, step.zh), side(Lang::En, step.en), step.confidence);
        bytes.extend_from_slice(line.as_bytes());
    }
}

/// A text without what joins sentences.
fn without_joints(text: &str) -> String {
    let mut text = text.to_owned();
    while text.contains("~~~") {
        text = text.replace("~~~", "~~");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_sentence_holds_a_joint() {
        assert_eq!(without_joints("a ~~~ b ~~~~~~~ c ~~"), "a ~~ b ~~ c ~~");
    }
}
