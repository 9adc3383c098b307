//! Many files → one, every pair of articles once.
//!
//! A pair that stands in several files, or under several names, is taken from one place: the first, or with
//! [`Prefer::Last`] the last, which is what a later run made of it. Two different pairs of one name, as runs over two folders
//! may give, get different names.

use super::Output;
use super::article::{hash, names};
use super::lines::{Line, check_rereadable, each, record};
use crate::error::{Error, Result};
use crate::model::{Progress, Record};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::collections::hash_map::Entry;
use std::path::PathBuf;

/// From where a pair is taken that stands in several places.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Prefer {
    /// From the first.
    First,
    /// From the last.
    Last,
}

/// What was merged.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many beads were read.
    pub read: u64,
    /// How many were written.
    pub written: u64,
    /// Pairs of articles written.
    pub pairs: u64,
    /// Beads left out, because their pair is taken from another place.
    pub superseded: u64,
    /// Pairs that got another name, because another pair has theirs.
    pub renamed: u64,
}

/// Writes every pair once, the files one after the other; lines stay as they are, byte for byte, but for those of pairs that
/// get another name. The files are read twice; memory holds a few numbers a pair.
///
/// # Errors
/// An input that cannot be read twice, or holds something else than beads; an output that cannot be written.
pub fn run(
    inputs: &[PathBuf],
    progress: &dyn Progress,
    prefer: Prefer,
    output: &mut Output<'_>,
) -> Result<Report> {
    check_rereadable(inputs)?;
    let mut owners: FxHashMap<u64, Place> = FxHashMap::default();
    let look = |line: &Line| record(line).map(|record| (Place::of(line, &record), record));
    each(
        inputs,
        progress,
        |line| look(line).map(|(place, _)| place),
        |_, place| {
            match owners.entry(place.pair) {
                Entry::Vacant(entry) => {
                    entry.insert(place);
                }
                Entry::Occupied(mut entry) if prefer == Prefer::Last => {
                    entry.insert(place);
                }
                Entry::Occupied(_) => {}
            }
            Ok(())
        },
    )?;
    let mut report = Report { pairs: owners.len() as u64, ..Report::default() };
    let mut taken = Names::default();
    each(inputs, progress, look, |line, (place, record)| {
        report.read += 1;
        if owners.get(&place.pair) != Some(&place) {
            report.superseded += 1;
            return Ok(());
        }
        report.written += 1;
        match taken.of(&place, &record.pair) {
            None => output.line(&line.text),
            Some(number) => output.line(&renamed(record, number)?),
        }
    })?;
    report.renamed = taken.renamed.len() as u64;
    Ok(report)
}

/// Where a pair stands: the pair, by its articles; the file; what the file calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    pair: u64,
    file: usize,
    name: u64,
}

impl Place {
    fn of(line: &Line, record: &Record) -> Self {
        let names = names(record);
        Self { pair: hash(&[&names.zh, &names.en]), file: line.file, name: hash(&[&record.pair]) }
    }
}

/// Names that are taken.
#[derive(Default)]
struct Names {
    /// Which pair has a name.
    owners: FxHashMap<u64, u64>,
    /// Pairs under another name than their own, with what that ends in.
    renamed: FxHashMap<u64, u64>,
}

impl Names {
    /// What the name of a pair is to end in, if another pair has the name.
    fn of(&mut self, place: &Place, name: &str) -> Option<u64> {
        if let Some(&number) = self.renamed.get(&place.pair) {
            return Some(number);
        }
        if *self.owners.entry(place.name).or_insert(place.pair) == place.pair {
            return None;
        }
        let is_free =
            |number: u64, owners: &FxHashMap<u64, u64>| !owners.contains_key(&hash(&[&ending(name, number)]));
        let number = (2..).find(|&number| is_free(number, &self.owners))?;
        self.owners.insert(hash(&[&ending(name, number)]), place.pair);
        self.renamed.insert(place.pair, number);
        Some(number)
    }
}

fn ending(name: &str, number: u64) -> String {
    format!("{name}~{number}")
}

