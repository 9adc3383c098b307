//! Plots, as paths for SVG: what is counted elsewhere is only drawn here.

use super::Place;
use crate::model::{Aspect, Assessment, Bitext, Counts, Relation, Severity};
use std::collections::BTreeMap;
use std::fmt::Write;

/// A stretch of a bar: its class, where it begins and how long it is, in hundredths of the whole.
pub struct Stretch {
    pub class: String,
    pub start: String,
    pub length: String,
}

/// Stretches one behind the other, those of no length left out.
fn stretches(parts: impl IntoIterator<Item = (String, f64)>) -> Vec<Stretch> {
    let mut at = 0.0_f64;
    let mut bar = Vec::new();
    for (class, length) in parts {
        let length = length.min(100.0 - at).max(0.0);
        if length > 0.005 {
            bar.push(Stretch { class, start: format!("{at:.2}"), length: format!("{length:.2}") });
        }
        at += length;
    }
    bar
}

/// What is left of 100, and what took the rest.
pub fn fidelity(assessment: &Assessment) -> Vec<Stretch> {
    let lost = Aspect::ALL.iter().filter(|&&aspect| aspect != Aspect::Form);
    let lost = lost.map(|&aspect| (format!("a{}", aspect as usize), assessment.lost(aspect)));
    stretches(std::iter::once(("left".to_owned(), assessment.fidelity)).chain(lost))
}

/// Findings by severity, the gravest first, `most` being the whole width.
pub fn counts(counts: &Counts, most: u32) -> Vec<Stretch> {
    let of = |severity: Severity| f64::from(counts.of(severity)) * 100.0 / f64::from(most.max(1));
    stretches(Severity::ALL.iter().rev().map(|&s| (format!("s{}", s as usize), of(s))))
}

/// What became of the original from its beginning to its end: a path for each of rendered, moved, not rendered, and not
/// rendered without fault; 1,000 wide, 10 high.
pub fn map(bitext: &Bitext) -> Vec<(usize, String)> {
    let document = &bitext.pair.documents.en;
    let mut states = vec![0usize; document.sentences.len()];
    for (number, bead) in bitext.alignment.beads().iter().enumerate() {
        let is_fault =
            || bitext.findings.iter().any(|f| f.bead as usize == number && f.severity > Severity::Info);
        let state = match bead.relation {
            Relation::Moved => 1,
            Relation::Omitted if is_fault() => 2,
            Relation::Omitted => 3,
            _ => continue,
        };
        bead.en.iter().for_each(|&e| {
            if let Some(own) = states.get_mut(e as usize) {
                *own = state;
            }
        });
    }
    let total = document.sentences.iter().map(|s| s.span.len()).sum::<usize>().max(1);
    let mut paths: BTreeMap<usize, String> = BTreeMap::new();
    let (mut from, mut at) = (0, 0);
    for (number, (sentence, &state)) in document.sentences.iter().zip(&states).enumerate() {
        at += sentence.span.len();
        if states.get(number + 1) != Some(&state) {
            let [left, right] = [from, at].map(|n| n * 1000 / total);
            // Writing into a string cannot fail.
            let _ = write!(paths.entry(state).or_default(), "M{left} 0h{}v10H{left}z", right - left);
            from = at;
        }
    }
    paths.into_iter().collect()
}

/// The lengths of a linked bead's sides, in characters.
#[derive(Debug, Clone, Copy)]
pub struct Point {
    place: Place,
    bead: u32,
    en: u32,
    zh: u32,
}

/// The points of an article.
pub fn points(bitext: &Bitext, place: Place) -> Vec<Point> {
    let documents = &bitext.pair.documents;
    let length = |document: &crate::model::Document, indices: &[u32]| {
        indices.iter().map(|&i| document.sentence(i as usize).chars().count() as u32).sum()
    };
    let beads = (0u32..).zip(bitext.alignment.beads());
    let linked = beads.filter(|(_, bead)| matches!(bead.relation, Relation::Translation | Relation::Moved));
    linked
        .map(|(number, bead)| Point {
            place,
            bead: number,
            en: length(&documents.en, &bead.en),
            zh: length(&documents.zh, &bead.zh),
        })
        .collect()
}

