//! Quantities in Chinese text.

mod calendar;
mod idiom;
mod numeral;

use self::numeral::{amount, digit, is_numeral, is_unit};
use super::figure::{Figure, Suffix};
use super::lex::{Lex, Tokens, lex};
use super::sink::{Amount, Found, Shape, Sink};
use super::{Kind, Quantity};

/// The quantities of a Chinese text, in order of appearance, without overlaps.
///
/// Bare 一 counts only before a measure word and is always weak (it is the article of 一个); other single
/// numerals without a measure word are weak too. N年 is a year from 1900 to 2099 and a duration otherwise;
/// N月 is a month, N个月 a duration; N日 is a day of the month, N天 a duration.
pub fn chinese(text: &str) -> Vec<Quantity> {
    let mut scan = Scan { tokens: lex(text), sink: Sink::default() };
    let mut at = 0;
    while at < scan.tokens.len() {
        at = scan.at(at).max(at + 1);
    }
    scan.sink.finish(&scan.tokens)
}

struct Scan {
    tokens: Tokens,
    sink: Sink,
}

impl Scan {
    /// Reads what begins at token `at`; gives the token to go on from.
    fn at(&mut self, at: usize) -> usize {
        match self.tokens.lex(at) {
            Some(Lex::Ready { kind, value, weak }) => {
                self.put(Found::new(at, at + 1, kind, value).weak_if(weak))
            }
            Some(Lex::Figure(_)) => self.number(at),
            Some(Lex::Han(c)) => self.han(at, c),
            _ => at + 1,
        }
    }

    /// Adds `found`; gives the token after it.
    fn put(&mut self, found: Found) -> usize {
        let measures =
            matches!(found.kind, Kind::Count | Kind::Percent | Kind::Fraction | Kind::Fold | Kind::Time);
        let joined = self.sink.last().is_some_and(|last| self.joins(last.to, found.from));
        // The wave dash of a range is no "about".
        let hedged = (!joined && idiom::hedged(self.tokens.before(found.from)))
            || idiom::hedged_after(self.tokens.from(found.to));
        self.sink.push(found.approximate_if(hedged && measures), joined);
        found.to
    }

    /// Whether the tokens `from..to` join the two ends of a range.
    fn joins(&self, from: usize, to: usize) -> bool {
        let range = |i| {
            matches!(
                self.tokens.lex(i),
                Some(Lex::Mark('-' | '–' | '—' | '~') | Lex::Han('至' | '到' | '或'))
            )
        };
        (from..to).all(|i| range(i) || matches!(self.tokens.lex(i), Some(Lex::Mark('$' | '€' | '£' | '¥'))))
            && range(from)
            && to - from <= 2
    }

    fn han(&mut self, at: usize, c: char) -> usize {
        let next = self.tokens.han(at + 1);
        match c {
            '第' => self.ordinal(at),
            '首' if next.is_some_and(|c| "次个款例批位名轮度".contains(c)) => {
                self.put(Found::new(at, at + 1, Kind::Ordinal, 1.0).weak_if(true))
            }
            '数' | '几' | '上' if next.is_some_and(|c| is_unit(c) || c == '以') => self.vague(at, c),
            '成' => self.idiomatic_many(at),
            '半' | '过' => self.half(at),
            '翻' => self.doubled(at),
            c if is_numeral(c) => self.numeral(at),
            _ => at + 1,
        }
    }

    /// A number that begins with a numeral: an idiom or the real thing.
    fn numeral(&mut self, at: usize) -> usize {
        let rest = self.tokens.from(at);
        for (word, value) in [("一半", 0.5), ("百分百", 100.0)] {
            if rest.starts_with(word) {
                let kind = if value < 1.0 { Kind::Fraction } else { Kind::Percent };
                return self.put(Found::new(at, at + word.chars().count(), kind, value));
            }
        }
        if rest.starts_with("百分之") {
            return self.parts_of(at, at + 3, 100.0);
        }
        // Every character of an idiom is a token of its own.
        if let Some(length) = idiom::leading(rest) {
            return at + rest.get(..length).map_or(1, |word| word.chars().count());
        }
        if idiom::trailing(self.tokens.before(at + 1)) {
            return at + 1;
        }
        self.number(at)
    }

