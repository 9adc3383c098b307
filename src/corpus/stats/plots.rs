//! What plots have in common: places and lengths in hundredths of a plot, so that one drawing fits every screen, and numbers
//! for people.

/// The next of 1, 2, 5, 10, 20, 50 and so on.
pub fn round_up(number: u64) -> u64 {
    let mut power: u64 = 1;
    loop {
        if let Some(round) =
            [1, 2, 5].map(|n| power.saturating_mul(n)).into_iter().find(|&round| round >= number)
        {
            return round;
        }
        power = power.saturating_mul(10);
    }
}

/// A part of a whole, 0–1.
pub fn share(part: u64, whole: u64) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// A place or length within a plot.
pub fn hundredths(share: f64) -> String {
    format!("{:.2}%", share * 100.0)
}

/// A share for people.
pub fn percent(part: u64, whole: u64) -> String {
    format!("{:.1} %", share(part, whole) * 100.0)
}

/// A number with commas.
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