/// The scatter of lengths: both axes logarithmic.
pub struct Scatter {
    /// Dots, by how many pairs each stands for: few, some, many.
    pub dots: Vec<String>,
    /// The usual proportion, as a path.
    pub line: String,
    /// Pairs far off it: x, y, address.
    pub outliers: Vec<(String, String, String)>,
    /// Marks along the axes: place and label.
    pub x_marks: Vec<(u32, u32)>,
    pub y_marks: Vec<(u32, u32)>,
}

/// The plot is so many units wide and high.
pub const WIDTH: f64 = 400.0;
pub const HEIGHT: f64 = 260.0;
/// The axes, in characters.
const EN: (f64, f64) = (4.0, 1000.0);
const ZH: (f64, f64) = (2.0, 400.0);
/// So many times too short or too long is far.
const FAR: f64 = 2.2;
/// The most outliers that are linked to, the farthest first.
const LINKED: usize = 40;

impl Scatter {
    pub fn new(points: &[Point]) -> Option<Self> {
        let ratio = |p: &Point| (f64::from(p.zh) / f64::from(p.en)).ln();
        let points: Vec<&Point> = points.iter().filter(|p| p.zh > 0 && p.en > 0).collect();
        let mut ratios: Vec<f64> = points.iter().map(|p| ratio(p)).collect();
        ratios.sort_by(f64::total_cmp);
        let usual = *ratios.get(ratios.len() / 2)?;
        let mut cells: BTreeMap<(i64, i64), u32> = BTreeMap::new();
        let mut far: Vec<(&Point, f64)> = Vec::new();
        for point in points {
            let off = (ratio(point) - usual).abs();
            if off > FAR.ln() {
                far.push((point, off));
            } else {
                let (x, y) = (x(f64::from(point.en)), y(f64::from(point.zh)));
                *cells.entry(((x * 0.5).round() as i64 * 2, (y * 0.5).round() as i64 * 2)).or_default() += 1;
            }
        }
        let mut dots = vec![String::new(); 3];
        for ((x, y), number) in cells {
            let class = match number {
                1 => 0,
                2..=4 => 1,
                _ => 2,
            };
            if let Some(path) = dots.get_mut(class) {
                let _ = write!(path, "M{x} {y}h0");
            }
        }
        far.sort_by(|a, b| b.1.total_cmp(&a.1));
        let place = |p: &Point| (format!("{:.1}", x(f64::from(p.en))), format!("{:.1}", y(f64::from(p.zh))));
        let link = |(p, _): &(&Point, f64)| {
            let (x, y) = place(p);
            (x, y, p.place.href(&p.place.bead(p.bead as usize)))
        };
        let [left, right] = [EN.0, EN.1].map(|en| (x(en), y(en * usual.exp())));
        Some(Self {
            dots,
            line: format!("M{:.1} {:.1}L{:.1} {:.1}", left.0, left.1, right.0, right.1),
            outliers: far.iter().take(LINKED).map(link).collect(),
            x_marks: [10, 30, 100, 300].map(|n| (x(f64::from(n)) as u32, n)).into(),
            y_marks: [3, 10, 30, 100].map(|n| (y(f64::from(n)) as u32, n)).into(),
        })
    }
}

fn x(en: f64) -> f64 {
    along(en, EN) * WIDTH
}

fn y(zh: f64) -> f64 {
    HEIGHT - along(zh, ZH) * HEIGHT
}

fn along(length: f64, (from, to): (f64, f64)) -> f64 {
    ((length / from).ln() / (to / from).ln()).clamp(0.0, 1.0)
}
