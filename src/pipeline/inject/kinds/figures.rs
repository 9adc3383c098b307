//! Figures: another value, another order of magnitude.

use super::super::super::random::Dice;
use super::super::english::{is_same, values};
use super::super::scan::{self, Pattern, group, span};
use super::super::{Edit, Host};
use super::{Kind, Nature};
use std::ops::Range;

/// A figure gets another value.
pub const CHANGED: Kind = Kind {
    name: "figure-changed",
    doc: "a figure that the English has gets another value: 500 → 700, 三 → 五",
    nature: Nature::Fault,
    checks: &["number", "unit", "quantifier"],
    target: 0.97,
    edits: changed,
};

/// A figure becomes too large or too small by powers of ten.
pub const MAGNITUDE: Kind = Kind {
    name: "magnitude-shifted",
    doc: "万 for 亿, or a digit too many or too few before it: 120万 → 12万",
    nature: Nature::Fault,
    checks: &["number"],
    target: 0.97,
    edits: shifted,
};

/// A figure in the Chinese.
pub struct Figure {
    /// Digits, with commas and decimal point.
    pub digits: Range<usize>,
    /// Digits and the unit of magnitude behind.
    pub whole: Range<usize>,
    /// That unit, such as 万; empty if there is none.
    pub unit: String,
    /// Its value.
    pub value: f64,
    /// What the English has of the same value.
    pub en: Vec<Range<usize>>,
}

static FIGURE: Pattern = Pattern::new(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?: ?(万亿|亿|千万|百万|万|千|百))?");

/// What may stand glued behind a figure in Latin letters.
const LATIN_UNITS: [&str; 14] =
    ["GB", "TB", "MB", "KB", "PB", "Gbps", "Tbps", "Mbps", "Mpps", "km", "BTC", "ETH", "kg", "GHz"];

fn scale(unit: &str) -> f64 {
    match unit {
        "百" => 1e2,
        "千" => 1e3,
        "万" => 1e4,
        "百万" => 1e6,
        "千万" => 1e7,
        "亿" => 1e8,
        "万亿" => 1e12,
        _ => 1.0,
    }
}

/// The figures whose value the English has: no dates, versions, ordinals, parts of codes.
pub fn figures(host: &Host<'_>) -> Vec<Figure> {
    let english = values(&host.en);
    let figure = |found: regex::Captures<'_>| {
        let (whole, integer, fraction) = (span(&found, 0), span(&found, 1), span(&found, 2));
        let digits = integer.start..if fraction.is_empty() { integer.end } else { fraction.end };
        let unit = group(&found, 3).to_owned();
        let number: f64 = scan::slice(&host.zh, digits.clone()).replace(',', "").parse().ok()?;
        let value = number * scale(&unit);
        let en: Vec<_> = english.iter().filter(|(v, _)| is_same(*v, value)).map(|(_, r)| r.clone()).collect();
        (is_quantity(&host.zh, &whole) && !en.is_empty()).then_some(Figure { digits, whole, unit, value, en })
    };
    FIGURE.captures(&host.zh).into_iter().filter_map(figure).collect()
}

fn is_quantity(zh: &str, whole: &Range<usize>) -> bool {
    let left = scan::before(zh, whole.start);
    let tail = scan::rest(zh, whole.end);
    let right = tail.chars().next();
    let glued = left.is_some_and(|c| c.is_ascii_alphanumeric() || "-_./:#@[]~+第（".contains(c));
    // The number of a model: `Sentry 400`.
    let is_model = left == Some(' ')
        && scan::head(zh, whole.start).trim_end().ends_with(|c: char| c.is_ascii_alphabetic());
    let is_ordinal = whole.start == 0 && right.is_some_and(|c| ".、）)".contains(c));
    let has_unit = LATIN_UNITS.iter().any(|unit| tail.trim_start().starts_with(unit));
    let runs_on = right.is_some_and(|c| c.is_ascii_alphanumeric() || "-_./:[]~年月日号点时版代".contains(c));
    !glued && !is_model && !is_ordinal && (!runs_on || has_unit)
}

fn changed(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let mut edits: Vec<Edit> =
        figures(host).iter().filter_map(|figure| another_value(host, figure, dice)).collect();
    edits.extend(spelled(host, dice));
    edits
}

