//! English number words, alone and after figures: `twenty-five million`, `2.8 billion`, `tens of thousands`.

use super::super::figure::Suffix;
use super::super::lex::Tokens;
use super::super::sink::{Amount, Shape};

/// The value of a cardinal below a hundred.
pub(super) fn cardinal(word: &str) -> Option<f64> {
    const UNITS: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let place = |list: &[&str]| list.iter().position(|name| *name == word);
    place(&UNITS).map(|n| n as f64).or_else(|| place(&TENS).map(|n| n as f64 * 10.0 + 20.0))
}

/// The value of an ordinal of one word.
pub(super) fn ordinal(word: &str) -> Option<f64> {
    const NAMES: [&str; 20] = [
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    NAMES.iter().position(|name| *name == word).map(|n| n as f64 + 1.0)
}

/// What a denominator divides by: `third`, `quarters`.
pub(super) fn denominator(word: &str) -> Option<f64> {
    match word.strip_suffix('s').unwrap_or(word) {
        "half" | "halve" => Some(2.0),
        "quarter" => Some(4.0),
        "hundredth" => Some(100.0),
        "first" | "second" => None,
        name => ordinal(name),
    }
}

/// What a magnitude word multiplies by.
pub(super) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 100.0,
        "thousand" => 1e3,
        "million" | "mln" => 1e6,
        "billion" | "bn" | "bln" => 1e9,
        "trillion" => 1e12,
        _ => return None,
    })
}

/// The least that a magnitude word in the plural may stand for.
pub(super) fn plural(word: &str) -> Option<f64> {
    if word == "tens" { Some(10.0) } else { word.strip_suffix('s').and_then(scale) }
}

/// Reads the longest number that begins at token `from`.
pub(super) fn amount(tokens: &Tokens, from: usize) -> Option<Amount> {
    let word = tokens.word(from);
    vague(tokens, from, word)
        .or_else(|| plurals(tokens, from))
        .or_else(|| half_of_scale(tokens, from, word))
        .or_else(|| spelled(tokens, from, word))
}

/// The token after a hyphen, if one stands at `at`.
pub(super) fn past_hyphen(tokens: &Tokens, at: usize) -> usize {
    if tokens.mark(at) == Some('-') && tokens.touches(at) && tokens.touches(at + 1) { at + 1 } else { at }
}

/// An amount from `value` up to just under ten times as much.
fn open(value: f64, scale: f64, next: usize) -> Amount {
    Amount { value, high: value * 9.99, scale, approximate: true, shape: Shape::Bare, next }
}

/// `several hundred`, `a few million`, `a couple of thousand`, `many thousands`.
fn vague(tokens: &Tokens, from: usize, word: &str) -> Option<Amount> {
    let at = if matches!(word, "a" | "the") { from + 1 } else { from };
    if !matches!(tokens.word(at), "several" | "few" | "couple" | "many") {
        return None;
    }
    let at = if tokens.word(at + 1) == "of" { at + 2 } else { at + 1 };
    if let Some(by) = scale(tokens.word(at)) {
        return Some(open(by, by, at + 1));
    }
    plurals(tokens, at)
}

/// `dozens`, `thousands`, `hundreds of millions`.
fn plurals(tokens: &Tokens, from: usize) -> Option<Amount> {
    let value = plural(tokens.word(from))?;
    let by = if tokens.word(from + 1) == "of" { plural(tokens.word(from + 2)) } else { None };
    let (value, next) = by.map_or((value, from + 1), |by| (value * by, from + 3));
    Some(open(value, value, next))
}

/// `half a million`, `half a dozen`.
fn half_of_scale(tokens: &Tokens, from: usize, word: &str) -> Option<Amount> {
    if word != "half" {
        return None;
    }
    let at = past_hyphen(tokens, from + 1);
    let at = if matches!(tokens.word(at), "a" | "an") { at + 1 } else { at };
    let value = scale(tokens.word(at))? / 2.0;
    let next = at + 1;
    Some(Amount { value, high: value, scale: value, approximate: false, shape: Shape::Compound, next })
}