    /// A number and what follows it.
    fn number(&mut self, at: usize) -> usize {
        let Some(amount) = amount(&self.tokens, at) else { return self.glued(at) };
        if amount.shape == Shape::Bare {
            return self.bare(at, amount);
        }
        if self.is_weekday(at, &amount) {
            return amount.next;
        }
        self.parts(at, amount)
            .or_else(|| self.suffixed(at, amount))
            .or_else(|| self.calendar(at, amount))
            .or_else(|| self.clock(at, amount))
            .unwrap_or_else(|| self.count(at, amount))
    }

    /// A figure with its unit glued to it.
    fn glued(&mut self, at: usize) -> usize {
        let Some(figure) = self.tokens.figure(at) else { return at + 1 };
        let found = Found::new(at, at + 1, figure_kind(&figure), figure_value(&figure));
        self.put(found.approximate_if(figure.plus))
    }

    fn is_weekday(&self, at: usize, amount: &Amount) -> bool {
        let single = amount.shape == Shape::Single && amount.value <= 6.0;
        let counted = self.tokens.han(amount.next).is_some_and(|c| "次个天名".contains(c));
        single && !counted && idiom::weekday(self.tokens.before(at))
    }

    /// N分之M.
    fn parts(&mut self, at: usize, whole: Amount) -> Option<usize> {
        let parts = self.tokens.from(whole.next).starts_with("分之");
        (parts && whole.value > 0.0).then(|| self.parts_of(at, whole.next + 2, whole.value))
    }

    /// The number of parts after 分之, at token `from`.
    fn parts_of(&mut self, at: usize, from: usize, whole: f64) -> usize {
        let Some(part) = amount(&self.tokens, from).filter(|part| part.shape != Shape::Bare) else {
            return from;
        };
        let percent = [100.0, 1000.0, 10_000.0].contains(&whole);
        let (kind, by) = if percent { (Kind::Percent, 100.0 / whole) } else { (Kind::Fraction, 1.0 / whole) };
        let found = Found::amount(at, part, kind);
        self.put(Found { value: part.value * by, high: part.high * by, scale: 1.0, ..found })
    }

    /// 成, 倍, %, 个百分点.
    fn suffixed(&mut self, at: usize, amount: Amount) -> Option<usize> {
        let next = amount.next;
        let rest = self.tokens.from(next);
        let found = |kind| Found::amount(at, amount, kind);
        for (word, length) in [("个百分点", 4), ("百分点", 3), ("%", 1), ("％", 1)] {
            if rest.starts_with(word) {
                return Some(self.put(found(Kind::Percent).until(next + length)));
            }
        }
        match self.tokens.han(next)? {
            '倍' => {
                let value = if amount.value == 1.0 { 2.0 } else { amount.value };
                let fold = Found { value, high: amount.high.max(value), ..found(Kind::Fold) };
                let open = self.tokens.han(next + 1).is_some_and(|c| matches!(c, '多' | '余'));
                Some(self.put(fold.until(next + 1).approximate_if(open)))
            }
            '成' => self.tenths(at, amount),
            '版' => Some(self.put(found(Kind::Version).weak_if(true))),
            _ => None,
        }
    }

    /// 五成 is 50 %, 两成半 25 %.
    fn tenths(&mut self, at: usize, amount: Amount) -> Option<usize> {
        let next = amount.next + 1;
        let verb = self.tokens.han(next).is_some_and(|c| "员功为立果长本就都熟品交".contains(c));
        if verb || amount.value > 10.0 || amount.value.fract() != 0.0 {
            return None;
        }
        let (extra, next) = match self.tokens.han(next) {
            Some('半') => (5.0, next + 1),
            Some(c) if amount.shape == Shape::Single => digit(c).map_or((0.0, next), |d| (d, next + 1)),
            _ => (0.0, next),
        };
        let by_ten = |n: f64| n * 10.0 + extra;
        let found = Found::amount(at, amount, Kind::Percent).until(next);
        Some(self.put(Found { value: by_ten(amount.value), high: by_ten(amount.high), ..found }))
    }

