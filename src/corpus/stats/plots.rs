//! Plots for the page of statistics: places and lengths in hundredths of a plot, so that one drawing fits every screen.

use super::{Group, Histogram, UNKNOWN};
use std::collections::BTreeMap;
use std::fmt::Write;

/// So many columns a histogram has, or a few less.
const COLUMNS: u32 = 28;
/// The most months that are drawn: the last of all.
const MONTHS: usize = 240;
/// So many rows of what has no end are drawn; the rest is one row.
const ROWS: usize = 24;
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
}

impl Columns {
    /// A histogram; `None` if nothing was counted.
    pub fn histogram(scale: Scale, histogram: &Histogram) -> Option<Self> {
        let total = histogram.total();
        if total == 0 {
            return None;
        }
        let most = scale.end.unwrap_or_else(|| histogram.quantile(0.99) + 1);
        let width = round_up(u64::from(most.div_ceil(COLUMNS))).max(1) as u32;
        let end = most.div_ceil(width).max(1) * width;
        let mut bins: BTreeMap<u32, u64> = (0..end / width).map(|n| (n * width, 0)).collect();
        for (from, count) in histogram.bins(width) {
            *bins.entry(from.min(end - width)).or_default() += count;
        }
        let top = bins.values().copied().max().unwrap_or_default();
        let range = |from: u32| {
            let start = scale.number(from);
            match from {
                // What is more is counted in the last column, if there can be more.
                _ if from + width == end && scale.end.is_none() => format!("{start} and more"),
                _ if width == 1 && scale.decimals == 0 => start,
                _ if from + width == end => format!("{start}–{}", scale.number(end)),
                _ => format!("{start}–{}", scale.number(from + width - 1)),
            }
        };
        let across = f64::from(end);
        let label =
            |from: u32, count: u64| format!("{} {}: {} beads", range(from), scale.unit, thousands(count));
        let columns = bins.iter().map(|(&from, &count)| {
            Column::new(
                f64::from(from) / across,
                f64::from(width) / across,
                share(count, top),
                label(from, count),
            )
        });
        let step = round_up(u64::from(end).div_ceil(6)) as u32;
        let [p5, median, p95] = [0.05, 0.5, 0.95].map(|part| histogram.quantile(part));
        Some(Self {
            id: scale.id,
            title: scale.title,
            summary: format!(
                "{}: of {} beads, half have at most {}, nine in ten {} to {} {}",
                scale.title,
                thousands(total),
                scale.number(median),
                scale.number(p5),
                scale.number(p95),
                scale.unit
            ),
            columns: columns.collect(),
            x_marks: (0..=end / step)
                .map(|n| Mark::at(f64::from(n * step) / across, scale.number(n * step)))
                .collect(),
            y_marks: lines(top),
            median: Some(Mark::beside(
                f64::from(median) / across,
                format!("median {}", scale.number(median)),
            )),
            head: vec![scale.unit, "beads", "share"],
            rows: bins.iter().map(|(&from, &n)| vec![range(from), thousands(n), percent(n, total)]).collect(),
        })
    }

