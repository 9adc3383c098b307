//! Parts a corpus into what is learned from (train), tuned on (dev) and tested on (test).
//!
//! Where an article goes is settled by its original alone, by a hash of its address or by its date: so translations of one
//! original go together, and articles that come later move none that were there. What would then stand on two sides, the
//! same article or nearly the same sentence, is withheld from the side that matters less: from train for dev and test, from
//! dev for test. So the test set never shrinks, and nobody is tested on what was learned.

use super::article::{hash, names};
use super::dedup::{check_shingles, check_threshold, keys};
use super::dropped;
use super::lines::{Line, check_rereadable, each, record};
use super::minhash::{Signature, VALUES};
use super::{Index, Output};
use crate::error::{Error, Result};
use crate::model::{Progress, Record, Sides};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// What goes where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// What decides.
    pub by: By,
    /// By hash: another number, another split.
    pub seed: u64,
    /// By hash: the share of articles in dev, 0–1.
    pub dev: f64,
    /// By hash: the share of articles in test, 0–1.
    pub test: f64,
    /// By date: originals of this day, `YYYY-MM-DD`, or later are in dev; empty for none.
    pub dev_from: String,
    /// By date: originals of this day or later are in test; empty for none.
    pub test_from: String,
    /// Texts are nearly the same if their signatures agree in this share of values, 0.6–1.
    pub threshold: f64,
    /// So many Chinese characters in a row are a shingle.
    pub zh_shingle: usize,
    /// So many English letters and digits in a row are a shingle.
    pub en_shingle: usize,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            by: By::Hash,
            seed: 1,
            dev: 0.05,
            test: 0.05,
            dev_from: String::new(),
            test_from: String::new(),
            threshold: 0.8,
            zh_shingle: 3,
            en_shingle: 5,
        }
    }
}

/// What decides where an article goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A hash of the original's address.
    Hash,
    /// The day on which the original was published, else the translation; without either, it is learned from.
    Date,
}

/// A part of a corpus; the later matters more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// What is learned from.
    Train,
    /// What is tuned on.
    Dev,
    /// What is tested on.
    Test,
}

impl Part {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Train, Self::Dev, Self::Test];

    /// Its name, and that of its file.
    pub fn name(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Dev => "dev",
            Self::Test => "test",
        }
    }
}

impl Config {
    /// Proves that it makes sense.
    ///
    /// # Errors
    /// Names the setting that makes none, and what it may be.
    pub fn check(&self) -> Result<()> {
        check_threshold("corpus.split.threshold", self.threshold)?;
        check_shingles("corpus.split", self.zh_shingle, self.en_shingle)?;
        let shares = [self.dev, self.test, self.dev + self.test];
        if !shares.iter().all(|share| (0.0..=1.0).contains(share)) {
            return Err(Error::usage(format!(
                "corpus.split.dev = {} and test = {} are no shares of a whole",
                self.dev, self.test
            ))
            .remedy("give two numbers from 0 to 1 that do not exceed 1 together"));
        }
        for (name, date) in [("dev_from", &self.dev_from), ("test_from", &self.test_from)] {
            let is_date = date.parse::<jiff::civil::Date>().is_ok_and(|parsed| parsed.to_string() == *date);
            if !date.is_empty() && !is_date {
                return Err(Error::usage(format!("corpus.split.{name} = {date:?} is no date"))
                    .remedy("give it as YYYY-MM-DD"));
            }
        }
        if self.by == By::Date && !self.test_from.is_empty() && self.dev_from >= self.test_from {
            return Err(Error::usage(format!(
                "corpus.split.dev_from = {:?} is not before test_from = {:?}",
                self.dev_from, self.test_from
            ))
            .remedy("dev lies between both: give a day before the test set's, or none"));
        }
        let dates = [&self.dev_from, &self.test_from];
        if self.by == By::Date && dates.iter().all(|date| date.is_empty()) {
            return Err(Error::usage("a split by date needs a date")
                .remedy("give --test-from, and --dev-from for a dev set before it"));
        }
        Ok(())
    }

