//! What the injector sees in a text: a few simple patterns of its own, shared with no check.

use crate::text::han::is_han;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::OnceLock;

/// A regular expression, compiled when first needed; one that does not compile matches nothing (a test compiles all).
pub struct Pattern {
    source: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern in the syntax of the `regex` crate.
    pub const fn new(source: &'static str) -> Self {
        Self { source, regex: OnceLock::new() }
    }

    fn regex(&self) -> Option<&Regex> {
        self.regex.get_or_init(|| Regex::new(self.source).ok()).as_ref()
    }

    /// All matches with their groups.
    pub fn captures<'t>(&self, text: &'t str) -> Vec<Captures<'t>> {
        self.regex().map(|regex| regex.captures_iter(text).collect()).unwrap_or_default()
    }

    /// Where it matches.
    pub fn find(&self, text: &str) -> Vec<Range<usize>> {
        self.regex().map(|regex| regex.find_iter(text).map(|m| m.range()).collect()).unwrap_or_default()
    }

    /// Whether it matches somewhere.
    pub fn is_in(&self, text: &str) -> bool {
        self.regex().is_some_and(|regex| regex.is_match(text))
    }
}

/// Bytes of a group; empty if it took no part.
pub fn span(captures: &Captures<'_>, group: usize) -> Range<usize> {
    captures.get(group).map_or(0..0, |m| m.range())
}

/// Text of a group; empty if it took no part.
pub fn group<'t>(captures: &Captures<'t>, group: usize) -> &'t str {
    captures.get(group).map_or("", |m| m.as_str())
}

/// The character that ends at byte `at`.
pub fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that begins at byte `at`.
pub fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

/// The text behind byte `at`.
pub fn rest(text: &str, at: usize) -> &str {
    text.get(at..).unwrap_or_default()
}

/// The text before byte `at`.
pub fn head(text: &str, at: usize) -> &str {
    text.get(..at).unwrap_or_default()
}

/// Bytes of a text.
pub fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

/// How many Han characters there are.
pub fn han(text: &str) -> usize {
    text.chars().filter(|&c| is_han(c)).count()
}

/// Whether neither side of a Latin word, number or code goes on: no letter, no digit, no joint such as `.` or `_`.
pub fn stands_free(text: &str, range: &Range<usize>) -> bool {
    let joint = |c: char| "-_./\\@:#&'’[]()~+$=".contains(c);
    // An accent is no end of a word; a Han character is.
    let goes_on = |c: char| c.is_ascii_digit() || c.is_alphabetic() && c < '\u{250}';
    let left = before(text, range.start).is_none_or(|c| !goes_on(c) && (!joint(c) || c == '('));
    let tail = rest(text, range.end);
    let mut next = tail.chars();
    let right = match (next.next(), next.next()) {
        (None, _) => true,
        (Some(c), _) if goes_on(c) => false,
        (Some('\'' | '’'), Some('s')) | (Some(')'), _) => true,
        (Some('.' | ':'), follower) => follower.is_none_or(|c| !c.is_ascii_alphanumeric() && c != '/'),
        (Some(c), _) => !joint(c),
    };
    left && right
}

/// Where `word` stands free.
pub fn words(text: &str, word: &str) -> Vec<Range<usize>> {
    if word.is_empty() {
        return Vec::new();
    }
    text.match_indices(word)
        .map(|(at, _)| at..at + word.len())
        .filter(|range| stands_free(text, range))
        .collect()
}

/// How often `part` is in the text, as a word or not.
pub fn count(text: &str, part: &str) -> usize {
    if part.is_empty() { 0 } else { text.matches(part).count() }
}

