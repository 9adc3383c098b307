//! The user's own terms: what must be rendered so, and what must not.

use crate::lexicon::terms::{Mention, Termbase};
use crate::model::{Message, Severity};
use crate::qa::{Config, Draft, Unit};

/// Required and forbidden terms.
pub(super) struct Terms {
    required: Termbase,
    forbidden: Termbase,
}

impl Terms {
    pub(super) fn new(config: &Config) -> Self {
        Self {
            required: Termbase::of_renderings(&config.required_terms),
            forbidden: Termbase::of_renderings(&config.forbidden_terms),
        }
    }

    /// Whether the user has decided what a term is rendered by; then the termbase has no say.
    pub(super) fn decides(&self, mention: &Mention<'_>) -> bool {
        self.required.terms().iter().any(|term| term.head.eq_ignore_ascii_case(&mention.term.head))
    }

    pub(super) fn drafts(&self, number: usize, unit: &Unit) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for mention in self.required.heads_in(&unit.en.text) {
            let wanted = &mention.term.approved;
            if wanted.iter().any(|zh| unit.zh.text.contains(zh.as_str())) {
                continue;
            }
            let head = &mention.term.head;
            let listed = wanted.join("、");
            let message = Message::new(
                format!("“{head}” must be rendered by {listed}; it stands nowhere in the sentence."),
                format!("“{head}”按要求应译作{listed}，句中未见。"),
            );
            let draft = Draft::new(number, Severity::Minor, message).en(mention.range.clone());
            let draft = draft.cause(format!("required:{head}"));
            drafts.push(match wanted.first() {
                Some(first) => draft.suggest(first),
                None => draft,
            });
        }
        for mention in self.forbidden.heads_in(&unit.en.text) {
            let head = &mention.term.head;
            for zh in &mention.term.approved {
                let Some(at) = unit.zh.text.find(zh.as_str()).filter(|_| !zh.is_empty()) else { continue };
                let message = Message::new(
                    format!("“{head}” must not be rendered by “{zh}”."),
                    format!("“{head}”按要求不得译作“{zh}”。"),
                );
                let draft = Draft::new(number, Severity::Minor, message);
                drafts.push(
                    draft
                        .zh(at..at + zh.len())
                        .en(mention.range.clone())
                        .cause(format!("forbidden:{head}={zh}")),
                );
            }
        }
        drafts
    }
}
