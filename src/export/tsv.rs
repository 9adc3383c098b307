//! Tab-separated: pair, relation, confidence, zh, en; the first line is the header.

use super::{Format, Keeps, Meta, cell, joined, no_end};
use crate::model::{Bitext, Lang};
use std::io::Write;

/// One bead a line for spreadsheets and shell tools. Tabs and line breaks inside a text become blanks; nothing is
/// quoted, so that a quotation mark is a quotation mark.
pub const FORMAT: Format = Format {
    name: "tsv",
    stem: "aligned",
    extension: "tsv",
    doc: "tab-separated, one bead a line, with a header",
    begin,
    bitext,
    keeps: Keeps::Cell,
    between: "",
    end: no_end,
};

fn begin(_: &Meta, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(b"pair\trelation\tconfidence\tzh\ten\n");
}

fn bitext(bitext: &Bitext, bytes: &mut Vec<u8>) {
    for bead in bitext.alignment.beads() {
        // Writing into memory cannot fail.
        let _ = writeln!(
            bytes,
            "{}\t{}\t{:.4}\t{}\t{}",
            cell(&bitext.pair.id),
            bead.relation.name(),
            bead.confidence,
            cell(&joined(bitext, bead, Lang::Zh)),
            cell(&joined(bitext, bead, Lang::En)),
        );
    }
}
