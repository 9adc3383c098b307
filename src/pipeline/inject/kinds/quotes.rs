//! Quotation marks that lose their partner.

use super::super::super::random::Dice;
use super::super::scan;
use super::super::{Edit, Host};
use super::{Kind, Nature};

/// A quotation mark is lost.
pub const UNPAIRED: Kind = Kind {
    name: "quote-unpaired",
    doc: "one mark of a pair of quotation marks is left out",
    nature: Nature::Fault,
    checks: &["punctuation"],
    target: 0.90,
    edits: unpaired,
};

fn unpaired(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    if !is_even(host) {
        return Vec::new();
    }
    let mut edits = Vec::new();
    let mut open = None;
    for (at, c) in host.zh.char_indices() {
        match (c, open) {
            ('“', _) => open = Some(at),
            ('”', Some(start)) => {
                let marks = [start..start + c.len_utf8(), at..at + c.len_utf8()];
                for (gone, partner) in [(0, 1), (1, 0)] {
                    let (Some(gone), Some(partner)) = (marks.get(gone), marks.get(partner)) else { continue };
                    let mut edit = Edit::rewrite(gone.clone(), "", Vec::new());
                    edit.near.push(partner.clone());
                    edits.push(edit);
                }
                open = None;
            }
            _ => {}
        }
    }
    edits
}

/// Whether all marks of the paragraphs that the bead stands in have partners there.
fn is_even(host: &Host<'_>) -> bool {
    let document = &host.case.pair.documents.zh;
    let texts = host.sentences().into_iter().filter_map(|z| document.paragraph_of(z as usize));
    texts.map(|p| p.span.slice(&document.article.text)).all(|t| scan::count(t, "“") == scan::count(t, "”"))
}