    /// Where an article goes, whatever else there is.
    pub fn part(&self, record: &Record) -> Part {
        match self.by {
            By::Hash => self.by_hash(&names(record).en),
            By::Date => self.by_date(record),
        }
    }

    fn by_hash(&self, name: &str) -> Part {
        // 53 bits: as many as a double holds.
        let place = (hash(&[&self.seed.to_string(), name]) >> 11) as f64 / (1u64 << 53) as f64;
        if place < self.test {
            Part::Test
        } else if place < self.test + self.dev {
            Part::Dev
        } else {
            Part::Train
        }
    }

    fn by_date(&self, record: &Record) -> Part {
        let date = record.en_published.as_ref().or(record.zh_published.as_ref());
        let is_since = |from: &str| !from.is_empty() && date.is_some_and(|date| date.as_str() >= from);
        if is_since(&self.test_from) {
            Part::Test
        } else if is_since(&self.dev_from) {
            Part::Dev
        } else {
            Part::Train
        }
    }
}

/// Where the parts go.
pub struct Outputs<'w> {
    /// What is learned from.
    pub train: Output<'w>,
    /// What is tuned on.
    pub dev: Output<'w>,
    /// What is tested on.
    pub test: Output<'w>,
    /// What stands on a side that matters more, with the reason.
    pub withheld: Output<'w>,
}

impl<'w> Outputs<'w> {
    fn of(&mut self, part: Part) -> &mut Output<'w> {
        match part {
            Part::Train => &mut self.train,
            Part::Dev => &mut self.dev,
            Part::Test => &mut self.test,
        }
    }

    /// Puts all files into their places.
    ///
    /// # Errors
    /// If one cannot be written.
    pub fn finish(self) -> Result<()> {
        for output in [self.train, self.dev, self.test, self.withheld] {
            output.finish()?;
        }
        Ok(())
    }
}

/// What went where.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    /// How many beads were read.
    pub read: u64,
    /// How many beads are in train.
    pub train: Counts,
    /// How many beads are in dev.
    pub dev: Counts,
    /// How many beads are in test.
    pub test: Counts,
    /// How many bytes of memory the indexes took.
    pub index_bytes: u64,
}

/// A part in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Originals that belong to it.
    pub articles: u64,
    /// Beads in its file.
    pub beads: u64,
    /// Beads withheld, because one of their articles stands on a side that matters more.
    pub same_article: u64,
    /// Beads withheld, because a text nearly the same stands on a side that matters more.
    pub near_duplicate: u64,
}

impl Report {
    /// A part in numbers.
    pub fn of(&mut self, part: Part) -> &mut Counts {
        match part {
            Part::Train => &mut self.train,
            Part::Dev => &mut self.dev,
            Part::Test => &mut self.test,
        }
    }
}

/// Why a bead was withheld.
#[derive(Serialize)]
struct Why {
    rule: &'static str,
    part: Part,
    stands_in: Part,
    #[serde(skip_serializing_if = "Option::is_none")]
    similarity: Option<f64>,
}

/// What was read of a bead.
struct Seen {
    part: Part,
    articles: Sides<u64>,
    signatures: Sides<Option<Signature>>,
}

impl Seen {
    /// A part whose texts are not asked for needs no signatures.
    fn of(record: &Record, config: &Config, is_asked: impl Fn(Part) -> bool) -> Self {
        let (names, part) = (names(record), config.part(record));
        let keys = if is_asked(part) { keys(record) } else { Sides::default() };
        Self {
            part,
            articles: Sides::new(hash(&["zh", &names.zh]), hash(&["en", &names.en])),
            signatures: Sides::new(
                Signature::of_key(&keys.zh, config.zh_shingle),
                Signature::of_key(&keys.en, config.en_shingle),
            ),
        }
    }
}

