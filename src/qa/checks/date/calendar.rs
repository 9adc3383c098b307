//! Resolves what is relative against the days on which the articles were published.

use super::Parts;
use crate::model::ArticlePair;
use crate::text::dates::When;
use jiff::ToSpan;
use jiff::civil::Date;

/// How long a translation may take when the original's day of publication is unknown, in days.
const LAG: i64 = 21;

/// English names, Monday first, at 1.
pub const DAYS: [&str; 8] =
    ["", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/// When both articles were published, as far as that is known.
pub struct Calendar {
    /// First and last day on which the original may have appeared.
    english: Option<(Date, Date)>,
    /// The day of the translation.
    chinese: Option<Date>,
}

/// First and last day of a time.
pub type Interval = (Date, Date);

/// Whether two times meet; for single days, the day between two time zones is allowed for.
pub fn meet(a: Interval, b: Interval, when: When) -> bool {
    let slack = i64::from(matches!(when, When::Days(_)));
    let wide = |date: Date, days: i64| date.saturating_add(days.days());
    wide(a.0, -slack) <= b.1 && b.0 <= wide(a.1, slack)
}

impl Calendar {
    /// The calendar of a pair.
    pub fn of(pair: &ArticlePair) -> Self {
        let date =
            |text: &Option<String>| text.as_deref().and_then(|text| text.get(..10)?.parse::<Date>().ok());
        let chinese = date(&pair.documents.zh.article.published);
        let english = date(&pair.documents.en.article.published);
        let lagged = || chinese.map(|day| (day.saturating_sub(LAG.days()), day));
        Self { english: english.map(|day| (day, day)).or_else(lagged), chinese }
    }

    /// Whether this is the year of writing, so that it need not be said.
    pub fn is_current(&self, year: i16) -> bool {
        let years = [self.chinese.map(Date::year), self.english.map(|(first, _)| first.year())];
        years.contains(&Some(year))
    }

    /// The days that a relative time may be.
    pub fn resolve(&self, when: When, chinese: bool) -> Option<Interval> {
        let (first, last) = if chinese { self.chinese.map(|day| (day, day))? } else { self.english? };
        let (from, to) = (of(when, first)?, of(when, last)?);
        Some((from.0, to.1))
    }

    /// Whether a date may be the weekday that the English names; `None` if that cannot be told.
    pub fn may_be(&self, (year, month, day): Parts, when: When) -> Option<bool> {
        let When::Weekday { day: weekday, .. } = when else { return None };
        let written = self.chinese?;
        let date = |year| Date::new(year, month?, day?).ok();
        let date = match year {
            Some(year) => date(year),
            // The last such day before the translation appeared.
            None => date(written.year()).filter(|date| *date <= written).or_else(|| date(written.year() - 1)),
        }?;
        let apart = (i64::from(date.weekday().to_monday_one_offset()) - i64::from(weekday)).rem_euclid(7);
        Some(matches!(apart, 0 | 1 | 6))
    }
}

/// The days that `when` is, said on `today`.
fn of(when: When, today: Date) -> Option<Interval> {
    let span = |from: Date, days: i64| (from, from.saturating_add(days.days()));
    Some(match when {
        When::Days(back) => span(today.saturating_sub(i64::from(back).days()), 0),
        When::Weeks(back) => {
            let monday = today.saturating_sub(i64::from(today.weekday().to_monday_zero_offset()).days());
            span(monday.saturating_sub((7 * i64::from(back)).days()), 6)
        }
        When::Months(back) => {
            let first = today.first_of_month().saturating_sub(i64::from(back).months());
            (first, first.last_of_month())
        }
        When::Years(back) => {
            let first = today.first_of_year().saturating_sub(i64::from(back).years());
            (first, first.last_of_year())
        }
        _ => return None,
    })
}
