//! The figures, as data and as text.

use serde::{Deserialize, Serialize};
use std::fmt;

/// Precision, recall and their harmonic mean, each 0–1; 0 where there is nothing to divide by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// The share of the hypothesis that is right.
    #[serde(rename = "p")]
    pub precision: f64,
    /// The share of the gold that was found.
    #[serde(rename = "r")]
    pub recall: f64,
    /// `2pr / (p + r)`.
    pub f1: f64,
    /// How much the hypothesis holds.
    pub n_hyp: u64,
    /// How much the gold holds.
    pub n_gold: u64,
}

impl Measure {
    /// From counts: of the hypothesis (right, all) and of the gold (found, all).
    pub fn new((right, n_hyp): (u64, u64), (found, n_gold): (u64, u64)) -> Self {
        let share = |part: u64, all: u64| if all == 0 { 0.0 } else { part as f64 / all as f64 };
        let (precision, recall) = (share(right, n_hyp), share(found, n_gold));
        let sum = precision + recall;
        let f1 = if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum };
        Self { precision, recall, f1, n_hyp, n_gold }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { precision, recall, f1, n_hyp, n_gold } = self;
        write!(f, "P {precision:.4}  R {recall:.4}  F1 {f1:.4}   (hyp {n_hyp}, gold {n_gold})")
    }
}

/// How well hypothesised beads agree with the gold, micro-averaged over all articles.
///
/// A gold's *repeats* (sentences that say again what is translated elsewhere) cost nothing whether a hypothesis
/// leaves them unaligned or links them, in beads of their own, to what they repeat: neither is counted.
///
/// `Display` writes one line a measure; the JSON has the same names (`p`, `r`, `f1`, `n_hyp`, `n_gold`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Scores {
    /// How many gold articles there are.
    pub articles: u64,
    /// The gold articles without a hypothesis, in the gold's order; they cost recall.
    pub missing: Vec<String>,
    /// A bead counts only if exactly that bead is on the other side; null beads count on neither.
    ///
    /// Source: `score.py` of vecalign (Thompson and Koehn, "Vecalign: Improved Sentence Alignment in Linear Time
    /// and Space", EMNLP 2019), which leaves null beads out of recall only.
    pub strict: Measure,
    /// A bead counts if some bead of the other side shares a Chinese *and* an English sentence with it; null
    /// beads count on neither side.
    ///
    /// Source: as for `strict`.
    pub lax: Measure,
    /// Sentence links: every (Chinese, English) pair inside a bead. Kinder than `strict` to a bead that is nearly
    /// right, harder than `lax` on one that is too large.
    pub links: Measure,
    /// `strict` with null beads counted on both sides, one sentence a null bead.
    ///
    /// Source: the figure of aligner-eval, the evaluator of the MAC corpus (bfsujason/mac).
    pub all: Measure,
    /// Links of beads that lie off the heaviest monotone chain of beads, i.e. content that the translation moved:
    /// precision over the hypothesis's such links, recall over the gold's. A monotone aligner scores 0.
    pub moved: Measure,
    /// Sentences left unaligned, on either side: omissions and additions.
    pub null: Measure,
}

impl fmt::Display for Scores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:12} {}", "articles", self.articles)?;
        writeln!(f, "{:12} {}", "missing", Listed(&self.missing))?;
        writeln!(f, "{:12} {}", "strict", self.strict)?;
        writeln!(f, "{:12} {}", "lax", self.lax)?;
        writeln!(f, "{:12} {}", "links", self.links)?;
        writeln!(f, "{:12} {}", "all", self.all)?;
        writeln!(f, "{:12} {}", "moved", self.moved)?;
        write!(f, "{:12} {}", "null", self.null)
    }
}

/// How well hypothesised document pairs agree with the expected ones.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct PairScores {
    /// A pair counts if exactly that pair is on the other side.
    pub pairs: Measure,
}

impl fmt::Display for PairScores {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:12} {}", "pairs", self.pairs)
    }
}

/// Names as Python prints a list of them, so that the text can be compared with the reference scorer's.
struct Listed<'a>(&'a [String]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[")?;
        for (i, name) in self.0.iter().enumerate() {
            let quote = if name.contains('\'') && !name.contains('"') { '"' } else { '\'' };
            write!(f, "{}{quote}", if i == 0 { "" } else { ", " })?;
            for c in name.chars() {
                match c {
                    '\\' => f.write_str("\\\\")?,
                    c if c == quote => write!(f, "\\{c}")?,
                    c if c.is_control() => write!(f, "{}", c.escape_default())?,
                    c => write!(f, "{c}")?,
                }
            }
            write!(f, "{quote}")?;
        }
        f.write_str("]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_to_divide_by_is_nought() {
        assert_eq!(Measure::new((0, 0), (0, 0)), Measure::default());
        assert_eq!(Measure::new((0, 3), (0, 2)).f1, 0.0);
        let m = Measure::new((1, 2), (1, 1));
        assert_eq!((m.precision, m.recall, m.f1), (0.5, 1.0, 2.0 / 3.0));
    }

    /// A tie is rounded to the even digit, as Python does.
    #[test]
    fn figures_have_four_decimals() {
        let m = Measure::new((1, 32), (3, 32));
        assert_eq!(m.to_string(), "P 0.0312  R 0.0938  F1 0.0469   (hyp 32, gold 32)");
    }

    #[test]
    fn names_are_listed_as_python_lists_them() {
        let names = ["a-b", "it's", "漏洞"].map(str::to_owned);
        assert_eq!(Listed(&names).to_string(), "['a-b', \"it's\", '漏洞']");
        assert_eq!(Listed(&[]).to_string(), "[]");
    }
}
