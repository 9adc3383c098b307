//! Beads as bare sentence numbers, and the file form they are exchanged in.

use super::files;
use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// A bead as gold and hypotheses state it: which Chinese sentences go with which English ones, by their
/// 0-based numbers. Either list may be empty (a null bead). In JSON: `[[zh…],[en…]]`.
///
/// Invariant: both lists ascend, so that two beads of the same sentences are equal. A number given twice stays
/// twice (and so makes a different bead); whether the sentences exist is not known here.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(Vec<u32>, Vec<u32>)", into = "(Vec<u32>, Vec<u32>)")]
pub struct IndexBead {
    zh: Vec<u32>,
    en: Vec<u32>,
}

impl IndexBead {
    /// The bead of these sentences, given in any order.
    pub fn new(mut zh: Vec<u32>, mut en: Vec<u32>) -> Self {
        zh.sort_unstable();
        en.sort_unstable();
        Self { zh, en }
    }

    /// Its Chinese sentences, ascending.
    pub fn zh(&self) -> &[u32] {
        &self.zh
    }

    /// Its English sentences, ascending.
    pub fn en(&self) -> &[u32] {
        &self.en
    }

    /// Whether it leaves a side empty.
    pub fn is_null(&self) -> bool {
        self.zh.is_empty() || self.en.is_empty()
    }

    /// Every (Chinese, English) pair of sentences inside it.
    pub(super) fn links(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.zh.iter().flat_map(|&z| self.en.iter().map(move |&e| (z, e)))
    }
}

impl From<(Vec<u32>, Vec<u32>)> for IndexBead {
    fn from((zh, en): (Vec<u32>, Vec<u32>)) -> Self {
        Self::new(zh, en)
    }
}

impl From<IndexBead> for (Vec<u32>, Vec<u32>) {
    fn from(bead: IndexBead) -> Self {
        (bead.zh, bead.en)
    }
}

/// Reads every `SLUG.beads` of the folder `dir` (see [`parse_beads`]) → beads by slug.
///
/// # Errors
/// If the folder or a file of it cannot be read, or as [`parse_beads`] says.
pub fn read_beads_dir(dir: &Path) -> Result<BTreeMap<String, Vec<IndexBead>>> {
    let mut all = BTreeMap::new();
    for (slug, path) in files::with_suffix(dir, ".beads")? {
        let beads = parse_beads(&files::read_text(&path)?).map_err(|e| e.at(&path))?;
        all.insert(slug, beads);
    }
    Ok(all)
}

/// Reads beads in the form that [vecalign](https://github.com/thompsonb/vecalign) writes: one a line,
/// `[0,1]:[2]:0.35`, Chinese numbers first, commas or spaces between them; what follows the second bracket
/// (vecalign's cost) is ignored, and so is every line that is no bead.
///
/// # Errors
/// If a number is over `u32::MAX`.
pub fn parse_beads(text: &str) -> Result<Vec<IndexBead>> {
    let mut beads = Vec::new();
    for (number, line) in files::lines(text) {
        let Some((zh, en)) = split_bead(line) else { continue };
        match (indices(zh), indices(en)) {
            (Ok(zh), Ok(en)) => beads.push(IndexBead::new(zh, en)),
            (Err(e), _) | (_, Err(e)) => {
                return Err(Error::input("not a sentence number")
                    .on_line(number)
                    .caused_by(e)
                    .remedy("write 0-based sentence numbers: [0,1]:[2]"));
            }
        }
    }
    Ok(beads)
}

/// The insides of the two brackets that `line` begins with.
fn split_bead(line: &str) -> Option<(&str, &str)> {
    let (zh, rest) = bracketed(line)?;
    let (en, _) = bracketed(skip_space(rest).strip_prefix(':')?)?;
    Some((zh, en))
}

fn bracketed(text: &str) -> Option<(&str, &str)> {
    let (inside, rest) = skip_space(text).strip_prefix('[')?.split_once(']')?;
    inside.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b' ').then_some((inside, rest))
}

/// U+001F is white space to Python, which the reference scorer is written in, though not to Unicode.
fn skip_space(text: &str) -> &str {
    text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{1f}')
}

fn indices(text: &str) -> std::result::Result<Vec<u32>, std::num::ParseIntError> {
    text.split([',', ' ']).filter(|s| !s.is_empty()).map(str::parse).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_what_vecalign_writes_and_passes_over_the_rest() {
        let text =
            "# made by hand\n[0, 1]:[2]:0.35\n\n \t[3] : [] : 1\n[]:[4 5,,]\r\n[1:[2]\n[x]:[1]\n[2,0]:[0]";
        let expected =
            [(vec![0, 1], vec![2]), (vec![3], vec![]), (vec![], vec![4, 5]), (vec![0, 2], vec![0])];
        assert_eq!(parse_beads(text).unwrap(), expected.map(IndexBead::from));
    }

    #[test]
    fn a_number_too_large_is_refused_with_its_line() {
        let error = parse_beads("[0]:[0]\n[4294967296]:[0]").unwrap_err();
        assert!(error.at("a.beads").to_string().starts_with("a.beads:2: not a sentence number"));
    }

    #[test]
    fn is_written_as_two_lists_and_read_in_any_order() {
        let bead: IndexBead = serde_json::from_str("[[2,0],[1]]").unwrap();
        assert_eq!(serde_json::to_string(&bead).unwrap(), "[[0,2],[1]]");
        assert!(serde_json::from_str::<IndexBead>("[[0]]").is_err());
    }

    proptest! {
        #[test]
        fn never_panics(text in any::<String>(), near in r"[\[\]:, 0-9\n]{0,80}") {
            let _ = parse_beads(&text);
            let _ = parse_beads(&near);
        }

        #[test]
        fn reads_back_what_was_written(beads in prop::collection::vec((prop::collection::vec(0u32..99, 0..4), prop::collection::vec(0u32..99, 0..4)), 0..9)) {
            let text: String = beads.iter().map(|(z, e)| format!("{z:?}:{e:?}:0.5\n")).collect();
            let beads: Vec<_> = beads.into_iter().map(IndexBead::from).collect();
            prop_assert_eq!(parse_beads(&text).unwrap(), beads);
        }
    }
}
