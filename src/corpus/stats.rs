//! What a corpus holds, in numbers. Memory grows with the number of articles, months, sites and translators, not with that of
//! beads.

#[cfg(feature = "report")]
mod bars;
#[cfg(feature = "report")]
mod columns;
#[cfg(feature = "report")]
mod page;
#[cfg(feature = "report")]
mod plots;

#[cfg(feature = "report")]
pub use page::html;

use super::article::{hash, names};
use super::lines::{each, record};
use super::rules::{chars, words};
use crate::error::Result;
use crate::model::{Progress, Record, Relation};
use crate::text::{han, url};
use rustc_hash::FxHashSet;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// A corpus in numbers.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stats {
    /// Files read.
    pub files: usize,
    /// Beads.
    pub beads: u64,
    /// Pairs of articles.
    pub pairs: u64,
    /// Different Chinese articles.
    pub zh_articles: u64,
    /// Different English ones.
    pub en_articles: u64,
    /// Sentences of the Chinese sides, and what is in them.
    pub zh: SideStats,
    /// Sentences of the English sides, and what is in them; what repeats translate counts again.
    pub en: SideStats,
    /// Beads by relation.
    pub relations: BTreeMap<&'static str, u64>,
    /// Beads by shape: `1:2` is one Chinese sentence with two English ones.
    pub shapes: BTreeMap<String, u64>,
    /// Lengths of Chinese sides, in characters.
    pub zh_chars: Histogram,
    /// Lengths of English sides, in words.
    pub en_words: Histogram,
    /// Characters a word, in hundredths, of beads that have both sides.
    pub ratio: Histogram,
    /// Confidence, in hundredths.
    pub confidence: Histogram,
    /// Beads with a finding.
    pub with_findings: u64,
    /// Findings by check and severity.
    pub findings: BTreeMap<String, BTreeMap<&'static str, u64>>,
    /// Pairs and beads by the month in which the translation was published, `YYYY-MM`; `unknown` for the rest.
    pub months: BTreeMap<String, Group>,
    /// Pairs and beads by the host of the translation; `unknown` for the rest.
    pub sites: BTreeMap<String, Group>,
    /// Pairs and beads by the translator; `unknown` for the rest.
    pub translators: BTreeMap<String, Group>,
}

/// One side in numbers.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SideStats {
    /// Sentences.
    pub sentences: u64,
    /// Characters that are no blanks.
    pub chars: u64,
    /// Han characters.
    pub han: u64,
    /// Words between blanks, with a letter or digit.
    pub words: u64,
}

/// A part of a corpus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Pairs of articles.
    pub pairs: u64,
    /// Beads.
    pub beads: u64,
}

/// How often numbers occur, exactly up to [`Histogram::MOST`]; what is more counts as that.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Histogram(BTreeMap<u32, u64>);

impl Histogram {
    /// The largest number that is told from larger ones.
    pub const MOST: u32 = 10_000;

    /// Counts a number.
    pub fn add(&mut self, number: usize) {
        let number = u32::try_from(number).unwrap_or(u32::MAX).min(Self::MOST);
        *self.0.entry(number).or_default() += 1;
    }

    /// How many were counted.
    pub fn total(&self) -> u64 {
        self.0.values().sum()
    }

    /// The number under which, or at which, this share of all lies; 0 if there are none.
    pub fn quantile(&self, share: f64) -> u32 {
        let rank = (share * self.total() as f64).ceil().max(1.0) as u64;
        let mut seen = 0;
        let reached = self.0.iter().find(|(_, count)| {
            seen += *count;
            seen >= rank
        });
        reached.map_or(0, |(&number, _)| number)
    }

    /// Counts in steps of this width: where each begins, and how many are in it; without those that are empty.
    pub fn bins(&self, width: u32) -> BTreeMap<u32, u64> {
        let mut bins = BTreeMap::new();
        for (&number, &count) in &self.0 {
            *bins.entry(number / width.max(1) * width.max(1)).or_default() += count;
        }
        bins
    }
}

