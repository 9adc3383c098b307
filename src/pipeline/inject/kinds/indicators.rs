//! Domains, and the brackets that keep them from being followed.

use super::super::super::random::Dice;
use super::super::scan::{self, Pattern};
use super::super::{Edit, Host};
use super::{Kind, Nature};
use std::ops::Range;

/// A domain becomes another.
pub const DOMAIN: Kind = Kind {
    name: "domain-altered",
    doc: "a letter of a domain is lost, two change places, or it gets another ending",
    nature: Nature::Fault,
    checks: &["indicator"],
    target: 0.97,
    edits: altered,
};

const TYPOGRAPHIC: &[&str] = &["indicator", "mt-artefact", "punctuation", "residue"];

/// A bracket of `[.]` is lost or displaced.
pub const BROKEN: Kind = Kind {
    name: "defang-broken",
    doc: "a bracket of [.] is lost or displaced: evil[.com",
    nature: Nature::Fault,
    checks: TYPOGRAPHIC,
    target: 0.97,
    edits: broken,
};

/// The dot of a defanged domain becomes a Chinese full stop.
pub const FULL_STOP: Kind = Kind {
    name: "defang-full-stop",
    doc: "the dot of a domain becomes a Chinese full stop: evil[。]com, evil[。com, evil。com",
    nature: Nature::Fault,
    checks: TYPOGRAPHIC,
    target: 0.97,
    edits: full_stop,
};

static DOMAIN_NAME: Pattern =
    Pattern::new(r"[A-Za-z0-9][A-Za-z0-9-]*(?:(?:\[\.\]|\(\.\)|\[dot\]|\.)[A-Za-z0-9-]+)+");

/// Endings of file names, which are no domains.
const FILES: [&str; 34] = [
    "exe", "dll", "sh", "py", "js", "ps1", "php", "zip", "rar", "iso", "lnk", "bat", "cmd", "txt", "dat",
    "db", "log", "cgi", "so", "jar", "apk", "dmg", "pdf", "doc", "docx", "xlsx", "msi", "vbs", "hta", "json",
    "xml", "html", "sys", "md",
];

/// The domains that both sides write alike.
fn domains(host: &Host<'_>) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
    let place = |range: Range<usize>| {
        let text = scan::slice(&host.zh, range.clone());
        let ending = text.rsplit(['.', ']', ')']).next().unwrap_or_default();
        let is_name = ending.len() >= 2 && ending.chars().all(|c| c.is_ascii_alphabetic());
        let is_defanged = text.contains(['[', '(']);
        let is_file = FILES.contains(&ending.to_ascii_lowercase().as_str());
        let en: Vec<Range<usize>> = host.en.match_indices(text).map(|(at, _)| at..at + text.len()).collect();
        let is_domain = is_name && !en.is_empty() && (is_defanged || !is_file) && text.len() >= 6;
        // `Node.js` and `8.4.x` are written the same way.
        let has_case = text.chars().any(|c| c.is_ascii_uppercase()) && !is_defanged;
        (is_domain && !has_case).then_some((range, en))
    };
    DOMAIN_NAME.find(&host.zh).into_iter().filter_map(place).collect()
}

fn altered(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (range, en) in domains(host) {
        let text = scan::slice(&host.zh, range.clone());
        let mut put = |other: Option<String>| {
            if let Some(other) = other.filter(|other| !host.case.en().contains(other.as_str())) {
                edits.push(Edit::rewrite(range.clone(), other, en.clone()));
            }
        };
        put(letter_lost(text, dice));
        put(letters_swapped(text, dice));
        put(other_ending(text));
    }
    edits
}

/// Letters inside the longest label, its first and last left out.
fn inner(text: &str) -> Range<usize> {
    let mut best = 0..0;
    let mut start = 0;
    for label in text.split(['.', '[', ']', '(', ')']) {
        if label.len() > best.len() {
            best = start..start + label.len();
        }
        start += label.len() + 1;
    }
    if best.len() > 3 { best.start + 1..best.end - 1 } else { 0..0 }
}

fn letter_lost(text: &str, dice: &mut Dice) -> Option<String> {
    let range = inner(text);
    let at = range.start + dice.below(range.len());
    (!range.is_empty()).then(|| format!("{}{}", scan::head(text, at), scan::rest(text, at + 1)))
}

fn letters_swapped(text: &str, dice: &mut Dice) -> Option<String> {
    let range = inner(text);
    let bytes = text.as_bytes();
    let differs = |at: &usize| bytes.get(*at) != bytes.get(at + 1) && at + 1 < range.end;
    let at = dice.pick(&range.clone().filter(differs).collect::<Vec<_>>())?;
    let (first, second) = (scan::after(text, at)?, scan::after(text, at + 1)?);
    Some(format!("{}{second}{first}{}", scan::head(text, at), scan::rest(text, at + 2)))
}

fn other_ending(text: &str) -> Option<String> {
    let cut = text.rfind(['.', ']', ')'])? + 1;
    let other = match scan::rest(text, cut) {
        "com" => "net",
        "net" => "org",
        _ => "com",
    };
    Some(format!("{}{other}", scan::head(text, cut)))
}

/// Where `[.]` stands in a domain that both sides have.
fn dots(host: &Host<'_>) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
    let mut dots = Vec::new();
    for (range, en) in domains(host) {
        let text = scan::slice(&host.zh, range.clone());
        let at = text.match_indices("[.]").map(|(at, _)| range.start + at..range.start + at + 3);
        dots.extend(at.map(|dot| (dot, en.clone())));
    }
    dots
}

fn broken(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (dot, en) in dots(host) {
        for with in ["[.", ".]", "[]."] {
            edits.push(Edit::rewrite(dot.clone(), with, en.clone()));
        }
    }
    edits
}

fn full_stop(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (dot, en) in dots(host) {
        for with in ["[。]", "[。", "。"] {
            edits.push(Edit::rewrite(dot.clone(), with, en.clone()));
        }
    }
    edits
}