/// Where an English word or phrase stands in any inflection and letter case: `attack` also finds `Attackers`' head
/// followed by one of a few endings.
pub fn heads(text: &str, stem: &str) -> Vec<Range<usize>> {
    const ENDINGS: [&str; 9] = ["", "s", "es", "d", "ed", "ing", "er", "ers", "ies"];
    let lower = text.to_ascii_lowercase();
    let whole = |at: usize| {
        let tail = rest(&lower, at + stem.len());
        let ending: String = tail.chars().take_while(char::is_ascii_lowercase).collect();
        let is_start = before(&lower, at).is_none_or(|c| !c.is_ascii_alphanumeric());
        (is_start && ENDINGS.contains(&ending.as_str())).then_some(at..at + stem.len() + ending.len())
    };
    lower.match_indices(stem).filter_map(|(at, _)| whole(at)).collect()
}

static NAME: Pattern = Pattern::new(r"[A-Z][A-Za-z0-9]+(?:(?:'s)? (?:& )?[A-Z][A-Za-z0-9]+)*");

/// Words that are written like names and stand for no one in particular.
const COMMON: [&str; 48] = [
    "Windows",
    "Linux",
    "Android",
    "Chrome",
    "macOS",
    "Java",
    "Python",
    "PowerShell",
    "Excel",
    "Word",
    "Office",
    "Outlook",
    "JavaScript",
    "Bluetooth",
    "Web",
    "Tor",
    "Bitcoin",
    "Ethereum",
    "Node",
    "Safari",
    "Firefox",
    "Edge",
    "Cookie",
    "Shell",
    "Root",
    "Token",
    "Wi",
    "Fi",
    "Go",
    "Rust",
    "Docker",
    "Base",
    "Post",
    "Get",
    "Key",
    "Server",
    "Unix",
    "Perl",
    "Ruby",
    "Zip",
    "Tbps",
    "Gbps",
    "Mpps",
    "Update",
    "Defender",
    "Bleeping",
    "BleepingComputer",
    "PoC",
];

/// Where capitalised names stand in a text: one or more words, at least four bytes and a small letter.
pub fn names(text: &str) -> Vec<Range<usize>> {
    let is_name = |range: &Range<usize>| {
        let name = slice(text, range.clone());
        let goes_on = |c: Option<char>, beyond: Option<char>| {
            c == Some(' ') && beyond.is_some_and(|c| c.is_ascii_alphanumeric())
        };
        let left = goes_on(before(text, range.start), before(text, range.start.saturating_sub(1)));
        let right = goes_on(after(text, range.end), after(text, range.end + 1));
        name.len() >= 4
            && name.chars().any(|c| c.is_ascii_lowercase())
            && !name.split(' ').all(|word| COMMON.contains(&word))
            && stands_free(text, range)
            && !left
            && !right
    };
    NAME.find(text).into_iter().filter(is_name).collect()
}

/// The names that stand in both texts, in order of appearance in the first.
pub fn shared_names(zh: &str, en: &str) -> Vec<String> {
    let mut shared: Vec<String> = Vec::new();
    for range in names(zh) {
        let name = slice(zh, range);
        if !shared.iter().any(|known| known == name) && !words(en, name).is_empty() {
            shared.push(name.to_owned());
        }
    }
    shared
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_free_and_are_no_common_words() {
        let zh = "Northgate Networks表示，Windows上的QuillSnatch会连接Evil.com，见https://Foo.example/Bar，以及Corvane v2。";
        let found: Vec<&str> = names(zh).into_iter().map(|range| slice(zh, range)).collect();
        assert_eq!(found, ["Northgate Networks", "QuillSnatch"]);
        assert_eq!(shared_names(zh, "QuillSnatch's authors"), ["QuillSnatch"]);
    }

    #[test]
    fn heads_are_whole_words_in_any_inflection() {
        let text = "Attackers attacked; a counterattack, attacking, attackable.";
        let found: Vec<&str> = heads(text, "attack").into_iter().map(|range| slice(text, range)).collect();
        assert_eq!(found, ["Attackers", "attacked", "attacking"]);
    }

    #[test]
    fn a_pattern_that_is_wrong_matches_nothing() {
        assert!(!Pattern::new("(").is_in("("));
    }
}
