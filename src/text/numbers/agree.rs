//! Whether two quantities may render each other.

use super::{Kind, Quantity};

/// How far a hedged number may be from its rendering: 近4.2万 for `over 41,000`, 近3000 for `2,948`.
///
/// Chosen by hand so that rounding to two significant figures passes (at most 5 % at 10, less above).
const ROUNDING: f64 = 0.05;

/// Whether the Chinese `zh` and the English `en` may render each other.
///
/// Their kinds must go together (a count is no percentage, but 第二阶段 may be `stage 2` and 一半 may be
/// `50%`), and their values must be the same. Two exact values must be equal; an open one (数百, `dozens`,
/// 二十多) agrees with any that lies within it; if either is hedged, 5 % apart will do. A growth told by 倍
/// may be one less than the English multiple: strictly 增长两倍 is `tripled`, and translators write both.
///
/// Weak quantities agree like any others; leaving them out is up to the caller.
pub fn agree(zh: &Quantity, en: &Quantity) -> bool {
    use Kind::{Count, Day, Fold, Fraction, Ordinal, Percent, Version, Year};
    let same = |factor: f64, shift: f64| overlap(zh, en, factor, shift);
    match (zh.kind, en.kind) {
        (Fold, Fold) => same(1.0, 0.0) || same(1.0, 1.0),
        (a, b) if a == b => same(1.0, 0.0),
        (Fraction, Percent) => near_percent(zh, en),
        (Percent, Fraction) => near_percent(en, zh),
        (Fold, Percent) => same(100.0, 0.0) || same(100.0, -100.0),
        (Percent, Fold) => same(0.01, 0.0) || same(0.01, 1.0),
        (Fold | Fraction, Count) | (Count, Fold | Fraction) => same(1.0, 0.0),
        (Count | Ordinal | Version | Year | Day, Count | Ordinal | Version | Year | Day) => same(1.0, 0.0),
        _ => false,
    }
}

/// Whether what `zh` may stand for, times `factor` plus `shift`, meets what `en` may stand for.
fn overlap(zh: &Quantity, en: &Quantity, factor: f64, shift: f64) -> bool {
    let (low, high) = (zh.value * factor + shift, zh.high * factor + shift);
    // Rounding is for amounts: nobody writes "about 2024" for 2023.
    let rounds = matches!(zh.kind, Kind::Count | Kind::Percent | Kind::Fraction | Kind::Fold);
    let hedged = rounds && (zh.approximate || en.approximate);
    let slack = if hedged { ROUNDING } else { 1e-6 };
    low <= en.high + slack * en.high.abs() && en.value <= high + slack * high.abs()
}

/// Whether the fraction `share` is what `percent` says: to the whole percent, or to three if either is hedged.
fn near_percent(share: &Quantity, percent: &Quantity) -> bool {
    let apart = (share.value * 100.0 - percent.value).abs();
    apart < if share.approximate || percent.approximate { 3.0 } else { 1.0 }
}
