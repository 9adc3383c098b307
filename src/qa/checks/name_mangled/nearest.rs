//! The name of the original that a mangled one comes from.

use crate::qa::View;
use crate::qa::names::{Shape, Token, tokens};
use crate::text::latin;

/// The least likeness at which a name is taken for the origin of another.
const ALIKE: f32 = 0.5;

/// The nearest name to `text`: among those of the unit, else of the article; none that is alike enough.
pub fn find(view: &View<'_>, number: usize, text: &str) -> Option<String> {
    let key = key(text);
    let unit = view.units.get(number)?;
    let best = best(&key, &unit.en.text, ALIKE);
    let article = || view.units.iter().filter_map(|unit| self::best(&key, &unit.en.text, ALIKE + 0.1));
    best.or_else(|| article().max_by(|a, b| a.1.total_cmp(&b.1))).map(|(name, _)| name)
}

/// The name in `text` that is most like `key`.
fn best(key: &str, text: &str, least: f32) -> Option<(String, f32)> {
    let tokens = tokens(text);
    let pairs = latin::pairs(key);
    let mut best: Option<(String, f32)> = None;
    for start in 0..tokens.len() {
        for end in start + 1..=(start + 4).min(tokens.len()) {
            let Some((name, other)) = name(text, tokens.get(start..end).unwrap_or_default()) else {
                continue;
            };
            if other.len() * 2 < key.len() || key.len() * 3 < other.len() {
                continue;
            }
            let alike = likeness(key, &pairs, &other);
            if alike >= least && best.as_ref().is_none_or(|(_, known)| alike > *known) {
                best = Some((name.to_owned(), alike));
            }
        }
    }
    best
}

/// A stretch of words that may be a name, and its key.
fn name<'t>(text: &'t str, words: &[Token]) -> Option<(&'t str, String)> {
    let (first, last) = (words.first()?, words.last()?);
    // Small letters with a digit among them are a name, too.
    let is_plain = |t: &Token| t.shape == Shape::Lower && !t.key.contains(|c: char| c.is_ascii_digit());
    if is_plain(first) || (words.len() > 1 && is_plain(last)) {
        return None;
    }
    let name = text.get(first.range.start..last.range.end)?;
    let gaps = words.windows(2).filter_map(|w| text.get(w.first()?.range.end..w.get(1)?.range.start));
    gaps.clone().all(|gap| gap.chars().all(|c| matches!(c, ' ' | '-' | '.'))).then(|| (name, key(name)))
}

/// Likeness by shared pairs of letters; what begins or ends alike is a little more alike.
fn likeness(key: &str, pairs: &[(char, char)], other: &str) -> f32 {
    let alike = latin::similarity(pairs, &latin::pairs(other));
    let part = key.len() > 2 && (other.ends_with(key) || other.starts_with(key));
    let ends =
        key.chars().next() == other.chars().next() || key.chars().next_back() == other.chars().next_back();
    if part { (alike + 0.3).min(1.0) } else { alike + if ends { 0.05 } else { 0.0 } }
}

fn key(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
