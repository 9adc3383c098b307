//! Whether both sides tell the same numbers, compared by value: 500万 is `5 million`.

use super::{Pair, Rule, Test};
use crate::text::numbers::{self, Kind, Quantity};
use serde::{Deserialize, Serialize};

/// The rule asks for less than the check `number` does, and knows no neighbours: what stands in the next bead is missing here.
pub const RULE: Rule =
    Rule::of::<Settings>("numbers", "drops beads in which a number of one side is not in the other");

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// So many numbers of both sides together may lack a partner.
    most_alone: usize,
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let (zh, en) = (numbers::chinese(&pair.zh), numbers::english(&pair.en));
        let alone_zh = zh.iter().filter(|z| counts(z) && !en.iter().any(|e| numbers::agree(z, e)));
        let alone_en = en.iter().filter(|e| counts(e) && !zh.iter().any(|z| numbers::agree(z, e)));
        let alone: Vec<&str> = alone_zh
            .map(|q| q.span.slice(&pair.zh))
            .chain(alone_en.map(|q| q.span.slice(&pair.en)))
            .collect();
        (alone.len() > self.most_alone).then(|| format!("only one side has {}", alone.join(", ")))
    }
}

/// Whether a number must have a partner: dates are told in many ways, and 一 is often no number.
fn counts(quantity: &Quantity) -> bool {
    !quantity.weak && matches!(quantity.kind, Kind::Count | Kind::Percent)
}
