//! What two texts in different languages can share: names and words in Latin letters, numbers, CVE ids.

use crate::lexicon::{is_function_word, stem};
use crate::text::han::is_han;
use std::cell::RefCell;
use std::collections::HashMap;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Words and characters that multiply the number before them, with their power of ten.
const MAGNITUDES: &[(&str, i32)] = &[
    ("thousand", 3),
    ("million", 6),
    ("billion", 9),
    ("trillion", 12),
    ("bn", 9),
    ("k", 3),
    ("m", 6),
    ("b", 9),
    ("万亿", 12),
    ("千万", 7),
    ("百万", 6),
    ("亿", 8),
    ("万", 4),
];

/// Units that are written against their number in one language and apart in the other.
const UNITS: &[&str] = &["kb", "mb", "gb", "tb", "gbps", "tbps", "mbps", "ms", "usd"];

/// One thing that can be shared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    /// Its identity: a word's stem in lower case, a number's value behind `#`, a CVE id.
    pub text: String,
    /// Whether it looks like a name or a number, which a translation keeps as it is.
    pub keeps: bool,
}

/// The seeded hash by which keys are compared: 64-bit FNV-1a with its published offset basis
/// (<http://www.isthe.com/chongo/tech/comp/fnv/>), the same on every machine and in every run.
pub(super) fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |h, byte| (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The keys of a text, in order, with repetitions.
pub(super) fn keys(text: &str) -> Vec<Key> {
    let chars = fold(text);
    let mut scanner = Scanner { chars: &chars, at: 0 };
    let mut keys = Vec::new();
    while scanner.at < chars.len() {
        if scanner.is_word(0) {
            scanner.token(&mut keys);
        } else {
            scanner.at += 1;
        }
    }
    keys
}

/// Width, accents, dashes and apostrophes made uniform. Chinese commas separate, never group digits.
fn fold(text: &str) -> Vec<char> {
    let mut folded = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '，' | '、' => folded.push(' '),
            // What texts are made of stays as it is, and need not be looked up.
            '\0'..='\u{7F}' | '\u{4E00}'..='\u{9FFF}' => folded.push(c),
            _ => decompose_compatible(c, |part| match part {
                '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
                part if is_combining_mark(part) => {}
                part => folded.push(part),
            }),
        }
    }
    folded
}

struct Scanner<'a> {
    chars: &'a [char],
    at: usize,
}

