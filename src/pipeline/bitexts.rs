//! `aligned.jsonl` → bitexts, one after the other.

use crate::corpus::hash;
use crate::corpus::lines::{self, Line};
use crate::error::{Error, Result};
use crate::import;
use crate::model::{Bitext, Progress, Record};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// The bitexts of one file, however long: it is read twice, and memory holds the pairs of articles that are begun and not
/// ended, and two numbers a pair.
#[derive(Debug)]
pub struct Bitexts {
    path: PathBuf,
    /// How many beads each pair has.
    beads: FxHashMap<u64, u32>,
    licences: BTreeSet<String>,
}

/// A pair that is begun.
struct Begun {
    records: Vec<Record>,
    /// How many beads are still to come.
    missing: u32,
}

impl Bitexts {
    /// Reads what pairs there are.
    ///
    /// # Errors
    /// If the file cannot be read twice, or holds something else than beads.
    pub fn open(path: PathBuf, progress: &dyn Progress) -> Result<Self> {
        lines::check_rereadable(std::slice::from_ref(&path))?;
        let mut bitexts = Self { path, beads: FxHashMap::default(), licences: BTreeSet::new() };
        let path = bitexts.path.clone();
        lines::each(&[path], progress, keyed, |_, (key, record)| {
            *bitexts.beads.entry(key).or_default() += 1;
            if !bitexts.licences.contains(&record.licence) {
                bitexts.licences.insert(record.licence);
            }
            Ok(())
        })?;
        Ok(bitexts)
    }

    /// What licences the beads name, [`UNKNOWN`](crate::model::UNKNOWN) among them.
    pub fn licences(&self) -> &BTreeSet<String> {
        &self.licences
    }

    /// Gives every bitext, in the order in which their pairs begin.
    ///
    /// # Errors
    /// If beads do not make a bitext, if the file has changed, and what `take` says.
    pub fn each(&self, progress: &dyn Progress, mut take: impl FnMut(Bitext) -> Result<()>) -> Result<()> {
        let mut places: FxHashMap<u64, usize> = FxHashMap::default();
        let mut begun: BTreeMap<usize, Begun> = BTreeMap::new();
        let changed = || Error::input("was changed while it was being read").at(&self.path);
        lines::each(std::slice::from_ref(&self.path), progress, keyed, |_, (key, record)| {
            let next = places.len();
            let place = *places.entry(key).or_insert(next);
            let missing = self.beads.get(&key).copied().ok_or_else(changed)?;
            let pair = begun.entry(place).or_insert_with(|| Begun { records: Vec::new(), missing });
            pair.missing = pair.missing.checked_sub(1).ok_or_else(changed)?;
            pair.records.push(record);
            while let Some(first) = begun.first_entry().filter(|first| first.get().missing == 0) {
                take(import::bitext(first.remove().records).map_err(|e| e.at(&self.path))?)?;
            }
            Ok(())
        })?;
        if begun.is_empty() { Ok(()) } else { Err(changed()) }
    }
}

/// A line's bead, with a number for its pair.
fn keyed(line: &Line) -> Result<(u64, Record)> {
    let record = lines::record(line)?;
    Ok((hash(&[&record.pair]), record))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::corpus::testing::{Folder, record, text};
    use crate::model::{Silent, Span};
    use proptest::prelude::*;
    use std::fs;

    /// The beads of these pairs, in this order; each pair's are numbered from 0.
    fn beads(pairs: &[u8]) -> Vec<Record> {
        let number = |at: usize| pairs[..at].iter().filter(|&&pair| pair == pairs[at]).count();
        let bead = |at: usize| {
            let n = number(at);
            let mut bead = record(&pairs[at].to_string(), n as u32, "漏洞", "a flaw");
            bead.zh_span = vec![Span::new(10 * n, 10 * n + bead.zh[0].len())];
            bead.en_span = vec![Span::new(10 * n, 10 * n + bead.en[0].len())];
            bead
        };
        (0..pairs.len()).map(bead).collect()
    }

    fn given(path: PathBuf) -> Result<Vec<Bitext>> {
        let mut bitexts = Vec::new();
        Bitexts::open(path, &Silent)?.each(&Silent, |bitext| {
            bitexts.push(bitext);
            Ok(())
        })?;
        Ok(bitexts)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn one_after_the_other_they_are_the_same_as_all_at_once(pairs in prop::collection::vec(0u8..5, 0..40)) {
            let (folder, text) = (Folder::new(), text(&beads(&pairs)));
            let whole = (import::reader("jsonl").unwrap().read)("a", text.as_bytes()).unwrap();
            prop_assert_eq!(given(folder.put("a.jsonl", &text)).unwrap(), whole);
        }
    }

    #[test]
    fn a_pair_is_given_as_soon_as_it_is_whole() {
        let folder = Folder::new();
        let path = folder.put("a.jsonl", &text(&beads(&[0, 0, 1, 2, 1])));
        let bitexts = Bitexts::open(path.clone(), &Silent).unwrap();
        assert_eq!(bitexts.licences().iter().collect::<Vec<_>>(), ["unknown"]);
        let mut names = Vec::new();
        bitexts
            .each(&Silent, |bitext| {
                names.push(bitext.pair.id);
                Ok(())
            })
            .unwrap();
        assert_eq!(names, ["zh/0.md+en/0.html", "zh/1.md+en/1.html", "zh/2.md+en/2.html"]);
        for changed in [&[0, 0, 1, 2][..], &[0, 0, 0, 1, 2, 1], &[0, 0, 1, 2, 1, 3]] {
            fs::write(&path, text(&beads(changed))).unwrap();
            let error = bitexts.each(&Silent, |_| Ok(())).unwrap_err().to_string();
            assert!(error.contains("a.jsonl: was changed while it was being read"), "{error}");
        }
    }

    #[test]
    fn what_contradicts_itself_is_named_with_the_file() {
        let folder = Folder::new();
        let mut beads = beads(&[0, 0]);
        beads[1].zh_span = vec![Span::new(3, 4)];
        let error = given(folder.put("a.jsonl", &text(&beads))).unwrap_err().to_string();
        assert!(error.contains("a.jsonl: the span of sentence 1"), "{error}");
        assert!(given(PathBuf::from("-")).is_err());
    }
}
