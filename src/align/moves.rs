//! Content that the post moved elsewhere: sentences left alone on both sides that match each other out of order.

use super::score::Scorer;
use super::shapes::Rung;
use std::collections::HashSet;

/// Joins null beads of both sides, best match first, wherever the match is better by `gain` than leaving both alone.
pub fn find(scorer: &Scorer<'_>, rungs: &mut Vec<Rung>, gain: f32) {
    let lone_zh: Vec<usize> = rungs.iter().filter(|r| r.en.is_empty()).flat_map(|r| r.zh.clone()).collect();
    let lone_en: Vec<usize> = rungs.iter().filter(|r| r.zh.is_empty()).flat_map(|r| r.en.clone()).collect();
    let mut matches: Vec<(f32, usize, usize)> = Vec::new();
    for &i in &lone_zh {
        // Both lists ascend, as the path does.
        let band = scorer.band(i);
        let from = lone_en.partition_point(|&j| j < band.start);
        let within = lone_en.iter().skip(from).take_while(|&&j| j < band.end);
        for &j in within.filter(|&&j| scorer.dice(i, j) > LEAST_COVERAGE) {
            let better = scorer.score_rung(&moved(i, j)) - scorer.alone(&[i], &[j]);
            if better > gain {
                matches.push((better, i, j));
            }
        }
    }
    matches.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut zh, mut en) = (HashSet::new(), HashSet::new());
    let mut found = Vec::new();
    for (_, i, j) in matches {
        if !zh.contains(&i) && !en.contains(&j) {
            zh.insert(i);
            en.insert(j);
            found.push(moved(i, j));
        }
    }
    let joined = |r: &Rung| match (r.zh.as_slice(), r.en.as_slice()) {
        ([i], []) => zh.contains(i),
        ([], [j]) => en.contains(j),
        _ => false,
    };
    rungs.retain(|rung| !joined(rung));
    rungs.extend(found);
}

/// What covers less is not looked at.
const LEAST_COVERAGE: f32 = 0.1;

fn moved(i: usize, j: usize) -> Rung {
    Rung { zh: vec![i], en: vec![j], moved: true }
}
