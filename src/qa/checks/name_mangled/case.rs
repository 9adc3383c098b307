//! Names that are right but for the case of their letters, or a plural's `s` that is not theirs.

use crate::model::{Message, Severity};
use crate::qa::names::{English, Forms, Run, Shape, Token};
use crate::qa::{Draft, Unit};

/// Words that Chinese writes small as well, although English titles them.
const SMALL: &str = "cookie cookies web email token tokens app apps shell root bug internet wifi online id www x \
hz khz mhz ghz kb mb bit byte cm mm km kg ok javascript";

/// Findings for the words of a run that the English writes otherwise.
pub fn drafts(english: &English, number: usize, unit: &Unit, run: &Run) -> Vec<Draft> {
    run.tokens.iter().filter_map(|token| of(english, number, unit, token)).collect()
}

fn of(english: &English, number: usize, unit: &Unit, token: &Token) -> Option<Draft> {
    let text = unit.zh.text.get(token.range.clone())?;
    if token.technical || text.len() < 2 || SMALL.split_whitespace().any(|small| small == token.key) {
        return None;
    }
    let lowered = || english.forms(&token.key).and_then(|forms| lowered(text, token, forms));
    let original = plural(english, text, token).or_else(lowered)?;
    let message = Message::new(
        format!("“{text}” is written “{original}” in the original."),
        format!("“{text}”的写法与原文不符，原文写作“{original}”。"),
    );
    let draft = Draft::new(number, Severity::Minor, message).zh(token.range.clone()).suggest(&original);
    let draft = draft.cause(format!("case {}", token.key));
    Some(super::mark(draft, unit, Some(&original)))
}

/// The original's form of a word that lost its capitals, or has others.
fn lowered(text: &str, token: &Token, forms: &Forms) -> Option<String> {
    let same = |form: &String| {
        form == text || form.strip_suffix('s') == Some(text) || text.strip_suffix('s') == Some(form)
    };
    if !forms.plain || forms.lower > 0 || forms.texts.iter().any(same) {
        return None;
    }
    let mixed = |form: &&String| form.chars().filter(|c| c.is_uppercase()).count() > 1;
    let by_place = forms.inside == 0;
    let form = match token.shape {
        Shape::Lower if by_place => forms.texts.iter().find(mixed),
        Shape::Lower => forms.texts.first(),
        // Titles may be in capitals throughout.
        Shape::Acronym => None,
        Shape::Capital | Shape::Mixed => {
            forms.texts.iter().find(mixed).filter(|form| form.chars().any(char::is_lowercase))
        }
    }?;
    let single = form.strip_suffix('s').filter(|_| !text.ends_with('s') && form.len() == text.len() + 1);
    Some(single.unwrap_or(form).to_owned())
}

/// The original's form of a name that has won an `s`.
fn plural(english: &English, text: &str, token: &Token) -> Option<String> {
    let single =
        token.key.strip_suffix('s').filter(|single| single.len() > 3 && !english.has_exactly(&token.key))?;
    let forms = english.forms(single).filter(|forms| forms.plain && forms.lower == 0 && forms.inside > 0)?;
    let form = forms.texts.iter().find(|form| Some(form.as_str()) == text.strip_suffix('s'))?;
    (token.shape != Shape::Acronym && token.shape != Shape::Lower).then(|| form.clone())
}
