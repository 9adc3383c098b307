//! Words that mark something – a negation, a hedge, who said it – found as whole words in either language.

use regex::Regex;
use std::ops::Range;

/// Where a pattern stands in a text.
pub fn places(pattern: &Regex, text: &str) -> Vec<Range<usize>> {
    pattern.find_iter(text).map(|found| found.range()).collect()
}

/// A pattern that matches any of these English words or phrases, whatever their case, as whole words; `*` stands for any letters. One that cannot be built matches nothing.
pub fn english(words: &str) -> Regex {
    let alternatives: Vec<String> = words
        .split('|')
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .map(|word| regex::escape(word).replace(r"\*", "[a-z]*"))
        .collect();
    built(&format!(r"(?i)\b(?:{})\b", alternatives.join("|")))
}

/// A pattern that matches any of these Chinese words.
pub fn chinese(words: &str) -> Regex {
    let alternatives: Vec<String> = words.split_whitespace().map(regex::escape).collect();
    built(&alternatives.join("|"))
}

/// A pattern of one's own.
pub fn built(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|_| never())
}

fn never() -> Regex {
    // `[^\s\S]` is a valid pattern; tests see to it that no other is needed.
    #[allow(clippy::expect_used)]
    Regex::new(r"[^\s\S]").expect("a pattern that matches nothing")
}

/// Parts of a text that are blanked before cues are looked for: their bytes become blanks, so that places stay.
pub fn without(text: &str, pattern: &Regex) -> String {
    let mut left = text.to_owned();
    for range in places(pattern, text).into_iter().rev() {
        left.replace_range(range.clone(), &" ".repeat(range.len()));
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_and_stems_are_open() {
        let cue = english("not|fail* to|n't");
        assert!(cue.is_match("It did NOT") && cue.is_match("failed to") && cue.is_match("does fail to"));
        assert!(!cue.is_match("notable") && !cue.is_match("a failure"));
        assert_eq!(places(&chinese("没有 未"), "尚未修复，没有补丁"), [3..6, 15..21]);
        assert_eq!(without("不同的不", &chinese("不同")), "      的不");
    }
}