impl Scanner<'_> {
    /// The character `offset` places ahead; NUL beyond the end.
    fn peek(&self, offset: usize) -> char {
        self.chars.get(self.at + offset).copied().unwrap_or('\0')
    }

    /// The character `offset` places before position `at`; NUL beyond the start.
    fn before(&self, at: usize, offset: usize) -> char {
        at.checked_sub(offset).and_then(|i| self.chars.get(i)).copied().unwrap_or('\0')
    }

    /// Whether the character `offset` places ahead belongs to a word of an alphabetic script or a number.
    fn is_word(&self, offset: usize) -> bool {
        let c = self.peek(offset);
        c.is_ascii_alphanumeric() || (c.is_alphabetic() && c < '\u{2E80}')
    }

    fn is_digit(&self, offset: usize) -> bool {
        self.peek(offset).is_ascii_digit()
    }

    fn slice(&self, start: usize, end: usize) -> String {
        self.chars.get(start..end).unwrap_or_default().iter().collect()
    }

    /// Reads the token at the current position, which is a word character, and goes behind it.
    fn token(&mut self, keys: &mut Vec<Key>) {
        if let Some(id) = self.cve() {
            keys.push(Key { text: id, keeps: true });
            return;
        }
        let number = if self.is_digit(0) { self.number() } else { None };
        match number {
            Some(text) if text.len() > 2 => keys.push(Key { text, keeps: true }),
            Some(_) => {}
            None => keys.extend(self.word()),
        }
    }

    /// `CVE-2025-12345`, whatever separates its parts.
    fn cve(&mut self) -> Option<String> {
        let begins = "cve".char_indices().all(|(i, c)| self.peek(i).eq_ignore_ascii_case(&c));
        if !begins || self.before(self.at, 1).is_ascii_alphanumeric() {
            return None;
        }
        let mut parts = ["cve".to_owned(), String::new(), String::new()];
        let mut offset = 3;
        for part in parts.iter_mut().skip(1) {
            offset += usize::from(matches!(self.peek(offset), '-' | '_' | ' '));
            while self.is_digit(offset) {
                part.push(self.peek(offset));
                offset += 1;
            }
        }
        let [_, year, number] = &parts;
        (year.len() == 4 && number.len() >= 4).then(|| {
            self.at += offset;
            parts.join("-")
        })
    }

    /// A number with its magnitude, as `#` and its value to seven figures, or a dotted version or address as it
    /// stands; `#` alone for a single digit. `None`, and nothing read, for digits glued to letters (`2fa`).
    fn number(&mut self) -> Option<String> {
        let start = self.at;
        let mut text = String::new();
        let (mut offset, mut dots) = (0, 0);
        loop {
            let c = self.peek(offset);
            let groups = c == ','
                && dots == 0
                && (1..=3).all(|i| self.is_digit(offset + i))
                && !self.is_digit(offset + 4);
            if c == '.' && self.is_digit(offset + 1) {
                dots += 1;
                text.push(c);
            } else if c.is_ascii_digit() {
                text.push(c);
            } else if !(groups && (offset <= 3 || text.len() != offset)) {
                break;
            }
            offset += 1;
        }
        self.at += offset;
        let power = self.magnitude();
        let is_plain = power.is_none() && text.len() == offset && dots == 0;
        if is_plain && self.is_word(0) && !self.unit() {
            self.at = start;
            return None;
        }
        let long = text.len() > 15;
        match text.parse::<f64>() {
            Ok(value) if dots <= 1 && !long => {
                let value = value * 10f64.powi(power.unwrap_or(0));
                let single = dots == 0 && value < 10.0;
                Some(if single { "#".to_owned() } else { format!("#{value:.6e}") })
            }
            _ => Some(format!("#{text}")),
        }
    }

    /// Whether a unit stands here.
    fn unit(&self) -> bool {
        let end = (0..).take_while(|&i| self.is_word(i)).count();
        UNITS.contains(&self.slice(self.at, self.at + end).to_lowercase().as_str())
    }

    /// Reads the magnitude behind a number (`2.8 million`, `30多万`), if there is one.
    fn magnitude(&mut self) -> Option<i32> {
        let gap = usize::from(matches!(self.peek(0), ' ' | '-' | '多' | '余' | '几'));
        MAGNITUDES.iter().find_map(|&(unit, power)| {
            let length = unit.chars().count();
            let start = self.at + gap;
            let is_short = unit.is_ascii() && length < 3;
            let matches = unit.chars().zip(gap..).all(|(c, i)| self.peek(i).to_lowercase().eq([c]))
                && !(unit.is_ascii() && self.is_word(gap + length))
                && !(is_short && gap > 0);
            matches.then(|| {
                self.at = start + length;
                power
            })
        })
    }

    /// A word of two letters or more that is no function word, by its stem.
    fn word(&mut self) -> Option<Key> {
        let start = self.at;
        while self.is_word(0) {
            self.at += 1;
        }
        let word = self.slice(start, self.at);
        let lower = word.to_lowercase();
        if lower.chars().nth(1).is_none() || is_function_word(&lower) {
            return None;
        }
        let keeps = self.is_name(&word, start);
        let has_digit = lower.contains(|c: char| c.is_ascii_digit());
        let text = if has_digit { lower } else { remembered_stem(lower) };
        Some(Key { text, keeps })
    }

    /// Whether an English word looks like a name: digits among its letters, two capitals, or one in mid-sentence.
    fn is_name(&self, word: &str, start: usize) -> bool {
        let capitals = word.chars().filter(|c| c.is_uppercase()).count();
        let inside = self.before(start, 1) == ' ' && matches!(self.before(start, 2), 'a'..='z' | ',');
        capitals > 1
            || word.contains(|c: char| c.is_ascii_digit())
            || (inside && word.chars().next().is_some_and(char::is_uppercase))
    }
}

