//! Columns side by side, for the page of statistics: histograms and months.

use super::plots::{hundredths, percent, round_up, share, thousands};
use super::{Group, Histogram};
use std::collections::BTreeMap;

/// So many columns a histogram has, or a few less.
const COLUMNS: u32 = 28;
/// The most months that are drawn: the last of all.
const MONTHS: usize = 240;
/// So many lines stand across a plot, or a few less.
const LINES: u64 = 5;
/// The most labels below a plot of months: more do not fit a telephone.
const LABELS: usize = 5;

/// Columns side by side: how often numbers, or months, occur.
pub struct Columns {
    /// What the plot is called in its own page.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// The plot in a sentence, for those who do not see it.
    pub summary: String,
    /// The columns.
    pub columns: Vec<Column>,
    /// Labels below the plot.
    pub x_marks: Vec<Mark>,
    /// Lines across it, with their labels.
    pub y_marks: Vec<Mark>,
    /// Where half of all is reached.
    pub median: Option<Mark>,
    /// The table behind the plot: heads, and rows.
    pub head: Vec<&'static str>,
    /// See there.
    pub rows: Vec<Vec<String>>,
}

/// A column: where it is, how large, and what it says.
pub struct Column {
    pub x: String,
    pub width: String,
    pub y: String,
    pub height: String,
    pub label: String,
}

/// A label at a place.
pub struct Mark {
    pub at: String,
    pub label: String,
    /// On which side of the place it stands: `start`, `middle` or `end`.
    pub anchor: &'static str,
}

/// What a histogram is of.
#[derive(Clone, Copy)]
pub struct Scale {
    pub id: &'static str,
    pub title: &'static str,
    /// What one is, e.g. `characters`.
    pub unit: &'static str,
    /// How many decimals a number has.
    pub decimals: usize,
    /// Where the plot ends; by default where nearly all is.
    pub end: Option<u32>,
}

impl Scale {
    fn number(self, number: u32) -> String {
        format!("{:.*}", self.decimals, f64::from(number) / 10_f64.powi(self.decimals as i32))
    }

    /// What a column from here on counts.
    fn range(self, from: u32, width: u32, end: u32) -> String {
        let start = self.number(from);
        let is_last = from + width == end;
        match self.end {
            // What is more is counted in the last column, if there can be more.
            None if is_last => format!("{start} and more"),
            _ if is_last => format!("{start}–{}", self.number(end)),
            _ if width == 1 => start,
            _ => format!("{start}–{}", self.number(from + width - 1)),
        }
    }

    fn summary(self, histogram: &Histogram) -> String {
        let [p5, median, p95] = [0.05, 0.5, 0.95].map(|part| self.number(histogram.quantile(part)));
        let (title, unit, total) = (self.title, self.unit, thousands(histogram.total()));
        format!("{title}: of {total} beads, half have at most {median}, nine in ten {p5} to {p95} {unit}")
    }
}

/// A histogram in as many steps as there are columns.
struct Bins {
    width: u32,
    end: u32,
    counts: BTreeMap<u32, u64>,
}

impl Bins {
    fn new(scale: Scale, histogram: &Histogram) -> Self {
        let most = scale.end.unwrap_or_else(|| histogram.quantile(0.99) + 1);
        let width = round_up(u64::from(most.div_ceil(COLUMNS))).max(1) as u32;
        let end = most.div_ceil(width).max(1) * width;
        let mut counts: BTreeMap<u32, u64> = (0..end / width).map(|n| (n * width, 0)).collect();
        for (from, count) in histogram.bins(width) {
            *counts.entry(from.min(end - width)).or_default() += count;
        }
        Self { width, end, counts }
    }
}

impl Columns {
    /// A histogram; `None` if nothing was counted.
    pub fn histogram(scale: Scale, histogram: &Histogram) -> Option<Self> {
        let total = histogram.total();
        if total == 0 {
            return None;
        }
        let Bins { width, end, counts } = Bins::new(scale, histogram);
        let top = counts.values().copied().max().unwrap_or_default();
        let across = f64::from(end);
        let at = |number: u32| f64::from(number) / across;
        let range = |from: u32| scale.range(from, width, end);
        let columns = counts.iter().map(|(&from, &count)| {
            let label = format!("{} {}: {} beads", range(from), scale.unit, thousands(count));
            Column::new(at(from), at(width), share(count, top), label)
        });
        let step = round_up(u64::from(end).div_ceil(6)) as u32;
        let median = histogram.quantile(0.5);
        Some(Self {
            id: scale.id,
            title: scale.title,
            summary: scale.summary(histogram),
            columns: columns.collect(),
            x_marks: (0..=end / step).map(|n| Mark::at(at(n * step), scale.number(n * step))).collect(),
            y_marks: lines(top),
            median: Some(Mark::beside(at(median), format!("median {}", scale.number(median)))),
            head: vec![scale.unit, "beads", "share"],
            rows: counts
                .iter()
                .map(|(&from, &n)| vec![range(from), thousands(n), percent(n, total)])
                .collect(),
        })
    }