    /// A number that counts something, or nothing in particular.
    fn count(&mut self, at: usize, amount: Amount) -> usize {
        let figure = self.tokens.figure(at);
        let measured = self.tokens.han(amount.next).is_some_and(idiom::is_measure);
        let lone = amount.shape == Shape::Single;
        // 零 alone and 一 before anything but a measure word are parts of words.
        if lone && !measured && amount.value < 2.0 || figure.is_some_and(|f| f.padded && amount.scale == 1.0)
        {
            return amount.next;
        }
        let version = self.tokens.before(at).trim_end().ends_with("版本");
        let year = amount.next == at + 1 && !measured && figure.is_some_and(|f| f.is_year() && !f.plus);
        let year = year && !idiom::hedged(self.tokens.before(at));
        let kind = if version {
            Kind::Version
        } else if year {
            Kind::Year
        } else {
            Kind::Count
        };
        let lone_weak =
            lone && (amount.value < 2.0 || !(measured || matches!(self.tokens.han(at), Some('两' | '俩'))));
        let weak =
            lone_weak || version || self.is_list_marker(at, amount.next) || self.tokens.in_brackets(at);
        let open = figure.is_some_and(|f| f.plus) || self.open_after_measure(amount.next);
        let halves = self.and_a_half(amount.next);
        let found = Found::amount(at, amount, kind).weak_if(weak).approximate_if(open);
        match halves {
            Some(to) => {
                self.put(Found { value: amount.value + 0.5, high: amount.high + 0.5, ..found.until(to) })
            }
            None => self.put(found),
        }
    }

    /// The `1.` or `1、` that opens a paragraph.
    fn is_list_marker(&self, at: usize, next: usize) -> bool {
        let opens = at == 0 || (at == 1 && self.tokens.mark(0) == Some('('));
        opens && matches!(self.tokens.mark(next), Some('.' | '、' | ')')) && self.tokens.touches(next)
    }

    /// 三年多, 8个多月.
    fn open_after_measure(&self, next: usize) -> bool {
        let measure = self.tokens.han(next).is_some_and(|c| "年月天周个倍小岁".contains(c));
        let more = self.tokens.han(next + 1).is_some_and(|c| matches!(c, '多' | '余'));
        measure && more && !self.tokens.han(next + 2).is_some_and(|c| "语种重因方家名次国云".contains(c))
    }

    /// The token after 年半 in 两年半, and likewise.
    fn and_a_half(&self, next: usize) -> Option<usize> {
        let rest = self.tokens.from(next);
        let word = ["年半", "个半", "天半", "倍半"].into_iter().find(|word| rest.starts_with(word))?;
        let after = rest.get(word.len()..)?.chars().next();
        (!after.is_some_and(|c| "导公径数途自".contains(c))).then_some(next + 2)
    }

    /// A unit without a number: 百万美元 is a million or so, 千余 over a thousand; 千 alone is part of a word.
    fn bare(&mut self, at: usize, amount: Amount) -> usize {
        let measured = self.tokens.han(amount.next).is_some_and(|c| idiom::is_measure(c) || c == '用');
        let units = amount.next - at;
        let hedged = idiom::hedged(self.tokens.before(at));
        let found = Found::amount(at, amount, Kind::Count).approximate_if(true);
        if amount.approximate || (hedged && measured) {
            self.put(found)
        } else if units > 1 && measured {
            self.put(Found { high: amount.value * 9.99, ..found })
        } else {
            amount.next
        }
    }

    /// 数百, 几十万, 上千, 数以百万计.
    fn vague(&mut self, at: usize, c: char) -> usize {
        let before = self.tokens.before(at).chars().next_back();
        let part_of_word = match c {
            '数' => before.is_some_and(|c| "参总人次多少函位点基整倍半分个指对变常系计".contains(c)),
            '上' => before.is_some_and(|c| "以网线早晚路之身马加".contains(c)),
            _ => false,
        };
        let by = usize::from(self.tokens.han(at + 1) == Some('以'));
        let Some(unit) = amount(&self.tokens, at + 1 + by).filter(|_| !part_of_word) else { return at + 1 };
        let percent = self.tokens.from(at + 1 + by).starts_with("百分");
        let ten = unit.shape == Shape::Single && unit.value == 10.0 && c != '上';
        let round = unit.value.log10().fract() == 0.0 && unit.shape == Shape::Compound;
        let bare = unit.shape == Shape::Bare || ten || (c != '上' && round);
        let total = self.tokens.han(unit.next) == Some('计');
        let counted = self.tokens.han(unit.next).is_some_and(|c| idiom::is_measure(c) || c == '用');
        if !bare || percent || (by == 1 && !total) || (c == '上' && !counted) {
            return at + 1;
        }
        let fold = self.tokens.han(unit.next) == Some('倍');
        let kind = if fold { Kind::Fold } else { Kind::Count };
        let found =
            Found::amount(at, unit, kind).until(unit.next + by + usize::from(fold)).approximate_if(true);
        self.put(Found { high: unit.value * 9.99, ..found })
    }

