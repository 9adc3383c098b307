//! Points in time named in a text: dates in any format, weekdays, and what is relative to the day of writing.

mod chinese;
mod english;

use crate::model::{Lang, Span};
use crate::text::numbers::{Kind, Quantity};
use std::ops::Range;

/// A point in time, as far as the text tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// What it says.
    pub when: When,
    /// Whether it may as well be something else (`7/29`), so that it only serves as a partner.
    pub weak: bool,
}

/// What a [`Mention`] says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum When {
    /// Year, month, day, as far as they are given; at least one is.
    Date {
        /// 1900–2099.
        year: Option<i16>,
        /// 1–12.
        month: Option<i8>,
        /// 1–31.
        day: Option<i8>,
    },
    /// Monday is 1, Sunday 7; by how many weeks it lies before the current one, where that is said.
    Weekday {
        /// 1–7.
        day: i8,
        /// 0 for 本周二, 1 for 上周二 and `last Tuesday`.
        weeks: Option<i8>,
    },
    /// Days before the day of writing: 0 today, 1 yesterday, −1 tomorrow.
    Days(i8),
    /// Weeks before this one.
    Weeks(i8),
    /// Months before this one.
    Months(i8),
    /// Years before this one.
    Years(i8),
    /// Some time not long ago: 近日, 日前, `recently`.
    Lately,
    /// Relative to something else that is told: 次日, 随后, `the next day`.
    Told,
}

/// The points in time that a text names, in order, without overlaps; `numbers` are its quantities.
pub fn mentions(text: &str, numbers: &[Quantity], lang: Lang) -> Vec<Mention> {
    let mut found = dates(text, numbers);
    let others = match lang {
        Lang::Zh => chinese::mentions(text),
        Lang::En => english::mentions(text),
    };
    for other in others {
        if !found.iter().any(|m| m.span.start() < other.span.end() && other.span.start() < m.span.end()) {
            found.push(other);
        }
    }
    found.sort_by_key(|mention| mention.span);
    found
}

/// Dates: years, months and days that stand together.
fn dates(text: &str, numbers: &[Quantity]) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut open = false;
    for number in numbers {
        let Some(part) = part(number) else {
            open = false;
            continue;
        };
        let range = part.span.range();
        let joined = open && found.last_mut().is_some_and(|last| join(text, last, &part));
        if !joined {
            found.push(part);
        }
        open = !range.is_empty();
    }
    // `2031` by itself in a Chinese text may be anything that was counted; 2031年 is a year.
    found.retain(|m| !matches!(m.when, When::Date { year: None, month: None, day: None }));
    found
}

fn part(number: &Quantity) -> Option<Mention> {
    let value = number.value as i16;
    let (mut year, mut month, mut day) = (None, None, None);
    match number.kind {
        Kind::Year if number.high == number.value => year = Some(value),
        Kind::Month => month = i8::try_from(value).ok(),
        Kind::Day => day = i8::try_from(value).ok(),
        _ => return None,
    }
    Some(Mention { span: number.span, when: When::Date { year, month, day }, weak: number.weak })
}

/// Adds a part to the date before it, if only a mark or a small word stands between them and it has none such yet.
fn join(text: &str, last: &mut Mention, part: &Mention) -> bool {
    let between: Range<usize> = last.span.end()..part.span.start();
    let gap = text.get(between).unwrap_or("---").trim();
    let near = matches!(
        gap,
        "" | ","
            | "."
            | ".,"
            | "of"
            | "/"
            | "-"
            | "，"
            | "的"
            | "年"
            | "月"
            | "th"
            | "th,"
            | "st,"
            | "nd,"
            | "rd,"
            | "份"
    );
    let (When::Date { year, month, day }, When::Date { year: y, month: m, day: d }) =
        (&mut last.when, part.when)
    else {
        return false;
    };
    let clash =
        (year.is_some() && y.is_some()) || (month.is_some() && m.is_some()) || (day.is_some() && d.is_some());
    // A day cannot follow a lone year.
    let odd = d.is_some() && month.is_none();
    if !near || clash || odd {
        return false;
    }
    (*year, *month, *day) = (year.or(y), month.or(m), day.or(d));
    last.span = Span::new(last.span.start(), part.span.end());
    last.weak &= part.weak;
    true
}

/// Words and what they say, found from left to right, the longest of those that begin at one place.
fn words<'t>(text: &'t str, table: &'t [(&'t str, When)]) -> impl Iterator<Item = Mention> + 't {
    table.iter().flat_map(move |(word, when)| {
        text.match_indices(word).map(|(at, word)| Mention {
            span: Span::new(at, at + word.len()),
            when: *when,
            weak: false,
        })
    })
}

/// Without what lies within a longer one.
fn longest(mut found: Vec<Mention>) -> Vec<Mention> {
    found.sort_by_key(|m| (m.span.start(), std::cmp::Reverse(m.span.end())));
    let mut end = 0;
    found.retain(|m| {
        let keep = m.span.start() >= end;
        if keep {
            end = m.span.end();
        }
        keep
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::numbers::{chinese, english};

    fn shown(text: &str, lang: Lang) -> Vec<String> {
        let numbers = if lang == Lang::Zh { chinese(text) } else { english(text) };
        let say = |m: &Mention| match m.when {
            When::Date { year, month, day } => {
                let part = |p: Option<i16>| p.map_or("-".to_owned(), |p| p.to_string());
                format!("{}/{}/{}", part(year), part(month.map(i16::from)), part(day.map(i16::from)))
            }
            other => format!("{other:?}"),
        };
        mentions(text, &numbers, lang).iter().map(say).collect()
    }

    #[test]
    fn dates_are_read_in_both_languages() {
        for (text, expected) in [
            ("2031年7月29日发布", &["2031/7/29"][..]),
            ("7月29日", &["-/7/29"]),
            ("Zolto2031年增长", &["2031/-/-"]),
            ("7/29发布", &["-/7/29"]),
            ("2031-07-29", &["2031/7/29"]),
            ("2031.07.29", &["2031/7/29"]),
            ("4月12日至4月16日", &["-/4/12", "-/4/16"]),
            ("上周二，该公司昨日证实", &["Weekday { day: 2, weeks: Some(1) }", "Days(1)"]),
            ("近日，去年", &["Lately", "Years(1)"]),
            ("周三披露", &["Weekday { day: 3, weeks: None }"]),
            ("补丁星期二", &[]),
            ("黑色星期五促销", &[]),
        ] {
            assert_eq!(shown(text, Lang::Zh), expected, "{text}");
        }
        for (text, expected) in [
            ("on July 29, 2031,", &["2031/7/29"][..]),
            ("On 29 July", &["-/7/29"]),
            ("in March 2031", &["2031/3/-"]),
            ("On Wednesday, it said", &["Weekday { day: 3, weeks: None }"]),
            ("last Tuesday and yesterday", &["Weekday { day: 2, weeks: Some(1) }", "Days(1)"]),
            ("On Friday, January 20,", &["Weekday { day: 5, weeks: None }", "-/1/20"]),
            ("the June 2031 Patch Tuesday", &["2031/6/-"]),
            ("Black Friday sales last year", &["Years(1)"]),
        ] {
            assert_eq!(shown(text, Lang::En), expected, "{text}");
        }
    }
}