    /// Beads a month; `None` if no month is known.
    pub fn months(months: &BTreeMap<String, Group>) -> Option<Self> {
        let known: BTreeMap<u32, Group> =
            months.iter().filter_map(|(name, group)| Some((month_of(name)?, *group))).collect();
        let (&first, &last) = (known.first_key_value()?.0, known.last_key_value()?.0);
        let drawn = drawn(&known, first, last);
        let beads = |month: u32| known.get(&month).map_or(0, |group| group.beads);
        let top = drawn.iter().map(|&month| beads(month)).max().unwrap_or_default();
        let width = 1.0 / drawn.len().max(1) as f64;
        let label = |month: u32| format!("{}: {} beads", month_name(month), thousands(beads(month)));
        let columns = drawn
            .iter()
            .enumerate()
            .map(|(n, &month)| Column::new(n as f64 * width, width, share(beads(month), top), label(month)));
        let every = drawn.len().div_ceil(LABELS).max(1);
        let marks = drawn.iter().enumerate().skip(every / 2).step_by(every);
        let row = |(name, group): (&String, &Group)| {
            vec![name.clone(), thousands(group.pairs), thousands(group.beads)]
        };
        Some(Self {
            id: "months",
            title: "By month of publication",
            summary: format!(
                "Beads by month of publication, {} to {}; at most {} a month",
                month_name(first),
                month_name(last),
                thousands(top)
            ),
            columns: columns.collect(),
            x_marks: marks.map(|(n, &month)| Mark::at((n as f64 + 0.5) * width, month_name(month))).collect(),
            y_marks: lines(top),
            median: None,
            head: vec!["month", "pairs", "beads"],
            rows: months.iter().map(row).collect(),
        })
    }
}

impl Column {
    fn new(x: f64, width: f64, height: f64, label: String) -> Self {
        Self {
            x: hundredths(x),
            width: hundredths(width),
            y: hundredths(1.0 - height),
            height: hundredths(height),
            label,
        }
    }
}

impl Mark {
    /// A label below its place, which stays within the plot.
    fn at(place: f64, label: String) -> Self {
        let anchor = match place {
            _ if place < 0.03 => "start",
            _ if place > 0.96 => "end",
            _ => "middle",
        };
        Self { at: hundredths(place), label, anchor }
    }

    /// A label beside its place, on the side where there is more room.
    fn beside(place: f64, label: String) -> Self {
        let place = place.min(1.0);
        Self { at: hundredths(place), label, anchor: if place > 0.6 { "end" } else { "start" } }
    }
}

/// Lines across a plot whose highest column is `top` high.
fn lines(top: u64) -> Vec<Mark> {
    let step = round_up(top.div_ceil(LINES)).max(1);
    let mark = |n: u64| Mark {
        at: hundredths(1.0 - share(n * step, top)),
        label: thousands(n * step),
        anchor: "start",
    };
    (1..=top / step).map(mark).collect()
}

/// The months to draw.
fn drawn(known: &BTreeMap<u32, Group>, first: u32, last: u32) -> Vec<u32> {
    // Months without a translation are drawn, too, unless somebody's clock was centuries off.
    let is_near = (last - first) as usize <= MONTHS;
    let mut drawn: Vec<u32> =
        if is_near { (first..=last).collect() } else { known.keys().copied().collect() };
    drawn.drain(..drawn.len().saturating_sub(MONTHS));
    drawn
}

/// Months since the year 0, of `YYYY-MM`.
fn month_of(name: &str) -> Option<u32> {
    let (year, month) = name.split_once('-')?;
    let is_plain = |text: &str, length| text.len() == length && text.bytes().all(|b| b.is_ascii_digit());
    if !is_plain(year, 4) || !is_plain(month, 2) {
        return None;
    }
    let (year, month): (u32, u32) = (year.parse().ok()?, month.parse().ok()?);
    (1..=12).contains(&month).then(|| year * 12 + month - 1)
}

fn month_name(month: u32) -> String {
    format!("{:04}-{:02}", month / 12, month % 12 + 1)
}
