//! Whole English sentences that nothing in the post renders.

use crate::model::{Message, Relation};
use crate::qa::{Check, Doc, Draft, View, weight};

/// The check.
pub const CHECK: Check = Check {
    name: "omission",
    category: "Accuracy/Omission",
    doc: Doc {
        what: "An English sentence that nothing in the post renders.",
        why: "Readers do not learn what the original says.",
        known_problems: "A sentence that is summed up in another sentence's rendering counts as left out. Figures, names and quotes \
make it major; credits of pictures and promotion are info.",
        example: "en: Valmorane has not paid the ransom.\nzh: (nothing)",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let units = view.units.iter().enumerate().filter(|(_, unit)| unit.relation == Relation::Omitted);
    units
        .map(|(number, unit)| {
            let severity = weight::of_sentence(&unit.en.text, unit.en.kind);
            let message = Message::new("This sentence is not rendered.", "该句未译。");
            Draft::new(number, severity, message).en(unit.en.whole()).confidence(unit.confidence)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Severity;
    use crate::qa::testing::drafts_of;

    #[test]
    fn a_sentence_without_a_rendering_is_left_out() {
        let found =
            drafts_of(&CHECK, &[("瓦尔莫兰遭入侵。", "Valmorane was breached."), ("", "It will not pay.")]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].unit, found[0].en[0].clone()), (1, 0..16));
    }

    #[test]
    fn what_is_lost_decides_how_grave_it_is() {
        let found =
            drafts_of(&CHECK, &[("", "Source: Brasswater"), ("", "Some 48,000 routers fell."), ("", "Why?")]);
        let severities: Vec<Severity> = found.iter().map(|d| d.severity).collect();
        assert_eq!(severities, [Severity::Info, Severity::Major, Severity::Minor]);
    }
}