fn renamed(mut record: Record, number: u64) -> Result<String> {
    let bead = record.id.rsplit_once('#').map_or("0", |(_, bead)| bead);
    let pair = ending(&record.pair, number);
    record.id = format!("{pair}#{bead}");
    record.pair = pair;
    serde_json::to_string(&record).map_err(|e| Error::input("a bead cannot be written").caused_by(e))
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Folder, record as bead, text};
    use super::*;
    use crate::model::Silent;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn merge(folder: &Folder, files: &[&[Record]], prefer: Prefer) -> (Report, Vec<Record>) {
        let inputs: Vec<_> =
            files.iter().enumerate().map(|(n, beads)| folder.put(&n.to_string(), &text(beads))).collect();
        let mut output = Output::file(&folder.path("out")).unwrap();
        let report = run(&inputs, &Silent, prefer, &mut output).unwrap();
        output.finish().unwrap();
        let records = folder.get("out").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        (report, records)
    }

    #[test]
    fn a_pair_in_two_files_is_taken_from_one() {
        let folder = Folder::new();
        let old = [bead("a", 0, "旧的", "Old."), bead("b", 0, "别的", "Other.")];
        let new = [bead("a", 0, "新的", "New."), bead("a", 1, "新的二", "New, too.")];
        let (report, beads) = merge(&folder, &[&old, &new], Prefer::First);
        assert_eq!(beads, old);
        assert_eq!((report.read, report.written, report.superseded, report.pairs), (4, 2, 2, 2));
        let (_, beads) = merge(&folder, &[&old, &new], Prefer::Last);
        assert_eq!(beads, [old[1].clone(), new[0].clone(), new[1].clone()]);
    }

    #[test]
    fn one_pair_under_two_names_is_one() {
        let folder = Folder::new();
        let a = bead("a", 0, "一句", "One.");
        let mut again = a.clone();
        (again.pair, again.id) = ("other+names".to_owned(), "other+names#0".to_owned());
        let (report, beads) = merge(&folder, &[&[a.clone(), again]], Prefer::First);
        assert_eq!(beads, [a]);
        assert_eq!(report.superseded, 1);
    }

    #[test]
    fn two_pairs_of_one_name_get_two() {
        let folder = Folder::new();
        let a = [bead("a", 0, "一", "One."), bead("a", 1, "二", "Two.")];
        let mut b = a.clone();
        b.iter_mut().for_each(|r| r.en_url = "https://en.example/another".to_owned());
        let (report, beads) = merge(&folder, &[&a, &b], Prefer::First);
        assert_eq!((report.written, report.renamed), (4, 1));
        assert_eq!(beads[2].pair, format!("{}~2", a[0].pair));
        assert_eq!(beads[3].id, format!("{}~2#1", a[0].pair));
        assert!(merge(&folder, &[&[], &[]], Prefer::Last).1.is_empty());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        #[test]
        fn every_pair_is_there_once_and_merging_again_changes_nothing(
            rows in prop::collection::vec((0..3usize, 0..4u32, 0..3u32), 0..30), last in any::<bool>(),
        ) {
            let folder = Folder::new();
            let mut files = vec![Vec::new(); 3];
            for (n, (file, article, other)) in rows.iter().enumerate() {
                let mut record = bead(&article.to_string(), n as u32, "一", "One.");
                record.en_url = format!("https://en.example/{other}");
                files[*file].push(record);
            }
            let files: Vec<&[Record]> = files.iter().map(Vec::as_slice).collect();
            let prefer = if last { Prefer::Last } else { Prefer::First };
            let (report, beads) = merge(&folder, &files, prefer);
            prop_assert_eq!(report.written + report.superseded, rows.len() as u64);
            let mut articles: BTreeMap<&str, BTreeSet<_>> = BTreeMap::new();
            for record in &beads {
                let names = names(record);
                articles.entry(&record.pair).or_default().insert((names.zh, names.en));
            }
            prop_assert!(articles.values().all(|pairs| pairs.len() == 1), "a name for two pairs");
            prop_assert_eq!(articles.len() as u64, report.pairs);
            let all: BTreeSet<_> = files.concat().iter().map(|r| { let n = names(r); (n.zh, n.en) }).collect();
            prop_assert_eq!(all.len() as u64, report.pairs);
            let (again, same) = merge(&folder, &[&beads], prefer);
            prop_assert_eq!((again.renamed, again.superseded), (0, 0));
            prop_assert_eq!(same, beads);
        }
    }
}
