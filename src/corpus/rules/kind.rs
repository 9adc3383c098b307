//! What kind of paragraph the sentences stand in.

use super::{Pair, Rule, Test};
use crate::model::ParagraphKind;
use serde::{Deserialize, Serialize};

/// Code is the same in both languages.
pub const RULE: Rule =
    Rule::of::<Settings>("kind", "drops beads out of code, or of other kinds of paragraphs");

#[derive(Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Settings {
    /// The kinds that go, if all sentences of a side are of one of them.
    drop: Vec<ParagraphKind>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { drop: vec![ParagraphKind::Code] }
    }
}

impl Test for Settings {
    fn breach(&self, pair: &Pair<'_>) -> Option<String> {
        let all = |kinds: &[ParagraphKind]| !kinds.is_empty() && kinds.iter().all(|k| self.drop.contains(k));
        let sides = [(&pair.record.zh_kind, "Chinese"), (&pair.record.en_kind, "English")];
        let (kinds, side) = sides.into_iter().find(|(kinds, _)| all(kinds))?;
        Some(format!("the {side} side is {}", name(*kinds.first()?)))
    }
}

fn name(kind: ParagraphKind) -> &'static str {
    match kind {
        ParagraphKind::Title => "a title",
        ParagraphKind::Lead => "a lead",
        ParagraphKind::Heading => "a heading",
        ParagraphKind::Body => "running text",
        ParagraphKind::ListItem => "an item of a list",
        ParagraphKind::Caption => "a caption",
        ParagraphKind::Quote => "a quote",
        ParagraphKind::Code => "code",
        ParagraphKind::TableCell => "a cell of a table",
    }
}
