//! Identifiers: CVE numbers, hashes, versions.

use super::super::super::random::Dice;
use super::super::scan::{self, Pattern, group, span};
use super::super::{Edit, Host};
use super::{Kind, Nature};
use std::ops::Range;

/// A digit of a CVE number changes.
pub const CVE: Kind = Kind {
    name: "cve-digit",
    doc: "a digit of a CVE number becomes another, or two change places",
    nature: Nature::Fault,
    checks: &["identifier"],
    target: 0.97,
    edits: cve,
};

/// A digit of a hash changes.
pub const HASH: Kind = Kind {
    name: "hash-digit",
    doc: "a digit of a hash becomes another, is lost, or two change places",
    nature: Nature::Fault,
    checks: &["identifier"],
    target: 0.97,
    edits: hash,
};

/// A version changes.
pub const VERSION: Kind = Kind {
    name: "version-changed",
    doc: "a number in a version becomes another: 8.4.3 → 8.4.5",
    nature: Nature::Fault,
    checks: &["version", "number"],
    target: 0.97,
    edits: version,
};

static CVE_ID: Pattern = Pattern::new(r"CVE-(\d{4})-(\d{4,7})");
static HASH_VALUE: Pattern = Pattern::new(r"(?-u:\b)[0-9a-fA-F]{32,64}(?-u:\b)");
static VERSION_NUMBER: Pattern = Pattern::new(r"\d+(?:\.\d+){1,3}");

fn cve(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for found in CVE_ID.captures(&host.zh) {
        let en = scan::words(&host.en, group(&found, 0));
        if en.is_empty() {
            continue;
        }
        for range in [span(&found, 2), span(&found, 2), span(&found, 1)] {
            let number = scan::slice(&host.zh, range.clone());
            let Some(other) = altered(number, 10, dice) else { continue };
            let whole = scan::slice(&host.zh, span(&found, 0).start..range.start);
            if !host.case.en().contains(&format!("{whole}{other}")) {
                edits.push(Edit::rewrite(range, other, en.clone()));
            }
        }
    }
    edits
}

/// Another digit in one place, or two neighbours changed.
fn altered(digits: &str, base: u32, dice: &mut Dice) -> Option<String> {
    let mut chars: Vec<char> = digits.chars().collect();
    let at = dice.below(chars.len());
    let here = chars.get(at).copied()?;
    match chars.get(at + 1).copied() {
        Some(next) if next != here && dice.below(3) == 0 => chars.swap(at, at + 1),
        _ => {
            let step = 1 + dice.below(base as usize - 1) as u32;
            let other = char::from_digit((here.to_digit(base)? + step) % base, base)?;
            let other = if here.is_ascii_uppercase() { other.to_ascii_uppercase() } else { other };
            *chars.get_mut(at)? = other;
        }
    }
    Some(chars.into_iter().collect())
}

fn hash(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for range in HASH_VALUE.find(&host.zh) {
        let value = scan::slice(&host.zh, range.clone());
        let en: Vec<Range<usize>> =
            host.en.match_indices(value).map(|(at, _)| at..at + value.len()).collect();
        if en.is_empty() {
            continue;
        }
        let lost = dice.below(value.len());
        let shorter = format!("{}{}", scan::head(value, lost), scan::rest(value, lost + 1));
        let others = [altered(value, 16, dice), altered(value, 16, dice), Some(shorter)];
        edits.extend(
            others.into_iter().flatten().map(|other| Edit::rewrite(range.clone(), other, en.clone())),
        );
    }
    edits
}

/// What stands before a version, or behind it.
const BEFORE: [&str; 6] = ["版本", "版", "v", "V", "至", "到"];
const BEHIND: [&str; 12] =
    ["版", "之前", "及更", "或更", "至", "到", "以下", "以上", "和", "、", "系列", "中"];

fn version(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for range in VERSION_NUMBER.find(&host.zh) {
        let number = scan::slice(&host.zh, range.clone());
        let en = free_numbers(&host.en, number);
        if en.is_empty() || !is_version(&host.zh, &range, number) || !is_alone(&host.zh, &range) {
            continue;
        }
        for _ in 0..2 {
            let Some(other) = another_version(number, dice) else { continue };
            if !host.case.en().contains(&other) {
                edits.push(Edit::rewrite(range.clone(), other, en.clone()));
            }
        }
    }
    edits
}

fn is_version(zh: &str, range: &Range<usize>, number: &str) -> bool {
    let (head, tail) = (scan::head(zh, range.start).trim_end(), scan::rest(zh, range.end).trim_start());
    let parts = number.split('.').count();
    let is_address = parts == 4 && number.split('.').all(|part| part.parse::<u8>().is_ok());
    let is_named = BEFORE.iter().any(|word| head.ends_with(word))
        || BEHIND.iter().any(|word| tail.starts_with(word))
        || head.ends_with(|c: char| c.is_ascii_alphabetic());
    let is_amount = ["万", "亿", "%", "分", "美元", "倍", "GB", "TB", "Gbps", "Tbps", "Mpps", "MB"]
        .iter()
        .any(|unit| tail.starts_with(unit));
    !is_address && !is_amount && (parts >= 3 || is_named)
}

/// Whether no digit, letter or dot goes on on either side; a `v` may stand before.
fn is_alone(text: &str, range: &Range<usize>) -> bool {
    let left = scan::before(text, range.start);
    let right = scan::after(text, range.end);
    let beyond = right.and_then(|c| scan::after(text, range.end + c.len_utf8()));
    left.is_none_or(|c| c == 'v' || c == 'V' || !(c.is_ascii_alphanumeric() || "._-/[".contains(c)))
        && match right {
            Some('.') => beyond.is_none_or(|c| !c.is_ascii_alphanumeric()),
            Some(c) => !c.is_ascii_alphanumeric() && !"_/[".contains(c),
            None => true,
        }
}

fn free_numbers(en: &str, number: &str) -> Vec<Range<usize>> {
    let places = en.match_indices(number).map(|(at, _)| at..at + number.len());
    places.filter(|range| is_alone(en, range)).collect()
}

fn another_version(number: &str, dice: &mut Dice) -> Option<String> {
    let mut parts: Vec<u32> = number.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
    let at = dice.below(parts.len());
    let step = 1 + dice.below(4) as u32;
    let part = parts.get_mut(at)?;
    *part = if *part > step && dice.below(2) == 0 { *part - step } else { *part + step };
    Some(parts.iter().map(u32::to_string).collect::<Vec<_>>().join("."))
}
