//! Which entity of the English is which of the Chinese, and what became of those that are not there.

use super::{Facts, Unit, View};
use crate::text::entities::{Entity, EntityKind, Form, refanged};
use std::ops::Range;
use strsim::levenshtein;

/// What became of the entities of one family in a bead.
#[derive(Debug, Default)]
pub struct Traces<'f> {
    /// Chinese and English, the same but for how it is written.
    pub pairs: Vec<(&'f Entity, &'f Entity)>,
    /// Chinese and English, one for the other.
    pub changed: Vec<(&'f Entity, &'f Entity)>,
    /// In the English only.
    pub missing: Vec<&'f Entity>,
    /// In the English, and in the Chinese of a bead near by; what is left of it here may be torn nevertheless.
    pub moved: Vec<&'f Entity>,
    /// In the Chinese only.
    pub extra: Vec<&'f Entity>,
}

impl<'f> Traces<'f> {
    /// Follows the entities that `family` takes through a bead; what stands in a bead near by is no loss.
    pub fn of(view: &'f View<'_>, number: usize, unit: &'f Unit, family: fn(EntityKind) -> bool) -> Self {
        let facts = unit.facts();
        let (zh, en): (&Facts, &Facts) = (facts.zh, facts.en);
        let (chinese, english) = (of(zh, family), of(en, family));
        let mut traces = Self::default();
        if chinese.is_empty() && english.is_empty() {
            return traces;
        }
        let mut lone_zh = chinese.clone();
        let mut lone_en: Vec<&Entity> = Vec::new();
        for e in english {
            match lone_zh.iter().position(|z| z.value == e.value) {
                Some(at) => traces.pairs.push((lone_zh.remove(at), e)),
                None => lone_en.push(e),
            }
        }
        // What was said twice on one side, or was read as something else on the other, is no loss either; unless another
        // stands in its place, which is settled first.
        let said = |side: &[Entity], value: &str| side.iter().any(|other| other.value == value);
        lone_zh.retain(|z| !said(&en.entities, &z.value) && !holds(&unit.en.text, &z.value));
        for e in lone_en {
            let best = lone_zh
                .iter()
                .enumerate()
                .filter(|(_, z)| alike(z, e))
                .min_by_key(|(_, z)| levenshtein(&z.value, &e.value));
            match best.map(|(at, _)| at) {
                Some(at) => traces.changed.push((lone_zh.remove(at), e)),
                None if said(&zh.entities, &e.value) || holds(&unit.zh.text, &e.value) => {}
                None if near(view, number, |unit| said(&unit.facts().zh.entities, &e.value)) => {
                    traces.moved.push(e)
                }
                None => traces.missing.push(e),
            }
        }
        lone_zh.retain(|z| !near(view, number, |unit| said(&unit.facts().en.entities, &z.value)));
        traces.extra = lone_zh;
        traces
    }
}

fn of(facts: &Facts, family: fn(EntityKind) -> bool) -> Vec<&Entity> {
    facts.entities.iter().filter(|entity| family(entity.kind)).collect()
}

/// Whether one may have been written for the other: of one kind, and short kinds (versions, numbers) or alike.
fn alike(zh: &Entity, en: &Entity) -> bool {
    use EntityKind::{Cve, Domain, Kb, Port, Url, Version};
    let kinds = zh.kind == en.kind || matches!((zh.kind, en.kind), (Domain, Url) | (Url, Domain));
    let short = matches!(en.kind, Version | Port | Cve | Kb);
    kinds && (short || is_near(&zh.value, &en.value))
}

/// Whether two spellings are so close that one is the other misspelt.
pub fn is_near(a: &str, b: &str) -> bool {
    let length = a.chars().count().max(b.chars().count());
    let allowed = if length < 5 { 1 } else { (length / 4).max(2) };
    levenshtein(a, b) <= allowed
}

/// Whether a text has these letters and digits, with nothing joined to them that would make another of them.
pub fn holds(text: &str, value: &str) -> bool {
    let text = refanged(text).to_lowercase();
    let value = value.to_lowercase();
    text.match_indices(&value).any(|(at, _)| {
        let before = text.get(..at).and_then(|t| t.chars().next_back());
        let mut after = text.get(at + value.len()..).unwrap_or("").chars();
        let (next, second) = (after.next(), after.next());
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        let joined = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let goes_on = next == Some('.') && digit(second) && value.ends_with(|c: char| c.is_ascii_digit());
        let v = before == Some('v') && value.starts_with(|c: char| c.is_ascii_digit());
        let letter = value.starts_with(|c: char| c.is_ascii_digit())
            && before.is_some_and(|c| c.is_ascii_alphabetic());
        let dotted = before == Some('.') && value.starts_with(|c: char| c.is_ascii_digit());
        (!joined(before) || v || letter)
            && !dotted
            && !digit(next)
            && !goes_on
            && (!joined(next) || value.ends_with(|c: char| c.is_ascii_digit()))
    })
}

/// Whether a unit near by fits; neighbours only.
pub fn near(view: &View<'_>, number: usize, fits: impl Fn(&Unit) -> bool) -> bool {
    let around = number.saturating_sub(3)..(number + 4).min(view.units.len());
    around.filter(|&other| other != number).any(|other| view.units.get(other).is_some_and(&fits))
}