impl Serialize for Histogram {
    /// Quantiles, and counts by number.
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Told<'h> {
            total: u64,
            p5: u32,
            median: u32,
            p95: u32,
            max: u32,
            counts: &'h BTreeMap<u32, u64>,
        }
        let max = self.0.last_key_value().map_or(0, |(&number, _)| number);
        let [p5, median, p95] = [0.05, 0.5, 0.95].map(|share| self.quantile(share));
        Told { total: self.total(), p5, median, p95, max, counts: &self.0 }.serialize(serializer)
    }
}

/// What a group is called of which nothing is known.
const UNKNOWN: &str = "unknown";

/// Counts what these files hold.
///
/// # Errors
/// An input that cannot be read, or holds something else than beads.
pub fn run(inputs: &[PathBuf], progress: &dyn Progress) -> Result<Stats> {
    let mut stats = Stats { files: inputs.len(), ..Stats::default() };
    for relation in Relation::ALL {
        stats.relations.insert(relation.name(), 0);
    }
    let mut seen = Articles::default();
    each(
        inputs,
        progress,
        |line| record(line).map(Looked::of),
        |_, looked| {
            stats.add(looked, &mut seen);
            Ok(())
        },
    )?;
    Ok(stats)
}

/// The articles that were counted.
#[derive(Default)]
struct Articles {
    zh: FxHashSet<u64>,
    en: FxHashSet<u64>,
    pairs: FxHashSet<u64>,
}

/// What is counted of a bead.
struct Looked {
    record: Record,
    zh: SideStats,
    en: SideStats,
    articles: [u64; 3],
    month: String,
    site: String,
    translator: String,
}

impl Looked {
    fn of(record: Record) -> Self {
        let names = names(&record);
        let month = record.zh_published.as_deref().and_then(|date| date.get(..7)).unwrap_or(UNKNOWN);
        let address = record.zh_url.as_deref().and_then(url::canonical);
        let site = address.as_deref().and_then(|address| address.split('/').next()).unwrap_or(UNKNOWN);
        let translator = record.translator.as_deref().map(str::trim).filter(|name| !name.is_empty());
        let translator = translator.unwrap_or(UNKNOWN);
        Self {
            zh: side(&record.zh),
            en: side(&record.en),
            articles: [
                hash(&["zh", &names.zh]),
                hash(&["en", &names.en]),
                hash(&["pair", &names.zh, &names.en]),
            ],
            month: month.to_owned(),
            site: site.to_owned(),
            translator: translator.to_owned(),
            record,
        }
    }
}

fn side(sentences: &[String]) -> SideStats {
    let sum = |count: fn(&str) -> usize| sentences.iter().map(|s| count(s) as u64).sum();
    SideStats {
        sentences: sentences.len() as u64,
        chars: sum(chars),
        han: sum(|s| s.chars().filter(|&c| han::is_han(c)).count()),
        words: sum(words),
    }
}

impl SideStats {
    fn add(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.chars += other.chars;
        self.han += other.han;
        self.words += other.words;
    }
}

