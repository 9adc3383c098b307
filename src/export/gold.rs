//! Gold: `NAME.gold.json`, as `duizhao eval` and `duizhao tune` read it, to be corrected by hand.
//!
//! What a machine aligned is no gold before somebody has read it. Findings are left out: the faults that gold holds were
//! found by people.

use super::set::{FileSet, Per, slug};
use super::{Format, Keeps, no_end, nothing};
use crate::model::{Bead, Bitext, Document, Relation};
use crate::text::name;
use serde::Serialize;

/// A file for each pair.
pub const FILES: FileSet = FileSet {
    name: "gold",
    doc: "gold: NAME.gold.json for each article pair, as `duizhao eval` reads it, to be corrected by hand",
    per: Per::Pair(slug),
    files: &[Format {
        name: "gold",
        stem: "",
        extension: "gold.json",
        doc: "a hand-made alignment, once it is corrected",
        begin: nothing,
        bitext: write,
        keeps: Keeps::All,
        between: "",
        end: no_end,
    }],
};

/// A bead as gold states it.
type Numbers = (Vec<u32>, Vec<u32>);

#[derive(Serialize)]
struct Gold<'b> {
    slug: String,
    zh_file: &'b str,
    en_file: &'b str,
    zh: Vec<&'b str>,
    en: Vec<&'b str>,
    zh_paragraph: Vec<u32>,
    en_paragraph: Vec<u32>,
    beads: Vec<Numbers>,
    repeats: Vec<Numbers>,
}

fn write(bitext: &Bitext, bytes: &mut Vec<u8>) {
    let documents = bitext.pair.documents.as_ref();
    let paragraphs = |document: &Document| document.sentences.iter().map(|s| s.paragraph).collect();
    let repeats = bitext.alignment.beads().iter().filter(|b| b.relation == Relation::Repeat);
    let gold = Gold {
        slug: slug(bitext),
        zh_file: name::base(&documents.zh.article.id),
        en_file: name::base(&documents.en.article.id),
        zh: texts(documents.zh),
        en: texts(documents.en),
        zh_paragraph: paragraphs(documents.zh),
        en_paragraph: paragraphs(documents.en),
        beads: bitext.alignment.beads().iter().flat_map(numbers).collect(),
        repeats: repeats.map(|b| (b.zh.clone(), b.en.clone())).collect(),
    };
    // Writing plain data into memory cannot fail.
    if serde_json::to_writer_pretty(&mut *bytes, &gold).is_ok() {
        bytes.push(b'\n');
    }
}

fn texts(document: &Document) -> Vec<&str> {
    (0..document.sentences.len()).map(|i| document.sentence(i)).collect()
}

/// A bead; what has no counterpart, and what says something again, a sentence at a time.
fn numbers(bead: &Bead) -> Vec<Numbers> {
    match bead.relation {
        Relation::Translation | Relation::Moved => vec![(bead.zh.clone(), bead.en.clone())],
        Relation::Added | Relation::Repeat => bead.zh.iter().map(|&z| (vec![z], Vec::new())).collect(),
        Relation::Omitted => bead.en.iter().map(|&e| (Vec::new(), vec![e])).collect(),
    }
}