/// The sums of a number being read: thousands and above are closed off, hundreds and below still open.
struct Sum {
    closed: f64,
    open: Option<f64>,
    last: f64,
    scale: f64,
}

impl Sum {
    fn value(&self) -> f64 {
        self.closed + self.open.unwrap_or(0.0)
    }

    fn multiply(&mut self, by: f64) -> Option<()> {
        let open = self.open.take()?;
        if by <= 100.0 {
            self.open = Some(open * by);
        } else if by < self.last {
            self.closed += open * by;
            self.last = by;
        } else {
            self.open = Some(open);
            return None;
        }
        self.scale *= by;
        Some(())
    }

    /// Adds a cardinal where one can follow: after a magnitude, or a unit after a ten.
    fn add(&mut self, value: f64) -> Option<()> {
        let open = self.open.unwrap_or(0.0);
        let tens = open % 100.0;
        let fits = match self.open {
            None => true,
            Some(_) if tens == 0.0 => open > 0.0,
            Some(_) => tens >= 20.0 && tens % 10.0 == 0.0 && (1.0..10.0).contains(&value),
        };
        self.open = Some(open + if fits { value } else { 0.0 });
        fits.then_some(())
    }
}

/// `a hundred`, `twenty-five`, `one hundred and five`, `2.8 million`, `two and a half`.
fn spelled(tokens: &Tokens, from: usize, word: &str) -> Option<Amount> {
    let mut sum = Sum { closed: 0.0, open: None, last: f64::INFINITY, scale: 1.0 };
    let figure = tokens.figure(from);
    if let Some(figure) = figure {
        let scale = match figure.suffix {
            Suffix::Scale(scale) => scale,
            Suffix::None => 1.0,
            _ => return None,
        };
        (sum.open, sum.scale) = (Some(figure.value), scale);
    } else {
        sum.open = Some(cardinal(word).or_else(|| article(tokens, from, word))?);
    }
    let mut next = from + 1;
    let mut words = 1;
    while let Some(after) = continued(tokens, next, &mut sum, figure.is_some()) {
        next = after;
        words += 1;
    }
    let dozen = matches!(word, "a" | "an") && tokens.word(from + 1) == "dozen";
    let shape = match words {
        _ if figure.is_some() => Shape::Figure,
        1 => Shape::Single,
        _ => Shape::Compound,
    };
    let value = sum.value();
    // "A dozen" is loosely ten to a dozen and a half.
    let (value, high) = if dozen { (10.0, 18.0) } else { (value, value) };
    Some(Amount { value, high, scale: sum.scale, approximate: dozen, shape, next })
}

/// `a` before a magnitude is one.
fn article(tokens: &Tokens, from: usize, word: &str) -> Option<f64> {
    (matches!(word, "a" | "an") && scale(tokens.word(from + 1)).is_some()).then_some(1.0)
}

/// Takes what continues the number at token `at` into `sum`; gives the token after it.
fn continued(tokens: &Tokens, at: usize, sum: &mut Sum, figure: bool) -> Option<usize> {
    let here = past_hyphen(tokens, at);
    let word = tokens.word(here);
    if let Some(by) = scale(word) {
        return sum.multiply(by).map(|()| here + 1);
    }
    if word == "and" && tokens.word(here + 1) == "a" && tokens.word(here + 2) == "half" {
        let half = sum.open.filter(|open| open.fract() == 0.0)? + 0.5;
        sum.open = Some(half);
        return Some(here + 3);
    }
    if figure {
        return None;
    }
    let after_magnitude = sum.scale > 1.0;
    let here = if word == "and" && after_magnitude { here + 1 } else { here };
    cardinal(tokens.word(here)).and_then(|value| sum.add(value)).map(|()| here + 1)
}
