//! Content that the post moved elsewhere: sentences left alone on both sides that match each other out of order.

use super::score::Scorer;
use super::shapes::Rung;

/// Joins null beads of both sides, best match first, wherever the match is better by `gain` than leaving both alone.
pub fn find(scorer: &Scorer<'_>, rungs: &mut Vec<Rung>, gain: f32) {
    let lone_zh: Vec<usize> = rungs.iter().filter(|r| r.en.is_empty()).flat_map(|r| r.zh.clone()).collect();
    let lone_en: Vec<usize> = rungs.iter().filter(|r| r.zh.is_empty()).flat_map(|r| r.en.clone()).collect();
    let mut matches: Vec<(f32, usize, usize)> = Vec::new();
    for &i in &lone_zh {
        for &j in lone_en.iter().filter(|&&j| scorer.dice(i, j) > 0.1) {
            let rung = Rung { zh: vec![i], en: vec![j], moved: true };
            let better = scorer.score_rung(&rung) - scorer.alone(&[i], &[j]);
            if better > gain {
                matches.push((better, i, j));
            }
        }
    }
    matches.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    for (_, i, j) in matches {
        let zh = rungs.iter().position(|r| r.en.is_empty() && r.zh == [i]);
        let en = rungs.iter().position(|r| r.zh.is_empty() && r.en == [j]);
        if let (Some(zh), Some(en)) = (zh, en) {
            rungs.remove(zh.max(en));
            rungs.remove(zh.min(en));
            rungs.push(Rung { zh: vec![i], en: vec![j], moved: true });
        }
    }
}