/// Parts the inputs, which are read twice. Lines stay as they are, byte for byte.
///
/// Memory does not grow with the input but for two numbers an article, and about 600 bytes a bead of dev and test.
///
/// # Errors
/// Settings that make no sense, an input that cannot be read twice or holds something else than beads, an output that cannot
/// be written.
pub fn run(
    inputs: &[PathBuf],
    progress: &dyn Progress,
    config: &Config,
    outputs: &mut Outputs<'_>,
) -> Result<Report> {
    config.check()?;
    check_rereadable(inputs)?;
    let mut guarded = Guarded::new(config.threshold);
    // What is tested and tuned on is known first, then all else is compared with it.
    let look = |line: &Line| record(line).map(|record| Seen::of(&record, config, |part| part > Part::Train));
    each(inputs, progress, look, |_, seen| {
        guarded.add(&seen);
        Ok(())
    })?;
    let mut report = Report { index_bytes: guarded.bytes() as u64, ..Report::default() };
    let mut written: FxHashSet<u64> = FxHashSet::default();
    let look = |line: &Line| record(line).map(|record| Seen::of(&record, config, |part| part < Part::Test));
    each(inputs, progress, look, |line, seen| {
        report.read += 1;
        let counts = report.of(seen.part);
        let Some(why) = guarded.objection(&seen) else {
            counts.beads += 1;
            counts.articles += u64::from(written.insert(seen.articles.en));
            return outputs.of(seen.part).line(&line.text);
        };
        let is_article = why.similarity.is_none();
        *(if is_article { &mut counts.same_article } else { &mut counts.near_duplicate }) += 1;
        outputs.withheld.line(&dropped::line(&why, &line.text))
    })?;
    Ok(report)
}

/// What must stand on one side only.
struct Guarded {
    /// The part that matters most of those in which an article stands.
    originals: FxHashMap<u64, Part>,
    translations: FxHashMap<u64, Part>,
    /// The texts of test and dev.
    texts: [(Part, Sides<Index>); 2],
}

impl Guarded {
    fn new(threshold: f64) -> Self {
        let indexes = || Sides::new(Index::new(threshold), Index::new(threshold));
        Self {
            originals: FxHashMap::default(),
            translations: FxHashMap::default(),
            texts: [(Part::Test, indexes()), (Part::Dev, indexes())],
        }
    }

    fn add(&mut self, seen: &Seen) {
        for (articles, name) in
            [(&mut self.originals, seen.articles.en), (&mut self.translations, seen.articles.zh)]
        {
            let part = articles.entry(name).or_insert(seen.part);
            *part = seen.part.max(*part);
        }
        for (_, indexes) in self.texts.iter_mut().filter(|(part, _)| *part == seen.part) {
            for (index, signature) in
                [(&mut indexes.zh, seen.signatures.zh), (&mut indexes.en, seen.signatures.en)]
            {
                let Some(signature) = signature else { continue };
                // What is like the one is like the other, too, if they have one signature.
                if index.find(&signature, None).is_none_or(|found| found.agreement < VALUES) {
                    index.insert(signature, None, 0);
                }
            }
        }
    }

    /// Why a bead must not stand in its part.
    fn objection(&self, seen: &Seen) -> Option<Why> {
        let of = |articles: &FxHashMap<u64, Part>, name: u64| articles.get(&name).copied();
        let article = of(&self.originals, seen.articles.en).max(of(&self.translations, seen.articles.zh));
        if let Some(stands_in) = article.filter(|&part| part > seen.part) {
            return Some(Why { rule: "same-article", part: seen.part, stands_in, similarity: None });
        }
        let mut heavier = self.texts.iter().filter(|(part, _)| *part > seen.part);
        heavier.find_map(|(part, indexes)| {
            let zh = seen.signatures.zh.and_then(|s| indexes.zh.find(&s, None));
            let en = || seen.signatures.en.and_then(|s| indexes.en.find(&s, None));
            let found = zh.or_else(en)?;
            let similarity = Some(found.agreement as f64 / VALUES as f64);
            Some(Why { rule: "near-duplicate", part: seen.part, stands_in: *part, similarity })
        })
    }

    fn bytes(&self) -> usize {
        let map = |map: &FxHashMap<u64, Part>| map.capacity() * 8 / 7 * (size_of::<(u64, Part)>() + 1);
        let texts = self.texts.iter().map(|(_, sides)| sides.zh.bytes() + sides.en.bytes());
        map(&self.originals) + map(&self.translations) + texts.sum::<usize>()
    }
}

#[cfg(test)]
mod tests;
