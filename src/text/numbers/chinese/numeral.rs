//! Chinese numerals, alone and mixed with figures: 一百二十三, 三点五亿, 1亿2000万, 十余, 两三百.

use super::super::figure::{Figure, Suffix};
use super::super::lex::{Lex, Tokens};
use super::super::sink::{Amount, Shape};
use super::idiom;

/// The value of a digit; 两 and 俩 are two. Formal forms (壹, 陆 …) are left out: the genre never writes
/// amounts so, and 登陆 or 队伍 would be numbers.
pub(super) fn digit(c: char) -> Option<f64> {
    Some(match c {
        '零' | '〇' => 0.0,
        '一' => 1.0,
        '二' | '两' | '俩' => 2.0,
        '三' => 3.0,
        '四' => 4.0,
        '五' => 5.0,
        '六' => 6.0,
        '七' => 7.0,
        '八' => 8.0,
        '九' => 9.0,
        _ => return None,
    })
}

/// The value of a unit within a section of four digits.
fn small(c: char) -> Option<f64> {
    Some(match c {
        '十' => 10.0,
        '百' => 100.0,
        '千' => 1e3,
        _ => return None,
    })
}

/// The value of a unit that closes a section.
fn big(c: char) -> Option<f64> {
    Some(match c {
        '万' | '萬' => 1e4,
        '亿' | '億' => 1e8,
        _ => return None,
    })
}

/// Whether `c` is a unit of either size.
pub(super) fn is_unit(c: char) -> bool {
    small(c).or_else(|| big(c)).is_some()
}

/// Whether `c` can begin a number.
pub(super) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || is_unit(c)
}

/// Reads the longest number that begins at token `from`.
pub(super) fn amount(tokens: &Tokens, from: usize) -> Option<Amount> {
    let mut reader = Reader { tokens, from, at: from, ..Reader::start(tokens) };
    if let Some(Figure { suffix: Suffix::Scale(scale), value, .. }) = tokens.figure(from) {
        let amount =
            Amount { value, high: value, scale, approximate: false, shape: Shape::Figure, next: from + 1 };
        return Some(amount);
    }
    while reader.step().is_some() {}
    reader.finish()
}

/// A number being read. The running sums are those of the usual section-by-section reading: a digit is
/// `current`, 十百千 add it to the section, 万 and 亿 close the section.
struct Reader<'t> {
    tokens: &'t Tokens,
    from: usize,
    at: usize,
    total: f64,
    section: f64,
    current: Option<f64>,
    /// The last unit and whether 零 came after it; units within a section must fall.
    last: f64,
    zero: bool,
    /// The unit that closed the last section, 万亿 taken as one; 0 before any.
    last_big: f64,
    scale: f64,
    /// The upper of two neighbouring digits (两三百) as a multiple of the lower.
    spread: f64,
    numerals: usize,
    string: bool,
    figure: bool,
    bare: bool,
    open: bool,
}

impl<'t> Reader<'t> {
    fn start(tokens: &'t Tokens) -> Self {
        Reader {
            tokens,
            from: 0,
            at: 0,
            total: 0.0,
            section: 0.0,
            current: None,
            last: f64::INFINITY,
            zero: false,
            last_big: 0.0,
            scale: 1.0,
            spread: 1.0,
            numerals: 0,
            string: false,
            figure: false,
            bare: false,
            open: false,
        }
    }

    /// Takes the next token; `None` if it does not belong to the number.
    fn step(&mut self) -> Option<()> {
        let lex = self.tokens.lex(self.at)?;
        if !self.continues() {
            return None;
        }
        match lex {
            Lex::Figure(figure) => self.take_figure(figure)?,
            Lex::Han(c) => self.take_han(c)?,
            _ => return None,
        }
        self.at += 1;
        Some(())
    }

    /// Whether the token here is close enough to the one before: figures may have a space before 万.
    fn continues(&self) -> bool {
        if self.at == self.from || self.tokens.touches(self.at) {
            return true;
        }
        let after_figure = self.tokens.figure(self.at - 1).is_some();
        let parts =
            self.tokens.figure(self.at).is_some() && self.tokens.han(self.at + 1).is_some_and(is_unit);
        self.figure && self.tokens.near(self.at) && (after_figure || parts)
    }

    fn take_figure(&mut self, figure: Figure) -> Option<()> {
        let fits =
            self.at == self.from || (self.figure && self.current.is_none() && figure.value < self.last);
        if !fits || self.open || figure.suffix != Suffix::None {
            return None;
        }
        self.figure = true;
        self.current = Some(figure.value);
        Some(())
    }

    fn take_han(&mut self, c: char) -> Option<()> {
        if let Some(d) = digit(c) {
            self.take_digit(d)
        } else if let Some(unit) = small(c) {
            self.take_small(unit)
        } else if let Some(unit) = big(c) {
            self.take_big(unit)
        } else {
            match c {
                '点' => self.take_point(),
                '余' | '多' | '几' | '来' => self.take_open(c),
                _ => None,
            }
        }
    }

