//! Drops what is there already: the same text, or nearly the same, in the same article or in another.
//!
//! The first of its kind stays, in the order of the input, and leads a cluster; what is dropped is like its leader, not merely
//! like something that is like it. Two texts are the same if their letters and digits are (NFKC, lower case), and nearly the
//! same if their MinHash signatures agree (see [`Index`]).

use super::article::hash128;
use super::dropped::{self, Place};
use super::lines::{Line, each, record};
use super::minhash::{Signature, VALUES};
use super::{Index, Output};
use crate::error::{Error, Result};
use crate::model::{Lang, Progress, Record, Sides};
use crate::text::key;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;
use std::path::PathBuf;

/// What counts as there twice.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// Which side must be the same.
    pub on: On,
    /// How much the same.
    pub method: Method,
    /// Texts are nearly the same if their signatures agree in this share of values, 0.6–1; that is about the share of
    /// shingles that they have in common.
    pub threshold: f64,
    /// So many Chinese characters in a row are a shingle.
    pub zh_shingle: usize,
    /// So many English letters and digits in a row are a shingle.
    pub en_shingle: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self { on: On::Both, method: Method::Near, threshold: 0.8, zh_shingle: 3, en_shingle: 5 }
    }
}

/// The sides that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum On {
    /// Both must be the same.
    Both,
    /// Either will do.
    Either,
    /// The Chinese one.
    Zh,
    /// The English one.
    En,
}

/// How much texts must be the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// In all letters and digits.
    Exact,
    /// In nearly all.
    Near,
}

impl Config {
    /// Proves that it makes sense.
    ///
    /// # Errors
    /// Names the setting that makes none, and what it may be.
    pub fn check(&self) -> Result<()> {
        check_threshold("corpus.dedup.threshold", self.threshold)?;
        check_shingles("corpus.dedup", self.zh_shingle, self.en_shingle)
    }
}

pub(super) fn check_threshold(name: &str, threshold: f64) -> Result<()> {
    if (0.6..=1.0).contains(&threshold) {
        return Ok(());
    }
    Err(Error::usage(format!("{name} = {threshold} is out of range")).remedy("give a number from 0.6 to 1"))
}

pub(super) fn check_shingles(name: &str, zh: usize, en: usize) -> Result<()> {
    match [("zh_shingle", zh), ("en_shingle", en)].iter().find(|(_, width)| !(1..=32).contains(width)) {
        Some((key, width)) => Err(Error::usage(format!("{name}.{key} = {width} is not 1 to 32"))),
        None => Ok(()),
    }
}

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// How many beads were read.
    pub read: u64,
    /// How many stay.
    pub kept: u64,
    /// How many are the same as one before.
    pub exact: u64,
    /// How many are nearly the same as one before.
    pub near: u64,
    /// How many stay because they have no text on a side that is compared.
    pub not_compared: u64,
    /// How many clusters of two and more there are.
    pub clusters: u64,
    /// How many clusters have so many beads.
    pub sizes: BTreeMap<u32, u64>,
    /// The largest clusters, at most twenty: the place of the bead that stays, and the size.
    pub largest: Vec<Cluster>,
    /// How many bytes of memory the indexes took in the end.
    pub index_bytes: u64,
}

/// Beads that are the same, or nearly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cluster {
    /// Its number, as the file of dropped beads has it.
    pub cluster: u32,
    /// The bead that stays.
    pub of: Place,
    /// How many beads it has, with the one that stays.
    pub size: u32,
}

/// Why a bead was dropped.
#[derive(Serialize)]
struct Why {
    rule: &'static str,
    on: &'static str,
    similarity: f64,
    cluster: u32,
    of: Place,
}

/// So many of the largest clusters are told.
const TOLD: usize = 20;

/// Writes the first of its kind to `kept`, byte for byte, and what is there already, with what it is like, to `dropped`.
///
/// Memory does not grow with the input but for the index: 8 bytes a bead that stays, 25 to 50 a text compared exactly, about
/// 300 a text compared nearly, 430 where both sides must agree, and up to a third more after a table has grown: 559 in all for
/// 190,000 beads and the usual settings ([`Report::index_bytes`] says it to the byte).
///
/// # Errors
/// Settings that make no sense, an input that cannot be read or holds something else than beads, an output that cannot be
/// written, more than four thousand million beads.
pub fn run(
    inputs: &[PathBuf],
    progress: &dyn Progress,
    config: &Config,
    kept: &mut Output<'_>,
    dropped: &mut Output<'_>,
) -> Result<Report> {
    config.check()?;
    let mut known = Known::new(config);
    let mut report = Report::default();
    let mut sizes: FxHashMap<u32, u32> = FxHashMap::default();
    each(
        inputs,
        progress,
        |line| record(line).map(|record| known_by(&record, config)),
        |line, asked| {
            report.read += 1;
            report.not_compared += u64::from(asked.is_empty());
            let Some(Like { rule, on, agreement, leader }) = known.find(&asked) else {
                known.insert(asked, line)?;
                report.kept += 1;
                return kept.line(&line.text);
            };
            *(if rule == "exact" { &mut report.exact } else { &mut report.near }) += 1;
            *sizes.entry(leader).or_insert(1) += 1;
            let similarity = agreement as f64 / VALUES as f64;
            let why = Why { rule, on, similarity, cluster: leader, of: known.place(leader, inputs) };
            dropped.line(&dropped::line(&why, &line.text))
        },
    )?;
    report.clusters = sizes.len() as u64;
    sizes.values().for_each(|&size| *report.sizes.entry(size).or_default() += 1);
    let mut largest: Vec<(u32, u32)> = sizes.into_iter().collect();
    largest.sort_unstable_by_key(|&(leader, size)| (std::cmp::Reverse(size), leader));
    let told = largest.into_iter().take(TOLD);
    report.largest =
        told.map(|(cluster, size)| Cluster { cluster, of: known.place(cluster, inputs), size }).collect();
    report.index_bytes = known.bytes() as u64;
    Ok(report)
}

