//! Chinese characters.

use super::letters::is_alphanumeric;
use crate::model::Lang;
use unicode_normalization::char::is_combining_mark;

/// Whether `c` is a Han character (Unicode's unified ideographs with their extensions, and 〇).
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{2FA1F}' | '\u{30000}'..='\u{323AF}')
}

/// The share of Han characters among the letters and digits of `text`, 0–1; 0 for a text without any.
///
/// A Chinese news sentence full of product names seldom falls under 0.2; English text is at 0.
pub fn share(text: &str) -> f32 {
    let (mut han, mut all) = (0u32, 0u32);
    for c in text.chars().filter(|&c| is_alphanumeric(c)) {
        let is_han = is_han(c);
        all += u32::from(is_han || c.is_ascii() || !is_combining_mark(c));
        han += u32::from(is_han);
    }
    if all == 0 { 0.0 } else { han as f32 / all as f32 }
}

/// Frequent characters that are written so in one script only.
const SIMPLIFIED: &str = "们这个来为说时国会对发经过后开动间题现关点业种问实进还没与从两应给长机当无战电见让车东书门马风飞网络数据码统软备专员击设计护报导证盗窃";
const TRADITIONAL: &str = "們這個來為說時國會對發經過後開動間題現關點業種問實進還沒與從兩應給長機當無戰電見讓車東書門馬風飛網絡數據碼統軟備專員擊設計護報導證盜竊";

/// Whether a Chinese text is written in traditional characters: it has more of them than of simplified ones.
pub fn is_traditional(text: &str) -> bool {
    let balance = text
        .chars()
        .filter(|&c| is_han(c))
        .map(|c| i64::from(TRADITIONAL.contains(c)) - i64::from(SIMPLIFIED.contains(c)));
    balance.sum::<i64>() > 0
}

/// The BCP 47 tag of a text in this language: `zh-Hans`, `zh-Hant` or `en`.
pub fn tag(lang: Lang, text: &str) -> &'static str {
    if lang == Lang::Zh && is_traditional(text) { "zh-Hant" } else { lang.tag() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_are_told_apart() {
        assert!(
            is_traditional("攻擊者利用這個漏洞竊取數據。") && !is_traditional("攻击者利用这个漏洞窃取数据。")
        );
        // What both scripts write alike says nothing.
        assert!(!is_traditional("漏洞 CVE-2031-1") && !is_traditional(""));
        assert!(SIMPLIFIED.chars().all(|c| !TRADITIONAL.contains(c)));
    }

    #[test]
    fn counts_letters_and_digits_only() {
        assert_eq!(share("漏洞，已修复。"), 1.0);
        assert_eq!(share("plain English."), 0.0);
        assert_eq!(share("……"), 0.0);
        assert_eq!(share("漏洞ab"), 0.5);
        assert!(is_han('𠮷') && is_han('〇') && !is_han('あ') && !is_han('，'));
    }
}
