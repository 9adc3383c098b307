//! A number in figures, with the letters glued to it.

/// A character of the text with full-width forms folded to ASCII, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    /// First byte in the text.
    pub start: usize,
    /// Byte after it.
    pub end: usize,
    /// The folded character.
    pub c: char,
}

/// Digits, decimals and suffix of one number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Figure {
    /// The value with the suffix applied when that is a scale (`1.5M` is 1 500 000).
    pub value: f64,
    /// What was glued to the digits.
    pub suffix: Suffix,
    /// Digits before the decimal point.
    pub digits: u8,
    /// Written as plain digits: no separator, no decimals.
    pub plain: bool,
    /// Written with a leading zero (`07`), as only dates and codes are.
    pub padded: bool,
    /// Followed by `+`.
    pub plus: bool,
}

/// What may be glued to the digits of a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Suffix {
    None,
    Percent,
    Scale(f64),
    Unit,
    Ordinal,
    Fold,
    Decade,
    Am,
    Pm,
}

impl Figure {
    /// Whether it may be a year when nothing around it says otherwise.
    pub(super) fn is_year(&self) -> bool {
        self.plain
            && self.digits == 4
            && self.suffix == Suffix::None
            && (1900.0..=2099.0).contains(&self.value)
    }

    /// Its value if it is a plain whole number of one or two digits from `low` to `high`.
    pub(super) fn calendar(&self, low: f64, high: f64) -> Option<f64> {
        let fits = self.plain && self.digits <= 2 && (low..=high).contains(&self.value);
        (fits && matches!(self.suffix, Suffix::None | Suffix::Ordinal)).then_some(self.value)
    }
}

/// Reads all of `cells` as one number; `money` says that a currency sign stands before it.
///
/// Numbers of more than 15 digits are refused: they are identifiers, and an `f64` would not hold them.
pub(super) fn figure(cells: &[Cell], money: bool) -> Option<Figure> {
    let mut number = Digits::default();
    let mut rest = cells;
    while let Some((cell, tail)) = rest.split_first() {
        if !number.take(cell.c, tail) {
            break;
        }
        rest = tail;
    }
    let (whole, digits) = number.finish()?;
    let letters: String = rest.iter().map(|cell| cell.c).collect();
    let suffix = suffix(&letters, &number, money)?;
    let value = if let Suffix::Scale(by) = suffix { whole * by } else { whole };
    let plain = number.groups.is_none() && number.decimals.is_none();
    Some(Figure { value, suffix, digits, plain, padded: number.padded, plus: false })
}

/// The digits read so far.
#[derive(Default)]
struct Digits {
    value: u64,
    total: u8,
    /// Digits since the last separator, once there was one.
    groups: Option<u8>,
    /// Digits after the decimal point, once there was one.
    decimals: Option<u8>,
    padded: bool,
    broken: bool,
}

impl Digits {
    /// Takes one more character if it can belong to a number; `tail` is what follows it.
    fn take(&mut self, c: char, tail: &[Cell]) -> bool {
        let digit_follows = tail.first().is_some_and(|cell| cell.c.is_ascii_digit());
        match c {
            '0'..='9' => self.digit(c),
            ',' if digit_follows && self.total > 0 && self.decimals.is_none() => {
                self.broken |= self.groups.map_or(self.total > 3, |n| n != 3);
                self.groups = Some(0);
            }
            '.' if digit_follows && self.total > 0 && self.decimals.is_none() => self.decimals = Some(0),
            _ => return false,
        }
        true
    }

    fn digit(&mut self, c: char) {
        self.padded |= self.total == 1 && self.value == 0 && self.decimals.is_none();
        self.value = self.value.saturating_mul(10).saturating_add(u64::from(c.to_digit(10).unwrap_or(0)));
        self.total = self.total.saturating_add(1);
        match (&mut self.decimals, &mut self.groups) {
            (Some(n), _) | (None, Some(n)) => *n = n.saturating_add(1),
            (None, None) => {}
        }
    }

    /// The value and the number of digits before the point, if this is a well-formed number.
    fn finish(&self) -> Option<(f64, u8)> {
        let grouped_right = self.groups.is_none_or(|n| n == 3);
        if self.total == 0 || self.total > 15 || self.broken || !grouped_right {
            return None;
        }
        let decimals = self.decimals.unwrap_or(0);
        Some((self.value as f64 / 10f64.powi(i32::from(decimals)), self.total - decimals))
    }
}

/// What `letters` after the digits mean; `None` if they make an identifier of the whole.
fn suffix(letters: &str, number: &Digits, money: bool) -> Option<Suffix> {
    let whole = number.decimals.is_none();
    Some(match letters {
        "" => Suffix::None,
        // Resolutions of screens, not thousands.
        "K" if !money && whole && matches!(number.value, 4 | 8) => return None,
        "k" | "K" => Suffix::Scale(1e3),
        "M" | "mn" | "mln" | "mil" => Suffix::Scale(1e6),
        "m" if money => Suffix::Scale(1e6),
        "B" | "bn" | "bln" => Suffix::Scale(1e9),
        "b" if money => Suffix::Scale(1e9),
        "tn" | "trn" => Suffix::Scale(1e12),
        "T" | "t" if money => Suffix::Scale(1e12),
        "st" | "nd" | "rd" | "th" if whole => Suffix::Ordinal,
        "x" | "X" => Suffix::Fold,
        "s" if whole && number.total == 4 && number.value.is_multiple_of(10) => Suffix::Decade,
        "am" | "AM" => Suffix::Am,
        "pm" | "PM" => Suffix::Pm,
        unit if UNITS.contains(&unit) || is_rate(unit) => Suffix::Unit,
        _ => return None,
    })
}

/// Whether `unit` counts bits, packets or requests per second; their case is often wrong in the news.
fn is_rate(unit: &str) -> bool {
    let unit = unit.to_ascii_lowercase();
    let prefix = ["bps", "pps", "rps"].into_iter().find_map(|rate| unit.strip_suffix(rate));
    prefix.is_some_and(|prefix| matches!(prefix, "" | "k" | "m" | "g" | "t" | "b"))
}

/// Units written without a space: of the SI brochure, of IEC 80000-13, and of network measurement.
///
/// `G`, `D` and `d` are missing on purpose: `5G`, `3D` and `3d` are names.
const UNITS: &[&str] = &[
    "B", "KB", "kB", "MB", "GB", "TB", "PB", "EB", "ZB", "KiB", "MiB", "GiB", "TiB", "Kb", "kb", "Mb", "Gb",
    "Tb", "MBps", "GBps", "qps", "fps", "bit", "bits", "byte", "bytes", "Hz", "kHz", "KHz", "MHz", "GHz",
    "THz", "W", "kW", "KW", "MW", "GW", "Wh", "kWh", "mAh", "V", "kV", "mV", "A", "mA", "nm", "mm", "cm",
    "m", "km", "ft", "in", "mg", "g", "kg", "t", "ml", "L", "ns", "µs", "us", "ms", "s", "sec", "secs",
    "min", "mins", "h", "hr", "hrs", "px", "dpi", "dB", "USD", "EUR", "GBP", "RMB", "CNY", "BTC", "ETH",
    "XMR", "mph", "kmh",
];