/// A text that is compared, by its name, what it is made of, and its signatures.
struct Asked {
    on: &'static str,
    exact: u128,
    near: Option<(Signature, Option<Signature>)>,
}

/// What a bead is known by; nothing if there is no text to compare.
fn known_by(record: &Record, config: &Config) -> Vec<Asked> {
    let keys = keys(record);
    let signature = |lang: Lang| {
        let width = if lang == Lang::Zh { config.zh_shingle } else { config.en_shingle };
        Signature::of_key(keys.get(lang), width).filter(|_| config.method == Method::Near)
    };
    let one = |lang: Lang, on| {
        let key = keys.get(lang);
        (!key.is_empty()).then(|| Asked {
            on,
            exact: hash128(&[key]),
            near: signature(lang).map(|own| (own, None)),
        })
    };
    let (zh, en) = (|| one(Lang::Zh, "zh"), || one(Lang::En, "en"));
    match config.on {
        On::Zh => zh().into_iter().collect(),
        On::En => en().into_iter().collect(),
        On::Either => zh().into_iter().chain(en()).collect(),
        On::Both if keys.zh.is_empty() || keys.en.is_empty() => Vec::new(),
        On::Both => vec![Asked {
            on: "both",
            exact: hash128(&[&keys.zh, &keys.en]),
            near: signature(Lang::Zh).map(|own| (own, signature(Lang::En))),
        }],
    }
}

/// What is left of both sides when layout, width and punctuation do not count.
pub(super) fn keys(record: &Record) -> Sides<String> {
    Sides::new(key::alphanumeric(&record.zh.concat()), key::alphanumeric(&record.en.concat()))
}

/// A bead that stays and is like another.
struct Like {
    rule: &'static str,
    on: &'static str,
    agreement: usize,
    leader: u32,
}

/// What was compared, by its name: exactly, and nearly.
type Look = (&'static str, FxHashMap<[u32; 4], u32>, Index);

/// The beads that stay.
struct Known {
    /// File and line of each.
    places: Vec<(u32, u32)>,
    /// What was compared, by its name.
    looks: Vec<Look>,
}

impl Known {
    fn new(config: &Config) -> Self {
        let names: &[&str] = match config.on {
            On::Both => &["both"],
            On::Either => &["zh", "en"],
            On::Zh => &["zh"],
            On::En => &["en"],
        };
        let look = |&name: &&'static str| (name, FxHashMap::default(), Index::new(config.threshold));
        Self { places: Vec::new(), looks: names.iter().map(look).collect() }
    }

    /// The bead that a text is like: the same before nearly the same.
    fn find(&self, asked: &[Asked]) -> Option<Like> {
        let look = |asked: &Asked| self.looks.iter().find(|(name, ..)| *name == asked.on);
        let exact = asked.iter().find_map(|a| {
            let leader = *look(a)?.1.get(&quarters(a.exact))?;
            Some(Like { rule: "exact", on: a.on, agreement: VALUES, leader })
        });
        exact.or_else(|| {
            asked.iter().find_map(|a| {
                let (own, other) = a.near.as_ref()?;
                let found = look(a)?.2.find(own, other.as_ref())?;
                Some(Like { rule: "near", on: a.on, agreement: found.agreement, leader: found.tag })
            })
        })
    }

    fn insert(&mut self, asked: Vec<Asked>, line: &Line) -> Result<()> {
        let many = || {
            Error::input("is beyond what can be counted: 4,294,967,295 beads or lines")
                .remedy("deduplicate parts first")
        };
        if asked.is_empty() {
            return Ok(());
        }
        let number = u32::try_from(self.places.len()).map_err(|_| many())?;
        let file = u32::try_from(line.file).map_err(|_| many())?;
        self.places.push((file, u32::try_from(line.number).map_err(|_| many())?));
        for Asked { on, exact, near } in asked {
            let Some((_, same, index)) = self.looks.iter_mut().find(|(name, ..)| *name == on) else {
                continue;
            };
            if let Entry::Vacant(entry) = same.entry(quarters(exact)) {
                entry.insert(number);
            }
            if let Some((own, other)) = near {
                index.insert(own, other, number);
            }
        }
        Ok(())
    }

    fn place(&self, number: u32, inputs: &[PathBuf]) -> Place {
        let (file, line) = self.places.get(number as usize).copied().unwrap_or_default();
        let file = inputs.get(file as usize).map(|path| path.display().to_string()).unwrap_or_default();
        Place { file, line: u64::from(line) }
    }

    fn bytes(&self) -> usize {
        // A map of the standard library keeps a byte beside each entry, and is at most seven eighths full.
        let map =
            |map: &FxHashMap<[u32; 4], u32>| map.capacity() * 8 / 7 * (size_of::<([u32; 4], u32)>() + 1);
        let looks = self.looks.iter().map(|(_, same, index)| map(same) + index.bytes()).sum::<usize>();
        looks + self.places.capacity() * size_of::<(u32, u32)>()
    }
}

/// A number without the alignment that would cost a map twelve bytes an entry.
fn quarters(number: u128) -> [u32; 4] {
    [number as u32, (number >> 32) as u32, (number >> 64) as u32, (number >> 96) as u32]
}

#[cfg(test)]
mod tests;
