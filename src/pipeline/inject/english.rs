//! What the English of a bead says: values, dates, negations, hedges, attributions.

use super::scan::{self, Pattern, group, span};
use std::ops::Range;

static FIGURE: Pattern = Pattern::new(
    r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?:[ -]?(thousand|million|billion|trillion|bn|[kKMB])\b)?(?-u:\b|%)",
);

/// Number words that the injector knows.
const WORDS: [(&str, f64); 14] = [
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("fifteen", 15.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
];

/// The values of figures and number words, and where they stand.
pub fn values(en: &str) -> Vec<(f64, Range<usize>)> {
    let mut values = Vec::new();
    for found in FIGURE.captures(en) {
        let range = span(&found, 0);
        let glued =
            scan::before(en, range.start).is_some_and(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
        let runs_on = scan::after(en, range.end).is_some_and(|c| "_/".contains(c))
            || (scan::after(en, range.end) == Some('.')
                && scan::after(en, range.end + 1).is_some_and(|c| c.is_ascii_alphanumeric()));
        let digits = format!("{}{}", group(&found, 1).replace(',', ""), group(&found, 2));
        let Ok(value) = digits.parse::<f64>() else { continue };
        if !glued && !runs_on {
            values.push((value * scale(group(&found, 3)), range));
        }
    }
    let lower = en.to_ascii_lowercase();
    for (word, value) in WORDS {
        values.extend(scan::words(&lower, word).into_iter().map(|range| (value, range)));
    }
    values
}

fn scale(word: &str) -> f64 {
    match word {
        "thousand" | "k" | "K" => 1e3,
        "million" | "M" => 1e6,
        "billion" | "bn" | "B" => 1e9,
        "trillion" => 1e12,
        _ => 1.0,
    }
}

/// Whether two values are the same but for rounding in arithmetic.
pub fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs())
}

/// A date as the English gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Date {
    /// 1–12.
    pub month: u32,
    /// The day, if it is given.
    pub day: Option<u32>,
    /// The year, likewise.
    pub year: Option<u32>,
    /// Where it stands.
    pub range: Range<usize>,
}

static DATE: Pattern = Pattern::new(
    r"(?:\b(\d{1,2})(?:st|nd|rd|th)?(?: of)? )?\b(January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?(?: (\d{1,2})(?:st|nd|rd|th)?\b)?(?:,? (\d{4})\b)?",
);

/// All dates that name a month. A bare May or March at the head of a sentence may be none, and is left out.
pub fn dates(en: &str) -> Vec<Date> {
    let date = |found: regex::Captures<'_>| {
        let number = |n: usize| group(&found, n).parse::<u32>().ok();
        let (day, year) = (number(3).or(number(1)), number(4));
        let name = group(&found, 2);
        let behind = scan::head(en, span(&found, 2).start).trim_end();
        let is_bare = day.is_none() && year.is_none();
        let led = ["in", "since", "early", "late", "until", "from", "by", "of", "mid", "to", "and", "last"];
        if is_bare && !led.iter().any(|word| behind.ends_with(word)) {
            return None;
        }
        Some(Date { month: month(name)?, day, year, range: span(&found, 0) })
    };
    DATE.captures(en).into_iter().filter_map(date).collect()
}

fn month(name: &str) -> Option<u32> {
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = name.to_ascii_lowercase();
    names.iter().position(|month| lower.starts_with(month)).map(|at| at as u32 + 1)
}

static NEGATION: Pattern = Pattern::new(
    r"(?i)\b(?:not|no|never|none|cannot|without|neither|nor|nobody|nothing|unable|declined?|fail(?:s|ed|ing)?|lack(?:s|ed|ing)?|yet to|un[a-z]{5,}|in(?:valid|complete|accessible)|disabled?|disallow(?:s|ed)?)\b|n['’]t\b",
);

/// Words that deny.
pub fn negations(en: &str) -> Vec<Range<usize>> {
    const OTHERS: [&str; 7] = ["under", "univ", "unit", "uniq", "union", "unless", "unif"];
    let denies = |range: &Range<usize>| {
        let word = scan::slice(en, range.clone()).to_ascii_lowercase();
        !OTHERS.iter().any(|other| word.starts_with(other))
    };
    NEGATION.find(en).into_iter().filter(denies).collect()
}

static HEDGE: Pattern = Pattern::new(
    r"(?i)\b(?:could|might|likely|possibly|perhaps|potential(?:ly)?|probably|appear(?:s|ed)? to|seem(?:s|ed)?|alleged(?:ly)?|reportedly|suspect(?:s|ed)?|believed?|purported(?:ly)?|apparently|suggest(?:s|ed)?|claim(?:s|ed)?)\b|(?-i:\bmay\b|\bMay (?:have|be|also|not)\b)",
);

/// Words that leave it open whether something is so.
pub fn hedges(en: &str) -> Vec<Range<usize>> {
    HEDGE.find(en)
}

static SAYS: Pattern = Pattern::new(
    r"(?i)\b(?:say|says|said|told|according to|warn(?:s|ed)?|note[sd]?|explain(?:s|ed)?|report(?:s|ed)?|state[sd]?|add(?:s|ed)|claim(?:s|ed)?|writes?|wrote|reads|confirm(?:s|ed)?|reveal(?:s|ed)?|announced?|commented|believes?|argue[sd]?|estimates?)\b",
);

/// Words by which someone is quoted.
pub fn sayings(en: &str) -> Vec<Range<usize>> {
    SAYS.find(en)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_figures_and_words() {
        let en = "About 1.2 million of 21,300 users in three countries lost $4.8M by v2.1.3 of CVE-2031-40412, 25% more.";
        let values: Vec<f64> = values(en).into_iter().map(|(value, _)| value).collect();
        assert_eq!(values, [1_200_000.0, 21_300.0, 4_800_000.0, 25.0, 3.0]);
    }

    #[test]
    fn dates_with_and_without_a_day() {
        let found = dates("On July 29, 2031, and 3 August, since May. It may fail. March on.");
        let parts: Vec<_> = found.into_iter().map(|d| (d.month, d.day, d.year)).collect();
        assert_eq!(parts, [(7, Some(29), Some(2031)), (8, Some(3), None), (5, None, None)]);
    }

    #[test]
    fn words_that_deny_hedge_and_quote() {
        assert_eq!(negations("It isn't an unauthorized one without a unit").len(), 3);
        assert_eq!(hedges("It may likely appear to be so in May 2031").len(), 3);
        assert_eq!(sayings("According to Acme, which said so").len(), 2);
    }
}