/// How many stems a thread remembers; English news have about as many words.
const REMEMBERED: usize = 1 << 15;

thread_local! {
    /// The stems of words: finding one takes far longer than looking it up.
    static STEMS: RefCell<HashMap<String, String>> = RefCell::default();
}

fn remembered_stem(word: String) -> String {
    STEMS.with_borrow_mut(|stems| {
        if let Some(known) = stems.get(&word) {
            return known.clone();
        }
        let stem = stem(&word);
        if stems.len() < REMEMBERED {
            stems.insert(word, stem.clone());
        }
        stem
    })
}

/// Whether a text has Chinese characters to translate.
pub(super) fn has_han(text: &str) -> bool {
    text.chars().any(is_han)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::UnicodeNormalization;

    fn texts(text: &str) -> Vec<String> {
        keys(text).into_iter().map(|k| k.text).collect()
    }

    #[test]
    fn both_languages_yield_the_same_keys() {
        for (zh, en) in [
            ("利用CVE-2031-0042漏洞", "cve 2031-0042"),
            ("约1.2万台设备", "12,000"),
            ("损失3000万美元", "$30 million"),
            ("窃取30多万条记录", "300K"),
            ("2.5亿", "250 million"),
            ("ＧｈｏｓｔＬａｎｔｅｒｎ攻击", "GhostLantern"),
            ("版本4.10.2已发布", "4.10.2"),
            ("Café应用", "cafe"),
            ("达1，300", "300"),
            ("约42GB数据", "42 GB"),
        ] {
            let (zh, en) = (texts(zh), texts(en));
            assert!(!en.is_empty() && en.iter().all(|k| zh.contains(k)), "{zh:?} {en:?}");
        }
    }

    #[test]
    fn words_are_stemmed_and_what_says_nothing_is_dropped() {
        assert_eq!(
            texts("The attackers and an attacker: 5 x 2FA, GPT4"),
            ["attack", "attack", "2fa", "gpt4"]
        );
        assert_eq!(texts("12 vs. 21"), ["#1.200000e1", "vs", "#2.100000e1"]);
        assert_eq!(texts("漏洞"), Vec::<String>::new());
        assert_eq!(texts("1,234,567 and 2031,300"), ["#1.234567e6", "#2.031000e3", "#3.000000e2"]);
        assert_eq!(texts("12345678901234567890"), ["#12345678901234567890"]);
    }

    #[test]
    fn names_are_told_from_words() {
        let names: Vec<_> = keys("Malware hits the Lantern app, Acme says. IoT and h4x")
            .into_iter()
            .filter(|k| k.keeps)
            .collect();
        let names: Vec<_> = names.iter().map(|k| k.text.as_str()).collect();
        assert_eq!(names, ["lantern", "acm", "iot", "h4x"]);
    }

    #[test]
    fn the_hash_is_fixed() {
        assert_eq!(hash(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash("a"), 0xaf63_dc4c_8601_ec8c);
    }

    #[test]
    fn folding_is_compatibility_decomposition_without_marks() {
        let plain = |c: &char| {
            c.to_string()
                .nfkd()
                .filter(|&c| !is_combining_mark(c))
                .map(|c| if matches!(c, '\u{2010}'..='\u{2015}' | '\u{2212}') { '-' } else { c })
                .collect::<Vec<_>>()
        };
        let not_comma = ('\0'..=char::MAX).filter(|c| !matches!(c, '，' | '、'));
        assert_eq!(not_comma.clone().find(|c| fold(&c.to_string()) != plain(c)), None);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in proptest::prelude::any::<String>(), like in "[cCvVeE0-9., 万亿多km-]{0,40}") {
            keys(&text);
            keys(&like);
        }
    }
}
