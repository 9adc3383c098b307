//! Months and days in English.

use super::super::Kind;
use super::super::lex::{Lex, Token, Tokens};
use super::super::sink::Found;
use super::Scan;
use super::words::scale;

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Scan<'_> {
    /// The month that token `at` names, and the token after it with the full stop of an abbreviation.
    pub(super) fn month(&self, at: usize) -> Option<(f64, usize)> {
        let Token { start, lex: Lex::Word, .. } = self.tokens.get(at)? else { return None };
        let word = self.tokens.word(at);
        let number = 1.0 + MONTHS.iter().position(|month| word.len() > 2 && month.starts_with(word))? as f64;
        let whole = MONTHS.contains(&word);
        let abbreviated = matches!(word.len(), 3) || word == "sept";
        if !self.text.get(start..)?.starts_with(char::is_uppercase) || !(whole || abbreviated) {
            return None;
        }
        let stop = !whole && self.tokens.mark(at + 1) == Some('.') && self.tokens.touches(at + 1);
        let next = at + 1 + usize::from(stop);
        let dated = self.tokens.figure(next).is_some_and(|f| f.is_year() || f.calendar(1.0, 31.0).is_some());
        let day_before = at.checked_sub(1).and_then(|i| self.tokens.figure(i));
        let dated = dated || day_before.is_some_and(|f| f.calendar(1.0, 31.0).is_some());
        let sure =
            if whole { word != "may" || self.after_preposition(at) } else { stop && self.is_sure_stop(at) };
        (dated || sure).then_some((number, next))
    }

    /// A full stop makes an abbreviation of these only when the text goes on.
    fn is_sure_stop(&self, at: usize) -> bool {
        self.tokens.get(at + 2).is_some()
    }

    fn after_preposition(&self, at: usize) -> bool {
        let before = self.tokens.word_before(past_hyphen_back(&self.tokens, at), 1);
        [
            "in", "since", "of", "by", "until", "till", "from", "through", "on", "late", "early", "mid",
            "last", "this", "next", "during", "before", "after", "between", "around",
        ]
        .contains(&before)
    }

    /// The days after a month, from token `at`: `29`, `29th`, `29-31`, `29 to 31`.
    pub(super) fn days(&mut self, at: usize) -> usize {
        let mut at = at;
        while let Some(day) = self.tokens.figure(at).and_then(|f| f.calendar(1.0, 31.0)) {
            let percent = self.tokens.word(at + 1);
            if scale(percent).is_some() || percent == "percent" {
                break;
            }
            at = self.put(Found::new(at, at + 1, Kind::Day, day));
            let range = matches!(self.tokens.mark(at), Some('-' | '–'))
                || matches!(self.tokens.word(at), "to" | "through");
            if !range || self.tokens.figure(at + 1).is_none_or(|f| f.calendar(1.0, 31.0).is_none()) {
                break;
            }
            at += 1;
        }
        at
    }
}

/// The token at or before `at` that a hyphen joins to it: `mid` for `July` in `mid-July`.
fn past_hyphen_back(tokens: &Tokens, at: usize) -> usize {
    if at > 0 && tokens.mark(at - 1) == Some('-') { at - 1 } else { at }
}
