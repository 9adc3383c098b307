//! Collects the quantities of one text and settles what a range shares between its ends.

use super::lex::Tokens;
use super::{Kind, Quantity};
use crate::model::Span;

/// A number as it was read, before what surrounds it says what it counts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Amount {
    /// Its value, or the least it may stand for.
    pub value: f64,
    /// The most it may stand for.
    pub high: f64,
    /// What a following 万, 亿 or `million` multiplied the figure by; 1 without one.
    pub scale: f64,
    /// Whether 余, 多, `a few` and the like make it open.
    pub approximate: bool,
    /// How it is written.
    pub shape: Shape,
    /// The token after it.
    pub next: usize,
}

/// How an [`Amount`] is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// In figures, perhaps with 万 or `million`.
    Figure,
    /// As a single numeral: 三, 十, `three`.
    Single,
    /// As digits one after another: 二〇二五.
    String,
    /// As several numerals: 三十五, `thirty-five`.
    Compound,
    /// As a unit without a number before it: 千万, `millions`.
    Bare,
}

/// What becomes of an amount.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    /// First token.
    pub from: usize,
    /// Token after the last.
    pub to: usize,
    /// See [`Quantity::value`].
    pub value: f64,
    /// See [`Quantity::high`].
    pub high: f64,
    /// See [`Amount::scale`].
    pub scale: f64,
    /// See [`Quantity::kind`].
    pub kind: Kind,
    /// See [`Quantity::approximate`].
    pub approximate: bool,
    /// See [`Quantity::weak`].
    pub weak: bool,
}

impl Found {
    /// An exact value of `kind` in the tokens `from..to`.
    pub(super) fn new(from: usize, to: usize, kind: Kind, value: f64) -> Self {
        Self { from, to, value, high: value, scale: 1.0, kind, approximate: false, weak: false }
    }

    /// `amount`, which begins at token `from`, as a `kind`.
    pub(super) fn amount(from: usize, amount: Amount, kind: Kind) -> Self {
        let Amount { value, high, scale, approximate, next, .. } = amount;
        Self { from, to: next, value, high, scale, kind, approximate, weak: false }
    }

    /// The same, weak if `weak` says so or it already was.
    pub(super) fn weak_if(self, weak: bool) -> Self {
        Self { weak: self.weak || weak, ..self }
    }

    /// The same, approximate if `so` or it already was.
    pub(super) fn approximate_if(self, so: bool) -> Self {
        Self { approximate: self.approximate || so, ..self }
    }

    /// The same with another end.
    pub(super) fn until(self, to: usize) -> Self {
        Self { to, ..self }
    }
}

/// The quantities found so far.
#[derive(Default)]
pub(super) struct Sink {
    found: Vec<Found>,
}

impl Sink {
    /// Adds `found`; what its left end in a range leaves unsaid is filled in: in `5-10万` both are 万, in
    /// `5 to 10 percent` both are percentages.
    pub(super) fn push(&mut self, found: Found, joined: bool) {
        if let Some(last) = self.found.last_mut().filter(|_| joined) {
            share(last, &found);
        }
        self.found.push(found);
    }

    /// The last one found.
    pub(super) fn last(&self) -> Option<&Found> {
        self.found.last()
    }

    /// All of them, with spans.
    pub(super) fn finish(self, tokens: &Tokens) -> Vec<Quantity> {
        let place = |found: Found| {
            let start = tokens.get(found.from)?.start;
            let end = tokens.get(found.to.checked_sub(1)?)?.end;
            let Found { value, high, kind, approximate, weak, .. } = found;
            Some(Quantity { span: Span::new(start, end), value, high, kind, approximate, weak })
        };
        self.found.into_iter().filter_map(place).collect()
    }
}

/// Gives the lower end of a range the scale and kind of its upper end.
fn share(lower: &mut Found, upper: &Found) {
    let bare = lower.scale == 1.0 && matches!(lower.kind, Kind::Count | Kind::Year);
    if !bare {
        return;
    }
    if lower.kind == Kind::Count && upper.scale > 1.0 && lower.value < upper.value / upper.scale {
        lower.value *= upper.scale;
        lower.high *= upper.scale;
        lower.scale = upper.scale;
    }
    let fits = match upper.kind {
        Kind::Percent | Kind::Fold => true,
        Kind::Month => (1.0..=12.0).contains(&lower.value),
        Kind::Day => (1.0..=31.0).contains(&lower.value),
        Kind::Year => (1900.0..=2099.0).contains(&lower.value),
        _ => false,
    };
    if fits {
        lower.kind = upper.kind;
    }
    lower.approximate |= upper.approximate && lower.scale == upper.scale;
}
