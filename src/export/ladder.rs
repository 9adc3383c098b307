//! The path through both texts that formats without crossing links can hold.

use crate::model::{Bitext, Relation};
use std::ops::Range;

/// A step: a stretch of either text; one of them may be empty.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Step {
    /// Chinese sentences.
    pub zh: Range<usize>,
    /// English sentences.
    pub en: Range<usize>,
    /// How sure the aligner is that they belong together; 0 where a side is empty.
    pub confidence: f32,
}

/// The steps, from the first sentences to behind the last ones, each beginning where the one before it ends. Translation beads
/// whose sentences follow one another are steps; the sentences of all others (moved, repeated, left out, added, torn
/// apart) are steps by themselves, the Chinese ones first.
pub(super) fn steps(bitext: &Bitext) -> Vec<Step> {
    let (mut zh, mut en) = (0, 0);
    let mut steps = Vec::new();
    for bead in bitext.alignment.beads().iter().filter(|b| b.relation == Relation::Translation) {
        let (Some(own), Some(other)) = (stretch(&bead.zh), stretch(&bead.en)) else { continue };
        if own.start < zh || other.start < en {
            continue;
        }
        alone(zh..own.start, en..other.start, &mut steps);
        (zh, en) = (own.end, other.end);
        steps.push(Step { zh: own, en: other, confidence: bead.confidence });
    }
    let all = bitext.pair.documents.as_ref().map(|document| document.sentences.len());
    alone(zh..all.zh, en..all.en, &mut steps);
    steps
}

/// Steps of one sentence and no other side.
fn alone(zh: Range<usize>, en: Range<usize>, steps: &mut Vec<Step>) {
    let none = en.start..en.start;
    steps.extend(zh.clone().map(|z| Step { zh: z..z + 1, en: none.clone(), confidence: 0.0 }));
    let none = zh.end..zh.end;
    steps.extend(en.map(|e| Step { zh: none.clone(), en: e..e + 1, confidence: 0.0 }));
}

/// Ascending numbers as a range, if none is missing between them.
fn stretch(numbers: &[u32]) -> Option<Range<usize>> {
    let (&first, &last) = (numbers.first()?, numbers.last()?);
    let (first, end) = (first as usize, last as usize + 1);
    (end.checked_sub(first)? == numbers.len()).then_some(first..end)
}
