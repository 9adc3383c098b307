//! Whether a hedged figure is another one rounded.
//!
//! The scanner of numbers lets hedged figures lie 5 % apart, which is right for finding the partner of a sentence and too
//! much for checking it: 超过702 is no rendering of `more than 700`. A translator rounds: to fewer digits than the original
//! has, and to the side that the hedge tells.

use super::{Amount, Bound};
use crate::text::numbers::Kind;

/// Whether the Chinese may stand for the English: the same figure, or one that it is rounded to.
pub fn is_rounded(zh: &Amount, en: &Amount) -> bool {
    let (z, e) = (&zh.quantity, &en.quantity);
    if z.high > z.value && e.high > e.value && z.kind == Kind::Count {
        return overlap((z.value, z.high), (e.value, e.high));
    }
    if z.kind != e.kind || is_same(z.value, e.value) {
        return true;
    }
    // 300多 may stand for 340, never for 300 less a few.
    if z.high > z.value {
        return z.value <= e.value && e.value <= z.high * 1.05;
    }
    if e.high > e.value {
        return e.value <= z.value && z.value <= e.high * 1.05;
    }
    let bound = |amount: &Amount| amount.bound.map(|(bound, _)| bound);
    let up = z.value > e.value;
    let side = match bound(zh) {
        Some(Bound::Nearly | Bound::Below | Bound::AtMost) => up,
        Some(Bound::AtLeast) => !up,
        _ => true,
    };
    let apart = (z.value - e.value).abs();
    let (step_zh, step_en) = (step(z.value), step(e.value));
    // `over 41,000` and 近4.2万 are the same stretch told from its two ends.
    let turned = matches!(
        (bound(en), bound(zh), up),
        (Some(Bound::AtLeast), Some(Bound::Nearly), true)
            | (Some(Bound::Nearly), Some(Bound::AtLeast), false)
    );
    side && ((step_zh > step_en && apart < step_zh) || (turned && apart <= step_en * 1.001))
}

/// Whether two vague numbers share at least half of the narrower: 数百 begins where `dozens` end.
fn overlap(a: (f64, f64), b: (f64, f64)) -> bool {
    let shared = a.1.min(b.1) - a.0.max(b.0);
    shared >= 0.5 * (a.1 - a.0).min(b.1 - b.0)
}

/// Whether two values are the same but for the arithmetic.
pub fn is_same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs())
}

/// The worth of the last digit that is not zero: 1000 for 41,000, 0.1 for 9.8.
fn step(value: f64) -> f64 {
    let mut step = 1e-3;
    while step < 1e15 {
        let next = step * 10.0;
        let rest = (value / next).fract();
        if rest > 1e-6 && rest < 1.0 - 1e-6 {
            return step;
        }
        step = next;
        if step > value {
            break;
        }
    }
    step / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::qa::Facts;

    #[test]
    fn hedged_figures_are_held_to_their_digits() {
        for (zh, en, right) in [
            ("近4.2万台设备", "over 41,000 devices", true),
            ("超过4.1万台设备", "nearly 42,000 devices", true),
            ("近2000台设备", "nearly 1,971 devices", true),
            ("近1970台设备", "nearly 1,971 devices", false),
            ("约7.6万台设备", "75,835 devices", true),
            ("超过702台设备", "more than 700 devices", false),
            ("至少36台设备", "at least 35 devices", false),
            ("约96%", "approximately 92%", false),
            ("约90%", "approximately 92%", true),
            ("307多台设备", "more than 300 devices", false),
            ("300多台设备", "more than 300 devices", true),
            ("二十多台设备", "25 devices", true),
            ("大约507台设备", "approximately 500 devices", false),
        ] {
            let (z, e) = (Facts::of(zh, Lang::Zh), Facts::of(en, Lang::En));
            assert_eq!(is_rounded(&z.amounts[0], &e.amounts[0]), right, "{zh} {en}");
        }
    }

    #[test]
    fn steps() {
        for (value, expected) in
            [(41_000.0, 1000.0), (1971.0, 1.0), (9.8, 0.1), (700.0, 100.0), (2_800_000.0, 100_000.0)]
        {
            assert!((step(value) / expected - 1.0).abs() < 1e-6, "{value} {}", step(value));
        }
    }
}