/// Another digit in one place. Values that stand elsewhere in the English are avoided where there are others.
fn another_value(host: &Host<'_>, figure: &Figure, dice: &mut Dice) -> Option<Edit> {
    let old = scan::slice(&host.zh, figure.digits.clone());
    let (near, far) = (values(&host.en), values(host.case.en()));
    let mut choices = Vec::new();
    for (at, digit) in old.char_indices().filter(|(_, c)| c.is_ascii_digit()) {
        for other in ('0'..='9').filter(|&c| c != digit && (at > 0 || c > '0')) {
            let mut new = old.to_owned();
            new.replace_range(at..at + 1, other.encode_utf8(&mut [0; 4]));
            let value = new.replace(',', "").parse::<f64>().ok()? * scale(&figure.unit);
            // 1.20 for 1.2 is no other value, and one that the English has may be right.
            let is_error = !is_same(value, figure.value) && !near.iter().any(|(v, _)| is_same(*v, value));
            if is_error && value > 1.0 {
                choices.push((far.iter().any(|(v, _)| is_same(*v, value)), new));
            }
        }
    }
    let best = choices.iter().map(|(is_elsewhere, _)| *is_elsewhere).min()?;
    choices.retain(|(is_elsewhere, _)| *is_elsewhere == best);
    let (_, new) = dice.pick(&choices)?;
    Some(Edit::rewrite(figure.digits.clone(), new, figure.en.clone()))
}

static SPELLED: Pattern =
    Pattern::new(r"[两二三四五六七八九十](?:个|名|家|种|款|台|起|项|次|位|份|组|类|人|天|年|周|小时|分钟)");
const NUMERALS: [(char, f64); 10] = [
    ('两', 2.0),
    ('二', 2.0),
    ('三', 3.0),
    ('四', 4.0),
    ('五', 5.0),
    ('六', 6.0),
    ('七', 7.0),
    ('八', 8.0),
    ('九', 9.0),
    ('十', 10.0),
];

/// Chinese numerals before measure words.
fn spelled(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let english = values(&host.en);
    let has = |value: f64| english.iter().any(|(v, _)| is_same(*v, value));
    let edit = |range: Range<usize>| {
        let left = scan::before(&host.zh, range.start);
        if left
            .is_some_and(|c| c.is_ascii_digit() || "第几数十百千万点一二三四五六七八九每周期月前".contains(c))
        {
            return None;
        }
        let numeral = scan::after(&host.zh, range.start)?;
        let value = NUMERALS.iter().find(|(c, _)| *c == numeral)?.1;
        let en: Vec<_> = english.iter().filter(|(v, _)| is_same(*v, value)).map(|(_, r)| r.clone()).collect();
        let elsewhere = values(host.case.en());
        let mut others: Vec<(bool, char)> = NUMERALS
            .iter()
            .filter(|(c, v)| *c != '二' && !has(*v))
            .map(|(c, v)| (elsewhere.iter().any(|(other, _)| is_same(*other, *v)), *c))
            .collect();
        let best = others.iter().map(|(is_elsewhere, _)| *is_elsewhere).min()?;
        others.retain(|(is_elsewhere, _)| *is_elsewhere == best);
        let (_, other) = dice.pick(&others)?;
        let digits = range.start..range.start + numeral.len_utf8();
        (!en.is_empty()).then(|| Edit::rewrite(digits, other, en))
    };
    SPELLED.find(&host.zh).into_iter().filter_map(edit).collect()
}

fn shifted(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for figure in figures(host) {
        let digits = scan::slice(&host.zh, figure.digits.clone()).replace(',', "");
        let other = match figure.unit.as_str() {
            "万" => "亿",
            "亿" => "万",
            _ => continue,
        };
        let mut put = |text: String| edits.push(Edit::rewrite(figure.whole.clone(), text, figure.en.clone()));
        put(format!("{digits}{other}"));
        put(format!("{}{}", times_ten(&digits), figure.unit));
        if let Some(less) = tenth(&digits) {
            put(format!("{less}{}", figure.unit));
        }
    }
    edits
}

/// 12 → 120, 1.25 → 12.5.
fn times_ten(digits: &str) -> String {
    match digits.split_once('.') {
        None => format!("{digits}0"),
        Some((whole, fraction)) => {
            let (first, rest) = fraction.split_at_checked(1).unwrap_or(("0", ""));
            let whole = format!("{whole}{first}");
            let whole = whole.trim_start_matches('0');
            if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") }
        }
    }
}

/// 120 → 12, 25 → 2.5; nothing for less than 10.
fn tenth(digits: &str) -> Option<String> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let (head, last) = whole.split_at_checked(whole.len().checked_sub(1)?)?;
    let fraction = format!("{last}{fraction}");
    let fraction = fraction.trim_end_matches('0');
    match (head, fraction) {
        ("", _) => None,
        (head, "") => Some(head.to_owned()),
        (head, fraction) => Some(format!("{head}.{fraction}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten() {
        for (digits, more, less) in [
            ("12", "120", Some("1.2")),
            ("120", "1200", Some("12")),
            ("1.25", "12.5", None),
            ("2.5", "25", None),
        ] {
            assert_eq!((times_ten(digits).as_str(), tenth(digits).as_deref()), (more, less));
        }
    }
}
