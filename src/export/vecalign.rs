//! vecalign's form: `[0]:[0, 1]:0.35`, Chinese numbers first, the third field a cost.

use super::hunalign::text;
use super::set::{FileSet, Per, own_name};
use super::{Format, Keeps, no_end, nothing};
use crate::model::{Bead, Bitext, Lang, Relation};

/// One bead a line, as vecalign's own scorer reads it; sentence numbers begin at 0 with each pair, so several pairs belong
/// into several files. The cost is 1 less the confidence, and 0 for a null bead; null
/// beads are written one sentence a line, repeats as nulls, so that every sentence stands in the file exactly once.
pub const FORMAT: Format = Format {
    name: "vecalign",
    stem: "aligned",
    extension: "beads",
    doc: "[zh]:[en]:cost, one bead a line, over sentence numbers only",
    begin: nothing,
    bitext,
    keeps: Keeps::Nothing,
    between: "",
    end: no_end,
};

/// The same for each pair, with the texts that the numbers are of: as `--from vecalign` takes them.
pub const FILES: FileSet = FileSet {
    name: "vecalign-pairs",
    doc: "vecalign: for each article pair NAME.beads and the texts that they are of, NAME.zh.txt and NAME.en.txt",
    per: Per::Pair(own_name),
    files: &[
        Format { stem: "zh", bitext: |b, bytes| text(b, Lang::Zh, bytes), ..TEXT },
        Format { stem: "en", bitext: |b, bytes| text(b, Lang::En, bytes), ..TEXT },
        Format { name: "vecalign-pairs", stem: "", ..FORMAT },
    ],
};

/// What both texts share.
const TEXT: Format = Format {
    name: "vecalign-pairs",
    extension: "txt",
    doc: "a sentence a line",
    keeps: Keeps::Line,
    ..FORMAT
};

fn bitext(bitext: &Bitext, bytes: &mut Vec<u8>) {
    for bead in bitext.alignment.beads() {
        bytes.extend_from_slice(line(bead).as_bytes());
    }
}

/// A bead's line.
pub fn line(bead: &Bead) -> String {
    match bead.relation {
        Relation::Added | Relation::Repeat => {
            bead.zh.iter().map(|z| format!("[{z}]:[]:0.000000\n")).collect()
        }
        Relation::Omitted => bead.en.iter().map(|e| format!("[]:[{e}]:0.000000\n")).collect(),
        Relation::Translation | Relation::Moved => {
            format!("{:?}:{:?}:{:.6}\n", bead.zh, bead.en, 1.0 - bead.confidence)
        }
    }
}
