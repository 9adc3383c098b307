//! Quantities in English text.

mod calendar;
mod words;

use self::words::{amount, cardinal, denominator, ordinal, past_hyphen};
use super::chinese::{figure_kind, figure_value};
use super::figure::{Figure, Suffix};
use super::lex::{Lex, Tokens, lex};
use super::sink::{Amount, Found, Shape, Sink};
use super::{Kind, Quantity};

/// The quantities of an English text, in order of appearance, without overlaps.
///
/// `one` and `first` are always weak (pronoun, article, adverb), so are `zero` (`zero-day`), `two-factor`
/// and `third-party`. A bare number of four digits from 1900 to 2099 is a year. `May` is a month only in
/// capitals and with a day, a year or a preposition beside it; other months need a capital letter.
pub fn english(text: &str) -> Vec<Quantity> {
    let mut scan = Scan { text, tokens: lex(text), sink: Sink::default() };
    let mut at = 0;
    while at < scan.tokens.len() {
        at = scan.at(at).max(at + 1);
    }
    scan.sink.finish(&scan.tokens)
}

struct Scan<'t> {
    text: &'t str,
    tokens: Tokens,
    sink: Sink,
}

impl Scan<'_> {
    /// Reads what begins at token `at`; gives the token to go on from.
    fn at(&mut self, at: usize) -> usize {
        match self.tokens.lex(at) {
            Some(Lex::Ready { kind, value, weak }) => self.ready(at, kind, value, weak),
            Some(Lex::Figure(figure)) => self.number(at).unwrap_or_else(|| self.glued(at, figure)),
            Some(Lex::Word) => self.words(at),
            _ => at + 1,
        }
    }

    /// Adds `found`; gives the token after it.
    fn put(&mut self, found: Found) -> usize {
        let measures =
            matches!(found.kind, Kind::Count | Kind::Percent | Kind::Fraction | Kind::Fold | Kind::Time);
        let joined = self.sink.last().is_some_and(|last| self.joins(last.from, last.to, found.from));
        // The wave dash of a range is no "about".
        let hedged = (!joined && self.hedged(found.from)) || self.hedged_after(found.to);
        self.sink.push(found.approximate_if(hedged && measures), joined);
        found.to
    }

    /// Whether the tokens `from..to` join a number that begins at `first` with the upper end of its range.
    fn joins(&self, first: usize, from: usize, to: usize) -> bool {
        let link = match self.tokens.lex(from) {
            Some(Lex::Mark('-' | '–' | '—' | '~')) => true,
            Some(Lex::Word) => match self.tokens.word(from) {
                "to" | "or" => true,
                "and" => (1..=2).any(|by| self.tokens.word_before(first, by) == "between"),
                _ => false,
            },
            _ => false,
        };
        link && (from + 1..to).all(|i| is_currency(self.tokens.mark(i))) && to - from <= 2
    }

    /// Whether the number at token `at` is hedged by what stands before it.
    fn hedged(&self, at: usize) -> bool {
        let mut at = at;
        while at > 0
            && (is_currency(self.tokens.mark(at - 1))
                || matches!(self.tokens.word(at - 1), "us" | "a" | "the"))
        {
            at -= 1;
        }
        let mark = at.checked_sub(1).and_then(|i| self.tokens.mark(i));
        if matches!(mark, Some('~' | '≈' | '<' | '>' | '≤' | '≥')) {
            return true;
        }
        let before = self.tokens.word_before(at, 2);
        match self.tokens.word_before(at, 1) {
            "about" | "around" | "approximately" | "approx" | "roughly" | "nearly" | "almost" | "over"
            | "some" | "circa" | "under" | "below" | "above" | "exceeding" | "estimated" | "beyond"
            | "near" => true,
            "than" => matches!(
                before,
                "more" | "less" | "fewer" | "higher" | "greater" | "better" | "larger" | "lower"
            ),
            "to" => matches!(before, "up" | "close"),
            "least" | "most" => before == "at",
            "as" => matches!(before, "many" | "much" | "few" | "little" | "high" | "low"),
            "of" => matches!(before, "upwards" | "excess" | "estimate" | "minimum" | "maximum"),
            _ => false,
        }
    }

    /// Whether the number before token `at` is hedged by what stands there.
    fn hedged_after(&self, at: usize) -> bool {
        self.tokens.word(at) == "or"
            && matches!(self.tokens.word(at + 1), "so" | "more" | "less" | "fewer" | "higher")
            || self.tokens.word(at) == "plus"
    }

    /// A time, date or version in figures; a.m. and p.m. may follow a time.
    fn ready(&mut self, at: usize, kind: Kind, value: f64, weak: bool) -> usize {
        let half = if kind == Kind::Time { self.half_day(at + 1) } else { None };
        let value = half.map_or(value, |noon| value % 720.0 + noon);
        self.put(Found::new(at, at + 1 + usize::from(half.is_some()), kind, value).weak_if(weak))
    }

    /// Minutes to add for the half of the day named at token `at`.
    fn half_day(&self, at: usize) -> Option<f64> {
        match self.tokens.word(at) {
            "am" | "a.m" => Some(0.0),
            "pm" | "p.m" => Some(720.0),
            _ => None,
        }
    }

    /// A figure with its unit glued to it.
    fn glued(&mut self, at: usize, figure: Figure) -> usize {
        if figure.suffix == Suffix::Ordinal && self.is_day(at, &figure) {
            return self.put(Found::new(at, at + 1, Kind::Day, figure.value));
        }
        let found =
            Found::new(at, at + 1, figure_kind(&figure), figure_value(&figure)).approximate_if(figure.plus);
        let decade = if figure.suffix == Suffix::Decade { 9.0 } else { 0.0 };
        self.put(Found { high: found.value + decade, ..found })
    }

    /// Whether a month follows the figure: `29 July`, `29th of July`.
    fn is_day(&self, at: usize, figure: &Figure) -> bool {
        let month = if self.tokens.word(at + 1) == "of" { at + 2 } else { at + 1 };
        figure.calendar(1.0, 31.0).is_some() && self.month(month).is_some()
    }

    /// What begins with a word.
    fn words(&mut self, at: usize) -> usize {
        if let Some((month, after)) = self.month(at) {
            self.put(Found::new(at, at + 1, Kind::Month, month));
            return self.days(after);
        }
        self.number(at)
            .or_else(|| self.part(at))
            .or_else(|| self.place(at))
            .or_else(|| self.fold(at))
            .unwrap_or(at + 1)
    }

    /// A number and what follows it.
    fn number(&mut self, at: usize) -> Option<usize> {
        let amount = amount(&self.tokens, at)?;
        if let Some(figure) = self.tokens.figure(at).filter(|_| amount.next == at + 1) {
            if self.is_day(at, &figure) {
                return Some(self.put(Found::new(at, at + 1, Kind::Day, figure.value)));
            }
            if figure.padded {
                return Some(at + 1);
            }
        }
        let next = self.one_in(at, &amount).or_else(|| self.suffixed(at, amount));
        Some(next.unwrap_or_else(|| self.count(at, amount)))
    }

    /// `one in five`, `1 in 10`.
    fn one_in(&mut self, at: usize, part: &Amount) -> Option<usize> {
        let whole = (self.tokens.word(part.next) == "in").then(|| amount(&self.tokens, part.next + 1))??;
        let fits = part.value == 1.0 && (2.0..=100.0).contains(&whole.value) && whole.shape != Shape::Bare;
        let last = matches!(
            self.tokens.word(whole.next),
            "percent" | "months" | "weeks" | "days" | "years" | "hours"
        );
        (fits && !last).then(|| self.put(Found::new(at, whole.next, Kind::Fraction, 1.0 / whole.value)))
    }

    /// A number with percent, fold, times, a denominator, or the half of a day.
    fn suffixed(&mut self, at: usize, amount: Amount) -> Option<usize> {
        let next = past_hyphen(&self.tokens, amount.next);
        let found = |kind, to| Found::amount(at, amount, kind).until(to);
        let word = self.tokens.word(next);
        let after = self.tokens.word(next + 1);
        let done = match word {
            "percent" | "pct" | "percentage" => {
                let points = usize::from(matches!(after, "point" | "points"));
                found(Kind::Percent, next + 1 + points)
            }
            "per" if after == "cent" => found(Kind::Percent, next + 2),
            "fold" => found(Kind::Fold, next + 1),
            "times" if compares(after) => found(Kind::Fold, next + 1),
            "am" | "a.m" | "pm" | "p.m" if amount.value <= 12.0 && amount.value.fract() == 0.0 => {
                let noon = self.half_day(next).unwrap_or(0.0);
                Found::new(at, next + 1, Kind::Time, amount.value % 12.0 * 60.0 + noon)
            }
            _ if self.tokens.mark(next) == Some('%') => found(Kind::Percent, next + 1),
            _ => return self.fraction(at, next, amount),
        };
        Some(self.put(done))
    }

    /// `one third`, `two-thirds`, `three quarters`; `twenty-fifth`.
    fn fraction(&mut self, at: usize, next: usize, amount: Amount) -> Option<usize> {
        let word = self.tokens.word(next);
        let spelled = amount.shape == Shape::Single;
        if let Some(place) = ordinal(word).filter(|n| *n < 10.0 && spelled && amount.value >= 20.0) {
            return Some(self.put(Found::new(at, next + 1, Kind::Ordinal, amount.value + place)));
        }
        let by = denominator(word)?;
        let number = word.ends_with('s') == (amount.value > 1.0);
        let fits = spelled && number && amount.value > 0.0 && amount.value < by;
        fits.then(|| self.put(Found::new(at, next + 1, Kind::Fraction, amount.value / by)))
    }

    /// A number that counts something.
    fn count(&mut self, at: usize, amount: Amount) -> usize {
        let figure = self.tokens.figure(at);
        let year =
            amount.next == at + 1 && figure.is_some_and(|f| f.is_year() && !f.plus) && !self.hedged(at);
        let year = year && !at.checked_sub(1).is_some_and(|i| is_currency(self.tokens.mark(i)));
        let version = matches!(self.tokens.word_before(at, 1), "version" | "versions");
        let kind = if version {
            Kind::Version
        } else if year {
            Kind::Year
        } else {
            Kind::Count
        };
        let article = amount.shape == Shape::Single && amount.value < 2.0;
        let factor = amount.shape == Shape::Single
            && past_hyphen(&self.tokens, amount.next) > amount.next
            && matches!(self.tokens.word(amount.next + 1), "factor" | "step" | "way");
        let marker = at == 0 && matches!(self.tokens.mark(1), Some('.' | ')')) && self.tokens.touches(1);
        let zero_day = amount.value == 0.0 && past_hyphen(&self.tokens, amount.next) > amount.next;
        let weak = article || factor || marker || version || zero_day || self.tokens.in_brackets(at);
        let found = Found::amount(at, amount, kind).weak_if(weak);
        self.put(found.approximate_if(figure.is_some_and(|f| f.plus)))
    }

    /// `half of`, `a third of`, `a quarter`.
    fn part(&mut self, at: usize) -> Option<usize> {
        let word = self.tokens.word(at);
        let article = matches!(word, "a" | "an");
        let at_part = if article { at + 1 } else { at };
        let part = self.tokens.word(at_part);
        let after = self.tokens.word(at_part + 1);
        if part == "half" {
            let before = self.tokens.word_before(at, 1);
            let of_period =
                matches!(before, "first" | "second" | "latter" | "other" | "and") || after == "life";
            let strong = matches!(after, "of" | "the" | "all" | "its" | "their" | "these" | "those")
                || matches!(before, "in" | "by")
                || self.hedged(at);
            return (!of_period)
                .then(|| self.put(Found::new(at, at_part + 1, Kind::Fraction, 0.5).weak_if(!strong)));
        }
        let by = denominator(part).filter(|_| article && after == "of" && !part.ends_with('s'))?;
        Some(self.put(Found::new(at, at_part + 1, Kind::Fraction, 1.0 / by)))
    }

    /// `third`, `Second`: ordinals of one word.
    fn place(&mut self, at: usize) -> Option<usize> {
        let value = ordinal(self.tokens.word(at))?;
        let hyphen = past_hyphen(&self.tokens, at + 1);
        if self.month(at + 1).is_some() || (self.tokens.word(at + 1) == "of" && self.month(at + 2).is_some())
        {
            return Some(self.put(Found::new(at, at + 1, Kind::Day, value)));
        }
        let before = self.tokens.word_before(at, 1);
        if value == 2.0 && matches!(before, "per" | "each" | "every") {
            return None;
        }
        let time =
            value == 2.0 && !matches!(before, "the" | "this" | "that" | "its" | "their" | "his" | "her");
        let party = value == 3.0 && matches!(self.tokens.word(hyphen), "party" | "parties");
        Some(self.put(Found::new(at, at + 1, Kind::Ordinal, value).weak_if(value == 1.0 || time || party)))
    }

    /// `doubled`, `tripled`, `twofold`, `twice`, `halved`, `both`, `decade`.
    fn fold(&mut self, at: usize) -> Option<usize> {
        let word = self.tokens.word(at);
        let (kind, value, weak) = match word {
            _ if self.tokens.word(at + 1) == "down" => return None,
            "doubled" | "doubling" | "doubles" | "twice" => (Kind::Fold, 2.0, false),
            "double" => (Kind::Fold, 2.0, true),
            "tripled" | "tripling" | "triples" | "trebled" | "thrice" => (Kind::Fold, 3.0, false),
            "triple" => (Kind::Fold, 3.0, true),
            "quadrupled" | "quadrupling" => (Kind::Fold, 4.0, false),
            "halved" => (Kind::Fraction, 0.5, false),
            "both" => (Kind::Count, 2.0, true),
            "decade" => (Kind::Count, 10.0, true),
            _ => (Kind::Fold, cardinal(word.strip_suffix("fold")?)?, false),
        };
        Some(self.put(Found::new(at, at + 1, kind, value).weak_if(weak)))
    }
}

fn is_currency(mark: Option<char>) -> bool {
    matches!(mark, Some('$' | '€' | '£' | '¥' | '₹' | '₩' | '₽' | '₿'))
}

/// Whether `word` after "times" makes a comparison of it, not a count of occasions.
fn compares(word: &str) -> bool {
    [
        "more", "less", "higher", "lower", "larger", "smaller", "faster", "slower", "greater", "bigger",
        "better", "the", "as", "that", "its", "stronger", "longer", "cheaper",
    ]
    .contains(&word)
}
