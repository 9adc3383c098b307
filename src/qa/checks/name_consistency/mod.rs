//! One name or term, several renderings in one post.

mod doublets;
mod names;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

use crate::qa::{Check, Doc, Draft, View};

/// The check.
pub const CHECK: Check = Check {
    name: "name-consistency",
    category: "Terminology/Inconsistent",
    doc: Doc {
        what: "A name that the post keeps in Latin letters in one place and renders by words in another, a name that is \
               half translated, or a term of the trade with two renderings that mean the same. The rarer one is marked.",
        why: "Readers take two renderings for two things.",
        known_problems: "Terms are a fixed list of doublets. A name made of common words is recognised by the lexicon \
                         alone.",
        example: "en: Silent Forest used … Silent Forest is …\nzh: Silent Forest使用了……沉默森林是……\n\
                  沉默森林: “Silent Forest” elsewhere (major).",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = names::drafts(view);
    drafts.extend(doublets::drafts(view));
    drafts
}