    fn take_digit(&mut self, d: f64) -> Option<()> {
        if self.open || self.bare || self.figure || self.spread != 1.0 {
            return None;
        }
        self.numerals += 1;
        match self.current {
            None if d == 0.0 && self.last.is_finite() => self.zero = true,
            None => self.current = Some(d),
            Some(first) if !self.string && first > 0.0 && d == first + 1.0 && self.ends_pair() => {
                self.spread = d / first;
            }
            Some(_) if self.last.is_finite() => return None,
            Some(value) => {
                self.string = true;
                self.current = Some(value * 10.0 + d);
            }
        }
        Some(())
    }

    /// Whether the digit here is the second and last of a pair such as 两三, not part of a string.
    fn ends_pair(&self) -> bool {
        let next = self.tokens.han(self.at + 1);
        next.is_some_and(|c| digit(c).is_none() && c != '点' && c != '月')
    }

    fn take_small(&mut self, unit: f64) -> Option<()> {
        if unit >= self.last && self.section != 0.0 || self.string {
            return None;
        }
        let implied = self.current.is_none();
        if self.figure && !self.figure_takes(unit) {
            return None;
        }
        if implied && self.numerals == 0 && !self.figure {
            // 十 begins a number by itself; 百 and 千 need something before them.
            self.bare = unit > 10.0;
        } else if implied && (unit > 10.0 || self.open || !self.zero) {
            return None;
        }
        self.section += self.current.take().unwrap_or(1.0) * unit;
        self.last = unit;
        self.zero = false;
        self.numerals += 1;
        if self.figure {
            self.scale *= unit;
        }
        Some(())
    }

    /// Whether a figure goes with 百 or 千: `3百`, `25千`, but neither `2024百强` nor `50千米`.
    fn figure_takes(&self, unit: f64) -> bool {
        let limit = if unit == 100.0 { 10.0 } else { 100.0 };
        let metric = self.tokens.han(self.at + 1).is_some_and(|c| "米瓦克赫字卡帕兆伏".contains(c));
        unit > 10.0 && !metric && self.current.is_none_or(|value| value < limit)
    }

    fn take_big(&mut self, unit: f64) -> Option<()> {
        if self.figure && idiom::leading(self.tokens.from(self.at)).is_some() {
            return None;
        }
        let mut section = self.section + self.current.take().unwrap_or(0.0);
        if section == 0.0 && self.total == 0.0 {
            if self.at != self.from {
                return None;
            }
            self.bare = true;
            section = 1.0;
        }
        if unit > self.last_big {
            self.total = (self.total + section) * unit;
        } else {
            self.total += section * unit;
        }
        self.last_big = if section == 0.0 { self.last_big * unit } else { unit };
        self.scale *= unit;
        self.section = 0.0;
        self.last = unit;
        self.zero = false;
        self.numerals += 1;
        Some(())
    }

    /// 点 between numerals: reads the decimals after it too.
    fn take_point(&mut self) -> Option<()> {
        let whole = self.current.or((self.section > 0.0).then_some(0.0))?;
        if self.figure || self.open || self.spread != 1.0 {
            return None;
        }
        let (mut value, mut place) = (0.0, 1.0);
        while let Some(d) = self.tokens.han(self.at + 1).and_then(digit).filter(|_| place < 1e12) {
            value = value * 10.0 + d;
            place *= 10.0;
            self.at += 1;
            self.numerals += 1;
        }
        if place == 1.0 {
            return None;
        }
        self.current = Some(whole + value / place);
        Some(())
    }

    /// 余, 多, 几, 来 after a round number leave it open: 二十多, 3000余, 十几, 20多万.
    fn take_open(&mut self, c: char) -> Option<()> {
        let round = match self.current {
            None => self.last.is_finite(),
            Some(value) => self.figure && value >= 10.0,
        };
        let after_ten = self.last == 10.0 && self.current.is_none();
        let next = self.tokens.han(self.at + 1);
        let fits = match c {
            '几' => after_ten && next != Some('乎'),
            '来' => after_ten && next.is_some_and(|c| "个名家台款万年天次种".contains(c)),
            '多' => next.is_none_or(|c| !"达于数语样重因维云".contains(c)),
            _ => true,
        };
        if !round || !fits || self.open {
            return None;
        }
        self.open = true;
        Some(())
    }

    fn finish(mut self) -> Option<Amount> {
        if self.at == self.from {
            return None;
        }
        let informal =
            !self.zero && !self.figure && self.spread == 1.0 && self.last.is_finite() && self.last > 10.0;
        if let (true, Some(d)) = (informal, self.current.filter(|d| d.fract() == 0.0)) {
            // 三百五 is 350, 一万二 is 12 000.
            self.current = Some(d * self.last / 10.0);
        }
        let value = self.total + self.section + self.current.unwrap_or(0.0);
        let high = if self.open { value + place(value) * 0.999 } else { value * self.spread };
        let shape = match self.numerals {
            _ if self.bare => Shape::Bare,
            _ if self.figure => Shape::Figure,
            _ if self.string => Shape::String,
            1 => Shape::Single,
            _ => Shape::Compound,
        };
        let approximate = self.open || self.spread != 1.0;
        let scale = self.scale;
        value.is_finite().then_some(Amount { value, high, scale, approximate, shape, next: self.at })
    }
}

/// The place value of the last figure of `value` that is not zero: 1000 for 12 000.
fn place(value: f64) -> f64 {
    let mut place = 1.0;
    while place * 10.0 <= value && (value / (place * 10.0)).fract() == 0.0 {
        place *= 10.0;
    }
    place
}