/// Whether any unit fits.
pub fn anywhere(view: &View<'_>, fits: impl Fn(&Unit) -> bool) -> bool {
    view.units.iter().any(fits)
}

/// What is left of a name with dots in a text where it does not stand as such.
#[derive(Debug, Clone, PartialEq)]
pub struct Remnant {
    /// Where.
    pub range: Range<usize>,
    /// Whether its letters are others, too.
    pub misspelt: bool,
}

/// Looks for what is left of `value` (labels with dots) in a text: its labels with blanks, brackets or full stops between,
/// perhaps misspelt; its longest label before half a bracket; half a bracket with its ending.
pub fn remnant(text: &str, value: &str) -> Option<Remnant> {
    let value = value.to_lowercase();
    let labels: Vec<&str> = value.split(['.', '/']).filter(|label| !label.is_empty()).collect();
    let letters: String = labels.concat();
    let tokens = tokens(text);
    let mut best: Option<(usize, Remnant)> = None;
    for (at, first) in tokens.iter().enumerate() {
        let mut joined = String::new();
        let mut end = first.end;
        let rest = tokens.get(at..).unwrap_or_default();
        for (nth, token) in rest.iter().take(labels.len() + 2).enumerate() {
            let gap = text.get(end..token.start).unwrap_or("");
            let gap = if nth == 0 { "" } else { gap };
            if gap.chars().count() > 4 || !gap.chars().all(|c| " .。[]【】()（）{}\\、".contains(c)) {
                break;
            }
            joined += &text.get(token.clone()).unwrap_or("").to_lowercase();
            end = token.end;
            let apart = levenshtein(&joined, &letters);
            let fits = nth > 0 && joined.len() >= 5 && apart <= 3 && is_near(&joined, &letters);
            if fits && best.as_ref().is_none_or(|(least, _)| apart < *least) {
                best = Some((apart, Remnant { range: first.start..end, misspelt: apart > 0 }));
            }
        }
    }
    if let Some((_, remnant)) = best {
        return Some(remnant);
    }
    let longest = labels.iter().max_by_key(|label| label.len()).copied()?;
    for token in &tokens {
        let word = text.get(token.clone())?.to_lowercase();
        let open = text.get(token.end..)?.starts_with(['[', '【', '。', '［']);
        if longest.len() >= 5 && open && levenshtein(&word, longest) <= 2 {
            return Some(Remnant { range: token.clone(), misspelt: word != longest });
        }
    }
    bracket(text, labels.last()?)
}

/// Half a bracket and an ending: `[。com` where the name before it is gone.
fn bracket(text: &str, ending: &str) -> Option<Remnant> {
    for form in ["[。", "[.]", "[。]", "[.", "【。", "【.】", "【。】"] {
        for (at, _) in text.match_indices(form) {
            let bare = !text.get(..at)?.ends_with(|c: char| c.is_ascii_alphanumeric());
            let rest = text.get(at + form.len()..)?;
            let whole =
                rest.get(ending.len()..).is_some_and(|r| !r.starts_with(|c: char| c.is_ascii_alphanumeric()));
            if bare && whole && rest.get(..ending.len()).is_some_and(|r| r.eq_ignore_ascii_case(ending)) {
                return Some(Remnant { range: at..at + form.len() + ending.len(), misspelt: false });
            }
        }
    }
    None
}

/// The runs of Latin letters and digits of a text.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    for (at, c) in text.char_indices() {
        if !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')) {
            continue;
        }
        match tokens.last_mut().filter(|last| last.end == at) {
            Some(last) => last.end = at + 1,
            None => tokens.push(at..at + 1),
        }
    }
    tokens
}

/// Whether a Chinese rendering has its dots broken where the English has not.
pub fn is_broken(zh: &Entity, en: &Entity) -> bool {
    zh.form == Form::Broken && en.form != Form::Broken
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remnants_are_found() {
        for (text, value, expected) in [
            ("Vexmoor .gov.au -卫生部", "vexmoor.gov.au", Some(("Vexmoor .gov.au", false))),
            ("通过vexmor[等域名", "vexmoor.com", Some(("vexmor", true))),
            ("目前，[。com网站仍然活跃", "vexmoor.com", Some(("[。com", false))),
            ("（Zolto Drem machinai .mp4.exe）", "machineai.mp4.exe", Some(("machinai .mp4.exe", true))),
            ("Vexmoor公司表示", "vexmoor.com", None),
            ("与此无关。com", "zolto.net", None),
        ] {
            let found = remnant(text, value);
            let found = found.as_ref().map(|r| (&text[r.range.clone()], r.misspelt));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn figures_are_held_whole() {
        for (text, value, held) in [
            ("影响1.1版本", "1.1", true),
            ("影响1.10版本", "1.1", false),
            ("影响2.1.1版本", "1.1", false),
            ("v1.1", "1.1", true),
            ("位于vexmoor[.]com。", "vexmoor.com", true),
        ] {
            assert_eq!(holds(text, value), held, "{text}");
        }
    }
}
