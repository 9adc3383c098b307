//! Files that cannot be taken apart: whether they still hold what is to go.

use super::wanted::Wanted;
use super::{Proof, TOLD, sentence, sha256};
use crate::error::{Error, Result};
use quick_xml::escape::unescape;
use std::collections::BTreeSet;
use std::path::Path;

/// Looks through a file. What is no text, such as a spreadsheet or an archive, cannot be looked through, and is not proved to
/// be rid of anything.
pub(super) fn search(path: &Path, wanted: &Wanted, gone: &BTreeSet<u64>, proof: &mut Proof) -> Result<()> {
    proof.sha256_before = sha256(path)?;
    proof.sha256_after.clone_from(&proof.sha256_before);
    let bytes = std::fs::read(path).map_err(|e| Error::read(path, e))?;
    let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(()) };
    for (number, line) in (1u64..).zip(text.lines()) {
        proof.lines_before += 1;
        if wanted.is_mentioned_in(line) && proof.mentions.len() < TOLD {
            proof.mentions.push(number);
        }
        if proof.same_sentences.len() < TOLD && pieces(line).any(|hash| gone.contains(&hash)) {
            proof.same_sentences.push(number);
        }
    }
    proof.lines_after = proof.lines_before;
    proof.gone = proof.mentions.is_empty() && proof.same_sentences.is_empty() && !text.contains('\0');
    Ok(())
}

/// What may be a sentence in a line: the line, what stands between its tags, and the cells between its tabs, commas and
/// quotation marks.
fn pieces(line: &str) -> impl Iterator<Item = u64> + '_ {
    let cuts: [&[char]; 3] = [&[], &['<', '>', '\t'], &['"', '\t']];
    cuts.into_iter().flat_map(move |cut| line.split(cut)).filter_map(|piece| {
        let plain = unescape(piece).unwrap_or(piece.into());
        sentence(&plain)
    })
}