impl Stats {
    fn add(&mut self, looked: Looked, seen: &mut Articles) {
        let Looked { record, zh, en, articles, month, site, translator } = looked;
        let [zh_article, en_article, pair] = articles;
        self.beads += 1;
        self.zh.add(zh);
        self.en.add(en);
        self.zh_articles += u64::from(seen.zh.insert(zh_article));
        self.en_articles += u64::from(seen.en.insert(en_article));
        let is_new = u64::from(seen.pairs.insert(pair));
        self.pairs += is_new;
        let groups =
            [(&mut self.months, month), (&mut self.sites, site), (&mut self.translators, translator)];
        for (groups, name) in groups {
            let group = groups.entry(name).or_default();
            group.pairs += is_new;
            group.beads += 1;
        }
        *self.relations.entry(record.relation.name()).or_default() += 1;
        *self.shapes.entry(format!("{}:{}", zh.sentences, en.sentences)).or_default() += 1;
        if zh.sentences > 0 {
            self.zh_chars.add(zh.chars as usize);
        }
        if en.sentences > 0 {
            self.en_words.add(en.words as usize);
        }
        if zh.sentences > 0 && en.words > 0 {
            self.ratio.add((zh.chars * 100 / en.words) as usize);
        }
        self.confidence.add((record.confidence.clamp(0.0, 1.0) * 100.0).round() as usize);
        self.with_findings += u64::from(!record.findings.is_empty());
        for finding in record.findings {
            let severities = self.findings.entry(finding.check).or_default();
            *severities.entry(finding.severity.name()).or_default() += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Folder, record as bead, text};
    use super::*;
    use crate::model::Silent;
    use proptest::prelude::*;

    #[test]
    fn articles_are_counted_once_and_beads_each() {
        let folder = Folder::new();
        let mut other = bead("b", 0, "微软 Office 更新", "Office update");
        other.zh_published = None;
        other.zh_url = None;
        other.translator = Some(" ".to_owned());
        let a =
            folder.put("a", &text(&[bead("a", 0, "一句话。", "A sentence."), bead("a", 1, "", "Left out.")]));
        let b = folder.put("b", &text(&[bead("a", 2, "又一句。", "Another."), other]));
        let stats = run(&[a, b], &Silent).unwrap();
        assert_eq!((stats.files, stats.beads, stats.pairs), (2, 4, 2));
        assert_eq!((stats.zh_articles, stats.en_articles), (2, 2));
        assert_eq!(stats.relations["translation"], 3);
        assert_eq!(stats.relations["moved"], 0);
        assert_eq!(stats.shapes, BTreeMap::from([("1:1".to_owned(), 3), ("0:1".to_owned(), 1)]));
        assert_eq!(stats.zh, SideStats { sentences: 3, chars: 4 + 4 + 10, han: 3 + 3 + 4, words: 1 + 1 + 3 });
        assert_eq!(stats.months["2031-05"], Group { pairs: 1, beads: 3 });
        assert_eq!(stats.months["unknown"], Group { pairs: 1, beads: 1 });
        assert_eq!(stats.sites["zh.example"], Group { pairs: 1, beads: 3 });
        assert_eq!(stats.translators["山猫"], Group { pairs: 1, beads: 3 });
        assert_eq!(stats.translators["unknown"], Group { pairs: 1, beads: 1 });
        assert_eq!(stats.zh_chars.quantile(0.5), 4);
        let json = serde_json::to_value(&stats).unwrap();
        assert_eq!(json["en_words"]["total"], 4);
    }

    #[test]
    fn quantiles_and_bins_are_those_of_the_numbers() {
        let mut histogram = Histogram::default();
        assert_eq!((histogram.quantile(0.5), histogram.total()), (0, 0));
        (1..=100).for_each(|n| histogram.add(n));
        histogram.add(usize::MAX);
        assert_eq!([0.0, 0.5, 0.95, 1.0].map(|s| histogram.quantile(s)), [1, 51, 96, Histogram::MOST]);
        assert_eq!(
            histogram.bins(50).into_iter().collect::<Vec<_>>(),
            [(0, 49), (50, 50), (100, 1), (10_000, 1)]
        );
        assert_eq!(histogram.bins(0).values().sum::<u64>(), 101);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn any_text_is_counted_and_one_file_or_two_are_the_same(
            texts in prop::collection::vec((any::<String>(), any::<String>()), 0..20), cut in 0usize..20,
        ) {
            let folder = Folder::new();
            let beads: Vec<_> =
                texts.iter().enumerate().map(|(n, (zh, en))| bead(&format!("{}", n % 3), n as u32, zh, en)).collect();
            let whole = run(&[folder.put("whole", &text(&beads))], &Silent).unwrap();
            let (a, b) = beads.split_at(cut.min(beads.len()));
            let parts = run(&[folder.put("a", &text(a)), folder.put("b", &text(b))], &Silent).unwrap();
            prop_assert_eq!(Stats { files: 2, ..whole }, parts);
        }
    }
}
