//! Sentences that say again what stands elsewhere: most leads (导语).
//!
//! A lead usually repeats a sentence of the body word for word, or shortens it. Were it left in, it would steal the
//! English sentence from the body; so it is set aside before the search and linked afterwards.

use super::Line;
use crate::model::{Bead, ParagraphKind, Relation};
use crate::text::key;

/// Where nothing says which sentences are the lead, it is looked for among the first few behind the title.
const LEAD_SENTENCES: usize = 5;
/// A lead of more sentences is none; only so many are compared.
const MOST_LEAD_SENTENCES: usize = 20;
/// A repeat has at least this many letters and digits; shorter ones repeat by chance.
const SHORTEST: usize = 8;

/// A sentence and those later ones that it repeats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repeat {
    /// The repeating sentence.
    pub sentence: usize,
    /// What it repeats: one sentence, or two that stand together.
    pub of: Vec<usize>,
}

/// Finds the repeats among the sentences: of a lead (or, where no kinds are known, of the sentences right behind the
/// title) those whose character pairs stand to at least `overlap` in one or two later sentences.
pub fn find(lines: &[Line<'_>], overlap: f32) -> Vec<Repeat> {
    let marked = lines.iter().any(|l| l.kind == ParagraphKind::Lead);
    let keys: Vec<Vec<(char, char)>> = lines.iter().map(|l| pairs(l.text)).collect();
    let may_repeat = |i: usize, line: &Line<'_>| match (marked, line.kind) {
        (true, kind) => kind == ParagraphKind::Lead,
        (false, ParagraphKind::Body) => (1..=LEAD_SENTENCES).contains(&i),
        _ => false,
    };
    let last_of_lead = lines.iter().rposition(|l| l.kind == ParagraphKind::Lead).unwrap_or(0);
    let candidates =
        lines.iter().enumerate().filter(|(i, line)| may_repeat(*i, line)).take(MOST_LEAD_SENTENCES);
    let mut repeats = Vec::new();
    for (i, _) in candidates {
        let own = keys.get(i).filter(|own| own.len() + 1 >= SHORTEST);
        match own.and_then(|own| source(own, &keys, last_of_lead.max(i) + 1, overlap)) {
            Some(of) => repeats.push(Repeat { sentence: i, of }),
            // A lead that is not marked ends with the first sentence that is no repeat; a heading further down is none.
            None if !marked => break,
            None => {}
        }
    }
    repeats
}

/// The sentence at or behind `start` that holds most of `own`, or two neighbours if one alone does not hold enough.
fn source(
    own: &[(char, char)],
    keys: &[Vec<(char, char)>],
    start: usize,
    overlap: f32,
) -> Option<Vec<usize>> {
    let best = |spans: Vec<Vec<usize>>| {
        let held = |span: &Vec<usize>| {
            let mut all: Vec<(char, char)> =
                span.iter().filter_map(|&k| keys.get(k)).flatten().copied().collect();
            if span.len() > 1 {
                all.sort_unstable();
            }
            contained(own, &all)
        };
        let scored = spans.into_iter().map(|span| (held(&span), span));
        scored.filter(|(share, _)| *share >= overlap).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
    };
    let singles = (start..keys.len()).map(|k| vec![k]).collect();
    let doubles = || (start..keys.len().saturating_sub(1)).map(|k| vec![k, k + 1]).collect();
    best(singles).or_else(|| best(doubles())).map(|(_, span)| span)
}

/// The share of `own` that `other` holds, with multiplicity, 0–1; both in order.
fn contained(own: &[(char, char)], other: &[(char, char)]) -> f32 {
    let mut other = other.iter().peekable();
    let held = own.iter().filter(|pair| {
        while other.next_if(|next| next < pair).is_some() {}
        other.next_if(|next| next == pair).is_some()
    });
    held.count() as f32 / own.len().max(1) as f32
}

/// The neighbouring characters of a sentence, letters and digits only, in order.
fn pairs(text: &str) -> Vec<(char, char)> {
    let chars: Vec<char> = key::alphanumeric(text).chars().collect();
    let mut pairs: Vec<(char, char)> = chars.iter().copied().zip(chars.iter().copied().skip(1)).collect();
    pairs.sort_unstable();
    pairs
}

/// Adds the beads of repeats. Later ones come first, since a repeat may repeat a repeat.
pub fn link_all(repeats: &[Repeat], beads: &mut Vec<Bead>) {
    for repeat in repeats.iter().rev() {
        let bead = link(repeat, beads);
        beads.push(bead);
    }
}

/// The bead of a repeat: with the English of the sentences that it repeats, or alone if those have none.
fn link(repeat: &Repeat, beads: &[Bead]) -> Bead {
    let holds = |b: &&Bead| b.zh.iter().any(|z| repeat.of.contains(&(*z as usize)));
    let mut en: Vec<u32> = beads.iter().filter(holds).flat_map(|b| b.en.iter().copied()).collect();
    en.sort_unstable();
    en.dedup();
    let confidence = beads.iter().filter(holds).map(|b| b.confidence).fold(1.0, f32::min);
    let relation = if en.is_empty() { Relation::Added } else { Relation::Repeat };
    Bead { zh: vec![repeat.sentence as u32], en, relation, confidence, parts: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, kind: ParagraphKind) -> Line<'_> {
        Line { kind, ..Line::body(text) }
    }

    #[test]
    fn a_lead_that_shortens_a_body_sentence_is_a_repeat_and_another_is_not() {
        let lines = [
            line("银狐公司遭到入侵", ParagraphKind::Title),
            line("攻击者窃取了客户的姓名和电话号码。", ParagraphKind::Lead),
            line("该公司总部位于海边。", ParagraphKind::Body),
            line("据悉，攻击者窃取了客户的姓名和电话号码，并在论坛出售。", ParagraphKind::Body),
        ];
        assert_eq!(find(&lines, 0.7), [Repeat { sentence: 1, of: vec![3] }]);
        let short = [
            line("题", ParagraphKind::Title),
            line("“漏洞”！！！！！！", ParagraphKind::Lead),
            line("漏洞被利用了。", ParagraphKind::Body),
        ];
        assert!(find(&short, 0.7).is_empty(), "one pair of characters is no repeat");
        let lone = [lines[0], line("研究人员发现了一种新的木马程序。", ParagraphKind::Lead), lines[2]];
        assert!(find(&lone, 0.7).is_empty());
    }
}