    /// 成千上万, 成百上千.
    fn idiomatic_many(&mut self, at: usize) -> usize {
        let rest = self.tokens.from(at);
        for (word, value) in [("成千上万", 1000.0), ("成百上千", 100.0), ("成千上百", 100.0)] {
            if rest.starts_with(word) {
                let found = Found::new(at, at + 4, Kind::Count, value).approximate_if(true);
                return self.put(Found { high: value * 99.9, ..found });
            }
        }
        at + 1
    }

    /// 半数, 过半, 半年.
    fn half(&mut self, at: usize) -> usize {
        let rest = self.tokens.from(at);
        let many = rest.starts_with("半数") || rest.starts_with("过半");
        let time = ["半年", "半小时", "半个"].iter().any(|word| rest.starts_with(word));
        let part = self.tokens.before(at).ends_with(['上', '下', '前', '后', '大', '多']);
        if many {
            self.put(Found::new(at, at + 2, Kind::Fraction, 0.5).approximate_if(rest.starts_with('过')))
        } else if time && !part {
            self.put(Found::new(at, at + 1, Kind::Fraction, 0.5).weak_if(true))
        } else {
            at + 1
        }
    }

    /// 翻倍, 翻一番, 翻两番, 翻了三倍.
    fn doubled(&mut self, at: usize) -> usize {
        let rest = self.tokens.from(at);
        for (word, value) in [
            ("翻倍", 2.0),
            ("翻番", 2.0),
            ("翻一番", 2.0),
            ("翻了一番", 2.0),
            ("翻两番", 4.0),
            ("翻了两番", 4.0),
        ] {
            if rest.starts_with(word) {
                return self.put(Found::new(at, at + word.chars().count(), Kind::Fold, value));
            }
        }
        at + 1
    }

    /// 第三; weak for 第一, which is oftener "most important" or "at once", and 第三方.
    fn ordinal(&mut self, at: usize) -> usize {
        let from = at + 1;
        if !(self.tokens.touches(from) || self.tokens.figure(from).is_some() && self.tokens.near(from)) {
            return from;
        }
        let Some(amount) = amount(&self.tokens, from).filter(|amount| amount.shape != Shape::Bare) else {
            return from;
        };
        let rest = self.tokens.from(amount.next);
        // 第三方 is a role, 第二天 the day after.
        let idiom = (rest.starts_with('方') && amount.value == 3.0)
            || (rest.starts_with('天') && amount.value == 2.0);
        let weak = idiom || (amount.value == 1.0 && amount.shape == Shape::Single);
        self.put(Found::amount(at, amount, Kind::Ordinal).weak_if(weak))
    }
}

/// What a figure counts by its own suffix.
pub(super) fn figure_kind(figure: &Figure) -> Kind {
    match figure.suffix {
        Suffix::Percent => Kind::Percent,
        Suffix::Ordinal => Kind::Ordinal,
        Suffix::Fold => Kind::Fold,
        Suffix::Decade => Kind::Year,
        Suffix::Am | Suffix::Pm => Kind::Time,
        Suffix::None | Suffix::Scale(_) | Suffix::Unit => Kind::Count,
    }
}

/// The value of a figure in the unit of [`figure_kind`].
pub(super) fn figure_value(figure: &Figure) -> f64 {
    match figure.suffix {
        Suffix::Am => figure.value % 12.0 * 60.0,
        Suffix::Pm => (figure.value % 12.0 + 12.0) * 60.0,
        _ => figure.value,
    }
}
