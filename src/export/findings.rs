//! `findings.jsonl`: one finding a line, with the pair that it is of.

use super::{Format, Keeps, no_end, nothing};
use crate::model::{Bitext, Finding};

/// Findings for scripts.
pub const FORMAT: Format = Format {
    name: "findings",
    stem: "findings",
    extension: "jsonl",
    doc: "JSON Lines: one finding a line, with its pair",
    begin: nothing,
    bitext: write,
    keeps: Keeps::Nothing,
    between: "",
    end: no_end,
};

#[derive(serde::Serialize)]
struct Line<'f> {
    pair: &'f str,
    #[serde(flatten)]
    finding: &'f Finding,
}

fn write(bitext: &Bitext, bytes: &mut Vec<u8>) {
    for finding in &bitext.findings {
        // Writing plain data into memory cannot fail.
        if serde_json::to_writer(&mut *bytes, &Line { pair: &bitext.pair.id, finding }).is_ok() {
            bytes.push(b'\n');
        }
    }
}
