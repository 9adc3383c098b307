//! Lists of bars for the page of statistics, which are tables at the same time.

use super::plots::{hundredths, percent, share, thousands};
use super::{Group, UNKNOWN};
use std::collections::BTreeMap;

/// So many rows of what has no end are drawn; the rest is one row.
const ROWS: usize = 24;

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
pub fn most<'n, N: ToString + 'n>(counts: impl Iterator<Item = (&'n N, &'n u64)>) -> Vec<(String, u64)> {
    let mut counts: Vec<(String, u64)> = counts.map(|(name, &count)| (name.to_string(), count)).collect();
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
