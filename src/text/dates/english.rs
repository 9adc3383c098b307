//! Points in time in English that are not told in figures.

use super::{Mention, When, longest};
use crate::model::Span;
use regex::Regex;
use std::sync::LazyLock;

#[allow(clippy::unwrap_used)] // constants, compiled by the tests
static WORDS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?:\b(?i:(last|past|this|next|every|each|patch|black|cyber|good|super|giving))\s+)?",
        r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)s?\b",
        r"|\b(?i:(yesterday|today|tomorrow|tonight|recently|lately|(?:earlier |later )?this (?:week|month|year)",
        r"|(?:late |early )?last (?:week|month|year|night)|(?:the )?(?:next|following|same) day))\b"
    ))
    .unwrap()
});

const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) fn mentions(text: &str) -> Vec<Mention> {
    let found = WORDS.captures_iter(text).filter_map(|captures| {
        let whole = captures.get(0)?;
        let when = match captures.get(2) {
            Some(day) => {
                let before = captures.get(1).map_or("", |m| m.as_str()).to_ascii_lowercase();
                // The days of a name and of a habit are none: `Patch Tuesday`, `Mondays`.
                let name = ["patch", "black", "cyber", "good", "super", "giving", "every", "each"]
                    .contains(&&*before);
                if name || whole.as_str().ends_with('s') {
                    return None;
                }
                let weeks = match &*before {
                    "last" => Some(1),
                    "next" => Some(-1),
                    "this" => Some(0),
                    _ => None,
                };
                let number = DAYS.iter().position(|name| *name == day.as_str())? as i8 + 1;
                When::Weekday { day: number, weeks }
            }
            None => relative(&captures.get(3)?.as_str().to_ascii_lowercase())?,
        };
        Some(Mention { span: Span::new(whole.start(), whole.end()), when, weak: false })
    });
    longest(found.collect())
}

fn relative(words: &str) -> Option<When> {
    let back = i8::from(words.contains("last"));
    Some(match words {
        "yesterday" | "last night" => When::Days(1),
        "today" | "tonight" => When::Days(0),
        "tomorrow" => When::Days(-1),
        "recently" | "lately" => When::Lately,
        _ if words.ends_with("week") => When::Weeks(back),
        _ if words.ends_with("month") => When::Months(back),
        _ if words.ends_with("year") => When::Years(back),
        _ if words.ends_with("night") => When::Days(1),
        _ => When::Told,
    })
}
