//! Quantities in Chinese and English news text, read as values that compare across the two languages.
//!
//! One pass over the characters, no backtracking: the lexer cuts a text into Han characters, words,
//! figures and identifiers; the scanner of each language then reads figures and number words together
//! with what follows them (万, `million`, %, 年, 倍 …).
//!
//! # Conventions
//! - Chinese numerals: GB/T 15835-2011 (出版物上数字用法); 余, 多, 几 after a number open it upwards.
//! - Dates and times: GB/T 7408 and ISO 8601 when written in figures; `3/14/2025` is read month first, as
//!   the American sources of this genre write it.
//! - `billion` is 10⁹ and `trillion` 10¹² (short scale); 兆 is left alone, it means mega as often as 10¹².
//! - Currency and units stay outside the value: `$2.8 million`, `280万美元` and `2.8M` all give 2 800 000.
//! - Identifiers give nothing: CVE numbers, versions of three parts (`1.3.2`), IP addresses, hashes, file
//!   names, URLs, and whatever else has digits glued to letters (`C2`, `2FA`, `SHA-256`, `x64`), known
//!   units excepted (`500GB`, `10x`, `1.5M`). A number after a Latin name (`Windows 11`, `Microsoft 365`)
//!   is a [`Kind::Count`]: both languages keep it, so it still agrees with itself.

mod agree;
mod chinese;
mod classify;
mod english;
mod figure;
mod lex;
mod sink;

#[cfg(test)]
mod tests;

pub use agree::agree;
pub use chinese::chinese;
pub use english::english;

use crate::model::Span;

/// One quantity found in a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// Where it stands, in bytes of the scanned text: the number with what gives it its size and kind
    /// (`2.8 million`, `47%`, `3月`, `第三`), without currency, unit of measure, or words such as 近 and
    /// `about`.
    pub span: Span,
    /// What it says, in the unit of its [`kind`](Self::kind). For an open number, the least it may stand
    /// for: 100 for 数百 and `hundreds`, 20 for 二十多.
    pub value: f64,
    /// The most it may stand for; equal to `value` for a number said to the digit, just under 1000 for 数百.
    pub high: f64,
    /// What is counted or measured.
    pub kind: Kind,
    /// Whether the text hedges: 近, 约, 超过, 至少, 余, 左右; `about`, `over`, `up to`, `at least`, `1,000+`.
    pub approximate: bool,
    /// Whether it is likely no statement of quantity, so that its absence on the other side says nothing:
    /// 一 and `one` used as articles, 第一 and `first`, list markers, versions, `zero-day`. Weak
    /// quantities may still serve as partners of strong ones.
    pub weak: bool,
}

/// What a [`Quantity`] counts or measures, which fixes the unit of its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A number of things, an amount, a measurement, a score: 35, 2.8 million, 9.8.
    Count,
    /// Hundredths: `47%` and 百分之四十七 are 47, 五成 is 50.
    Percent,
    /// A part of the whole: 三分之一 and `one third` are 0.333….
    Fraction,
    /// A multiple: 三倍, `threefold`, `tripled` and `3x` are 3; 一倍, 翻番 and `doubled` are 2.
    Fold,
    /// A place in an order: 第三 and `third` are 3.
    Ordinal,
    /// A version of one or two parts (`v3.0`, `version 3`, 3.0版本). Always weak: versions are not
    /// numbers (1.10 is not 1.1), and comparing them properly is for whoever compares identifiers.
    Version,
    /// A calendar year: 2024; the first year of a decade, with [`Quantity::high`] its last.
    Year,
    /// A month, 1–12.
    Month,
    /// A day of the month, 1–31.
    Day,
    /// A time of day in minutes after midnight: 14:30 is 870.
    Time,
}