    /// Beads a month; `None` if no month is known.
    pub fn months(months: &BTreeMap<String, Group>) -> Option<Self> {
        let known: BTreeMap<u32, Group> =
            months.iter().filter_map(|(name, group)| Some((month_of(name)?, *group))).collect();
        let (&first, &last) = (known.first_key_value()?.0, known.last_key_value()?.0);
        // Months without a translation are drawn, too, unless somebody's clock was centuries off.
        let mut drawn: Vec<u32> = if (last - first) as usize <= MONTHS {
            (first..=last).collect()
        } else {
            known.keys().copied().collect()
        };
        drawn.drain(..drawn.len().saturating_sub(MONTHS));
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

/// A list of bars, one below the other, which is a table at the same time.
pub struct Bars {
    pub id: &'static str,
    pub title: &'static str,
    /// Heads of the columns: name, numbers; each with the class of the pieces that it counts, if there are several.
    pub head: Vec<(&'static str, &'static str)>,
    pub rows: Vec<Bar>,
}

/// A row: a name, a bar in pieces, and numbers.
pub struct Bar {
    pub name: String,
    pub pieces: Vec<Piece>,
    pub numbers: Vec<String>,
}

/// A piece of a bar: its class, where it begins and how long it is.
pub struct Piece {
    pub class: &'static str,
    pub start: String,
    pub length: String,
}

impl Bars {
    /// Beads by what they are, as they come; those of which there are none are left out.
    pub fn counts(
        id: &'static str,
        title: &'static str,
        what: &'static str,
        counts: &[(String, u64)],
    ) -> Self {
        let total = counts.iter().map(|(_, count)| count).sum();
        let top = counts.iter().map(|(_, count)| *count).max().unwrap_or_default();
        let row = |(name, count): &(String, u64)| Bar {
            name: name.clone(),
            pieces: pieces(&[("col", *count)], top),
            numbers: vec![thousands(*count), percent(*count, total)],
        };
        let rows = counts.iter().filter(|(_, count)| *count > 0).map(row).collect();
        Self { id, title, head: plain([what, "beads", "share"]), rows }
    }

    /// Pairs and beads by what they are of, the most beads first; what is not known comes last.
    pub fn groups(
        id: &'static str,
        title: &'static str,
        what: &'static str,
        groups: &BTreeMap<String, Group>,
    ) -> Self {
        let mut sorted: Vec<(&str, Group)> =
            groups.iter().map(|(name, group)| (name.as_str(), *group)).collect();
        sorted.sort_by_key(|(name, group)| (*name == UNKNOWN, std::cmp::Reverse(group.beads), *name));
        let rest = sorted.split_off(ROWS.min(sorted.len()));
        let others = format!("{} others", rest.len());
        if !rest.is_empty() {
            let sum = |number: fn(&Group) -> u64| rest.iter().map(|(_, group)| number(group)).sum();
            sorted.push((&others, Group { pairs: sum(|g| g.pairs), beads: sum(|g| g.beads) }));
        }
        let top = sorted.iter().map(|(_, group)| group.beads).max().unwrap_or_default();
        let row = |&(name, group): &(&str, Group)| Bar {
            name: name.to_owned(),
            pieces: pieces(&[("col", group.beads)], top),
            numbers: vec![thousands(group.pairs), thousands(group.beads)],
        };
        Self { id, title, head: plain([what, "pairs", "beads"]), rows: sorted.iter().map(row).collect() }
    }

    /// Findings by check, in pieces by severity, the gravest first.
    pub fn findings(findings: &BTreeMap<String, BTreeMap<&'static str, u64>>) -> Self {
        const PIECES: [(&str, &str); 4] =
            [("critical", "s3"), ("major", "s2"), ("minor", "s1"), ("info", "s0")];
        let mut sorted: Vec<(&String, [u64; 4])> = findings
            .iter()
            .map(|(check, counts)| {
                (check, PIECES.map(|(name, _)| counts.get(name).copied().unwrap_or_default()))
            })
            .collect();
        sorted.sort_by_key(|(check, counts)| (std::cmp::Reverse(counts.iter().sum::<u64>()), *check));
        let top = sorted.iter().map(|(_, counts)| counts.iter().sum()).max().unwrap_or_default();
        let row = |(check, counts): &(&String, [u64; 4])| Bar {
            name: (*check).clone(),
            pieces: pieces(
                &PIECES.iter().zip(counts).map(|((_, class), &n)| (*class, n)).collect::<Vec<_>>(),
                top,
            ),
            numbers: counts
                .iter()
                .map(|&count| if count == 0 { String::new() } else { thousands(count) })
                .collect(),
        };
        Self {
            id: "findings",
            title: "Findings by check and severity",
            head: std::iter::once(("check", "")).chain(PIECES).collect(),
            rows: sorted.iter().map(row).collect(),
        }
    }
}

fn plain<const N: usize>(heads: [&'static str; N]) -> Vec<(&'static str, &'static str)> {
    heads.map(|head| (head, "")).into()
}

/// The most frequent first; all behind the first few as one.
pub fn most<'n>(counts: impl Iterator<Item = (&'n String, &'n u64)>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.map(|(name, &count)| (name.clone(), count)).collect();
    counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let rest = counts.split_off(ROWS.min(counts.len()));
    if !rest.is_empty() {
        counts.push((format!("{} others", rest.len()), rest.iter().map(|(_, count)| count).sum()));
    }
    counts
}

/// Pieces one behind the other, those of no length left out.
fn pieces(parts: &[(&'static str, u64)], top: u64) -> Vec<Piece> {
    let mut at = 0;
    let mut pieces = Vec::new();
    for &(class, count) in parts.iter().filter(|(_, count)| *count > 0) {
        pieces.push(Piece {
            class,
            start: hundredths(share(at, top)),
            length: hundredths(share(count, top)),
        });
        at += count;
    }
    pieces
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

/// The next of 1, 2, 5, 10, 20, 50 and so on.
fn round_up(number: u64) -> u64 {
    let mut power: u64 = 1;
    loop {
        if let Some(round) =
            [1, 2, 5].map(|n| power.saturating_mul(n)).into_iter().find(|&round| round >= number)
        {
            return round;
        }
        power = power.saturating_mul(10);
    }
}

fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

fn hundredths(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// A share for people.
pub fn percent(part: u64, whole: u64) -> String {
    format!("{:.1} %", share(part, whole) * 100.0)
}

/// A number with commas.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
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
    let mut name = String::new();
    // Writing into a string cannot fail.
    let _ = write!(name, "{:04}-{:02}", month / 12, month % 12 + 1);
    name
}
