//! Well-known faults of Chinese sentences in translated and edited text, and mistyped words.

mod antecedent;
mod calques;
mod frames;
mod rules;
#[cfg(test)]
mod tests;
mod typos;

use crate::model::{Message, ParagraphKind, Severity};
use crate::qa::{Check, Doc, Draft, View, paragraphs};
use crate::text::han::is_han;
use std::ops::Range;

/// The check.
pub const CHECK: Check = Check {
    name: "grammar",
    category: "Fluency/Grammar",
    doc: Doc {
        what: "Sentences that do not parse in Chinese: no subject behind 根据…表明 or 通过…使, frames that are not finished (有关如何… without its noun, 出于考虑), mixed frames, connectives that do not go together, broken collocations; and words that are often mistyped.",
        why: "Readers must guess who does what; it is where machine translation was not edited.",
        known_problems: "It knows patterns, not syntax: a scrambled sentence without one of them is not seen. Spellings that are variants (帐号, 其它) are info only.",
        example: "zh: 根据该报告表明，灰兔团伙正在转售数据。\nsaid: 根据…表明 leaves the sentence without a subject; leave out 根据 or 表明.",
    },
    fidelity: false,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for paragraph in paragraphs(view).iter().filter(|p| p.kind != ParagraphKind::Code) {
        for line in &paragraph.lines {
            let text = line.text(paragraph);
            if !text.chars().any(is_han) {
                continue;
            }
            let mut faults = [rules::faults(text), antecedent::faults(text)].concat();
            faults.extend(typos::faults(text));
            faults.sort_by_key(|fault| fault.range.start);
            drafts.extend(faults.into_iter().map(|fault| {
                // What is said twice (most leads say a sentence of the body) is one fault.
                let cause = if fault.cause.is_empty() {
                    text.get(fault.range.clone()).unwrap_or("").to_owned()
                } else {
                    fault.cause
                };
                let mut draft = Draft::new(line.unit, fault.severity, fault.message);
                draft = draft.zh(line.in_unit(fault.range)).confidence(fault.confidence).cause(cause);
                draft.category = fault.category;
                draft.suggestion = fault.suggestion;
                draft
            }));
        }
    }
    drafts
}

/// Something wrong in a line.
#[derive(Debug, Clone)]
struct Fault {
    range: Range<usize>,
    severity: Severity,
    confidence: f32,
    message: Message,
    suggestion: Option<String>,
    cause: String,
    category: Option<&'static str>,
}
