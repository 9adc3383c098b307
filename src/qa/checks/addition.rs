//! Whole Chinese sentences that have no original.

use crate::model::{Message, Relation};
use crate::qa::{Check, Doc, Draft, View, weight};

/// The check.
pub const CHECK: Check = Check {
    name: "addition",
    category: "Accuracy/Addition",
    doc: Doc {
        what: "A Chinese sentence that renders nothing of the original.",
        why: "The post says in the original's name what the original does not say.",
        known_problems: "A heading that the post puts in counts as added (minor). A lead that says again what the body says is a \
repeat, not an addition.",
        example: "en: (nothing)\nzh: 安全人员建议用户立即更新。",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let units = view.units.iter().enumerate().filter(|(_, unit)| unit.relation == Relation::Added);
    units
        .map(|(number, unit)| {
            let severity = weight::of_sentence(&unit.zh.text, unit.zh.kind);
            let message = Message::new("Nothing in the original says this.", "原文没有这句话。");
            Draft::new(number, severity, message).zh(unit.zh.whole()).confidence(unit.confidence)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts_of;

    #[test]
    fn a_sentence_without_an_original_is_added() {
        let rows = [
            ("瓦尔莫兰遭入侵。", "Valmorane was breached."),
            ("用户应立即更新。", ""),
            ("", "It will not pay."),
        ];
        let found = drafts_of(&CHECK, &rows);
        assert_eq!(found.iter().map(|d| d.unit).collect::<Vec<_>>(), [1]);
    }
}
