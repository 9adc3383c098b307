//! Dates, weekdays, and what is told relative to the day of writing.

mod calendar;
#[cfg(test)]
mod tests;

use self::calendar::{Calendar, meet};
use crate::model::{Message, Relation, Severity};
use crate::qa::{Check, Doc, Draft, Facts, Unit, View};
use crate::text::dates::{Mention, When};

/// The check.
pub const CHECK: Check = Check {
    name: "date",
    category: "Accuracy/Date",
    doc: Doc {
        what: "A date or weekday is another in the Chinese, lost its day, is missing, or stands there only; a relative \
               one (上周, `yesterday`) contradicts the days on which both were published.",
        why: "When something was found, patched or stolen is what timelines are made of.",
        known_problems: "Where the original's day of publication is unknown, three weeks before the translation's are \
                         allowed for. A weekday that became 近日 is house style: info.",
        example: "en: They told the vendor on July 7.\nzh: 他们于7月通知了厂商。\nThe day is missing.",
    },
    fidelity: true,
    run,
};

fn run(view: &View<'_>) -> Vec<Draft> {
    let calendar = Calendar::of(view.pair);
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let facts = unit.facts();
        let look = Look { view, number, unit, calendar: &calendar, zh: facts.zh, en: facts.en };
        drafts.extend(look.dates());
        drafts.extend(look.relative());
    }
    drafts
}

/// One bead.
struct Look<'l> {
    view: &'l View<'l>,
    number: usize,
    unit: &'l Unit,
    calendar: &'l Calendar,
    zh: &'l Facts,
    en: &'l Facts,
}

/// Year, month, day.
type Parts = (Option<i16>, Option<i8>, Option<i8>);

fn parts(mention: &Mention) -> Option<Parts> {
    if let When::Date { year, month, day } = mention.when { Some((year, month, day)) } else { None }
}

fn absolute(facts: &Facts) -> Vec<(&Mention, Parts)> {
    facts.dates.iter().filter_map(|mention| Some((mention, parts(mention)?))).collect()
}

/// Whether nothing that both say differs.
fn compatible(a: Parts, b: Parts) -> bool {
    let agree = |a: Option<i16>, b: Option<i16>| a.is_none() || b.is_none() || a == b;
    let (m, d) = ((a.1.map(i16::from), b.1.map(i16::from)), (a.2.map(i16::from), b.2.map(i16::from)));
    // A year and a month have nothing in common to agree on.
    let shared = (a.0.is_some() && b.0.is_some())
        || (m.0.is_some() && m.1.is_some())
        || (d.0.is_some() && d.1.is_some());
    shared && agree(a.0, b.0) && agree(m.0, m.1) && agree(d.0, d.1)
}

/// How many of the parts of `a` are in `b`, too.
fn shared(a: Parts, b: Parts) -> usize {
    usize::from(a.0.is_some() && a.0 == b.0)
        + usize::from(a.1.is_some() && a.1 == b.1)
        + usize::from(a.2.is_some() && a.2 == b.2)
}

impl Look<'_> {
    /// Dates in figures and by the names of months.
    fn dates(&self) -> Vec<Draft> {
        let (english, chinese) = (absolute(self.en), absolute(self.zh));
        let mut lone_zh: Vec<usize> = (0..chinese.len()).collect();
        let mut lone_en: Vec<usize> = Vec::new();
        let mut drafts = Vec::new();
        // The fullest agreement first, so that `July 7` does not take 7月 from `July`.
        for (e, (mention, parts)) in english.iter().enumerate() {
            let fitting = lone_zh.iter().filter_map(|&z| chinese.get(z).map(|(_, other)| (z, *other)));
            let best = fitting
                .filter(|&(_, other)| compatible(*parts, other))
                .max_by_key(|&(z, other)| (shared(*parts, other), std::cmp::Reverse(z)));
            match best {
                Some((z, other)) => {
                    lone_zh.retain(|&lone| lone != z);
                    if let Some((zh, _)) = chinese.get(z) {
                        drafts.extend(self.shortened(zh, other, mention, *parts));
                    }
                }
                None => lone_en.push(e),
            }
        }
        let said = |parts: Parts, others: &[(&Mention, Parts)]| {
            others.iter().any(|&(_, other)| covers(other, parts))
        };
        lone_zh.retain(|&z| {
            chinese.get(z).is_some_and(|&(mention, parts)| !mention.weak && !said(parts, &english))
        });
        for e in lone_en {
            let Some(&(mention, parts)) = english.get(e) else { continue };
            let near = lone_zh
                .iter()
                .copied()
                .filter(|&z| chinese.get(z).is_some_and(|&(_, other)| alike(parts, other)));
            let best = near.max_by_key(|&z| chinese.get(z).map_or(0, |&(_, other)| shared(parts, other)));
            match best.and_then(|z| chinese.get(z).map(|&(zh, other)| (z, zh, other))) {
                Some((z, zh, other)) => {
                    lone_zh.retain(|&lone| lone != z);
                    drafts.push(self.changed(zh, other, mention, parts));
                }
                None if said(parts, &chinese) => {}
                None => drafts.extend(self.missing(mention, parts)),
            }
        }
        let extra = lone_zh.iter().filter_map(|&z| chinese.get(z));
        drafts.extend(extra.filter_map(|&(mention, parts)| self.extra(mention, parts)));
        drafts
    }

    fn draft(
        &self,
        severity: Severity,
        zh: Option<&Mention>,
        en: Option<&Mention>,
        message: Message,
    ) -> Draft {
        let mut draft = Draft::new(self.number, severity, message);
        draft.zh.extend(zh.map(|mention| mention.span.range()));
        draft.en.extend(en.map(|mention| mention.span.range()));
        draft
    }

    fn words(&self, zh: &Mention, en: &Mention) -> (String, String) {
        (zh.span.slice(&self.unit.zh.text).to_owned(), en.span.slice(&self.unit.en.text).to_owned())
    }

    /// The same date, but less of it.
    fn shortened(&self, zh: &Mention, z: Parts, en: &Mention, e: Parts) -> Option<Draft> {
        let (chinese, english) = self.words(zh, en);
        if e.2.is_some() && z.2.is_none() {
            let message = Message::new(
                format!("The day of {english} is missing: {chinese}."),
                format!("日期缺少具体日：原文为{english}，译文为{chinese}。"),
            );
            return Some(self.draft(Severity::Minor, Some(zh), Some(en), message));
        }
        if e.1.is_some() && z.1.is_none() {
            let message = Message::new(
                format!("The month of {english} is missing: {chinese}."),
                format!("日期缺少月份：原文为{english}，译文为{chinese}。"),
            );
            return Some(self.draft(Severity::Minor, Some(zh), Some(en), message));
        }
        let year = e.0.filter(|_| z.0.is_none())?;
        // The current year goes without saying, and one named a little earlier too.
        let understood = self.calendar.is_current(year)
            || self.zh.dates.iter().filter_map(parts).any(|other| other.0 == Some(year))
            || ["去年", "前年", "同年", "当年", "次年"].iter().any(|word| self.unit.zh.text.contains(word))
            || self.before(|facts| facts.dates.iter().filter_map(parts).any(|other| other.0 == Some(year)));
        let message = Message::new(
            format!("The year of {english} is missing: {chinese}."),
            format!("日期缺少年份：原文为{english}，译文为{chinese}。"),
        );
        let severity = if understood { Severity::Info } else { Severity::Minor };
        Some(self.draft(severity, Some(zh), Some(en), message))
    }

    /// Whether the Chinese of a bead shortly before fits.
    fn before(&self, fits: impl Fn(&Facts) -> bool) -> bool {
        let around = self.number.saturating_sub(2)..self.number;
        around.filter_map(|number| self.view.units.get(number)).any(|unit| fits(unit.facts().zh))
    }

    fn changed(&self, zh: &Mention, z: Parts, en: &Mention, e: Parts) -> Draft {
        let (chinese, english) = self.words(zh, en);
        let message = Message::new(
            format!("The date is another: {english} became {chinese}."),
            format!("日期不一致：原文为{english}，译文为{chinese}。"),
        );
        // The post may say what another sentence of the original says.
        let moved = z.2.is_some()
            && self.elsewhere(|unit| absolute(unit.facts().en).iter().any(|&(_, other)| covers(other, z)))
            && self.elsewhere(|unit| absolute(unit.facts().zh).iter().any(|&(_, other)| covers(other, e)));
        let severity = if moved { Severity::Info } else { Severity::Major };
        self.draft(severity, Some(zh), Some(en), message)
    }

    fn elsewhere(&self, fits: impl Fn(&Unit) -> bool) -> bool {
        self.view.units.iter().enumerate().any(|(number, unit)| number != self.number && fits(unit))
    }

    /// A date that the Chinese does not have.
    fn missing(&self, en: &Mention, e: Parts) -> Option<Draft> {
        if self.unit.relation == Relation::Repeat || en.weak || self.is_figure(self.zh, e) {
            return None;
        }
        let replaced = self
            .zh
            .dates
            .iter()
            .any(|other| !matches!(other.when, When::Date { .. } | When::Lately | When::Told));
        let elsewhere =
            self.elsewhere(|unit| absolute(unit.facts().zh).iter().any(|&(_, other)| covers(other, e)));
        let english = en.span.slice(&self.unit.en.text);
        let message = Message::new(
            format!("The date {english} is missing from the Chinese."),
            format!("译文缺少日期{english}。"),
        );
        let severity = if replaced || elsewhere { Severity::Info } else { Severity::Minor };
        Some(self.draft(severity, None, Some(en), message).confidence(0.8))
    }

    /// A date that the English does not have.
    fn extra(&self, zh: &Mention, z: Parts) -> Option<Draft> {
        // `2031.1.1` may be a version: what stands in both texts is the same, whatever it is.
        if self.is_figure(self.en, z) || self.unit.en.text.contains(zh.span.slice(&self.unit.zh.text)) {
            return None;
        }
        let weekday = self.en.dates.iter().find(|m| matches!(m.when, When::Weekday { .. }));
        if let Some(en) = weekday
            && let (When::Weekday { day, .. }, Some(false)) = (en.when, self.calendar.may_be(z, en.when))
        {
            let (chinese, english) = self.words(zh, en);
            let message = Message::new(
                format!(
                    "{english} became {chinese}, which is no {} of these weeks.",
                    calendar::DAYS.get(day as usize).unwrap_or(&"")
                ),
                format!("原文为{english}，而{chinese}不是这一天。"),
            );
            return Some(self.draft(Severity::Major, Some(zh), Some(en), message).confidence(0.7));
        }
        // Whatever is relative in the English may be this very day.
        let resolved = self.en.dates.iter().any(|m| !matches!(m.when, When::Date { .. }));
        let elsewhere =
            self.elsewhere(|unit| absolute(unit.facts().en).iter().any(|&(_, other)| covers(other, z)));
        let chinese = zh.span.slice(&self.unit.zh.text);
        let message = Message::new(
            format!("The date {chinese} is not in the English."),
            format!("译文中的日期{chinese}在原文中没有依据。"),
        );
        let severity = if resolved || elsewhere { Severity::Info } else { Severity::Minor };
        Some(self.draft(severity, Some(zh), None, message).confidence(0.7))
    }

    /// Whether a year is there as a mere figure, or a month as part of something else.
    fn is_figure(&self, facts: &Facts, (year, month, day): Parts) -> bool {
        let amount =
            |value: f64| facts.amounts.iter().any(|a| a.quantity.value <= value && value <= a.quantity.high);
        match (year, month, day) {
            (Some(year), None, None) => amount(f64::from(year)),
            (None, None, Some(day)) => amount(f64::from(day)),
            _ => false,
        }
    }

    /// Weekdays and relative times.
    fn relative(&self) -> Vec<Draft> {
        let mut drafts = Vec::new();
        for en in &self.en.dates {
            let draft = match en.when {
                When::Weekday { day, .. } => self.weekday(en, day),
                When::Days(_) | When::Weeks(_) | When::Months(_) | When::Years(_) => self.shifted(en),
                _ => None,
            };
            drafts.extend(draft);
        }
        drafts
    }

    fn weekday(&self, en: &Mention, day: i8) -> Option<Draft> {
        let weekdays = || {
            self.zh.dates.iter().filter_map(|m| match m.when {
                When::Weekday { day, .. } => Some((m, day)),
                _ => None,
            })
        };
        if weekdays().any(|(_, other)| other == day) {
            return None;
        }
        let english = en.span.slice(&self.unit.en.text).to_owned();
        let theirs = self.en.dates.iter().filter_map(|m| match m.when {
            When::Weekday { day, .. } => Some(day),
            _ => None,
        });
        let theirs: Vec<i8> = theirs.collect();
        if let Some((zh, _)) = weekdays().find(|(_, other)| !theirs.contains(other)) {
            let chinese = zh.span.slice(&self.unit.zh.text);
            let message = Message::new(
                format!("The weekday is another: {english} became {chinese}."),
                format!("星期不一致：原文为{english}，译文为{chinese}。"),
            );
            return Some(self.draft(Severity::Major, Some(zh), Some(en), message));
        }
        // A date beside it says the day already.
        let dated = self.zh.dates.iter().find(|m| !m.weak);
        let paired = absolute(self.zh).iter().any(|(_, parts)| parts.2.is_some());
        if paired || self.unit.relation == Relation::Repeat {
            return None;
        }
        let (severity, english_text, chinese_text) = match dated {
            Some(zh) => {
                let chinese = zh.span.slice(&self.unit.zh.text);
                (
                    Severity::Info,
                    format!("{english} became {chinese}, as is house style."),
                    format!("原文的{english}译为{chinese}（属编辑惯例）。"),
                )
            }
            None => (
                Severity::Minor,
                format!("The weekday {english} is missing from the Chinese."),
                format!("译文缺少时间{english}。"),
            ),
        };
        let message = Message::new(english_text, chinese_text);
        Some(self.draft(severity, dated, Some(en), message).confidence(0.7))
    }

    /// A relative time whose rendering can be no such day.
    fn shifted(&self, en: &Mention) -> Option<Draft> {
        let english = self.calendar.resolve(en.when, false)?;
        let of_kind = |m: &&Mention| std::mem::discriminant(&m.when) == std::mem::discriminant(&en.when);
        let mut renderings = self.zh.dates.iter().filter(of_kind).peekable();
        renderings.peek()?;
        let fits =
            |m: &Mention| self.calendar.resolve(m.when, true).is_none_or(|zh| meet(zh, english, en.when));
        let zh = self.zh.dates.iter().find(of_kind).filter(|_| !renderings.any(fits))?;
        let (chinese, words) = self.words(zh, en);
        let message = Message::new(
            format!("{words} became {chinese}, which is another time."),
            format!("时间不一致：原文为{words}，译文为{chinese}。"),
        );
        Some(self.draft(Severity::Major, Some(zh), Some(en), message).confidence(0.7))
    }
}

/// Whether `whole` says all that `part` says.
fn covers(whole: Parts, part: Parts) -> bool {
    (part.0.is_none() || whole.0.is_none() || whole.0 == part.0)
        && (part.1.is_none() || whole.1 == part.1)
        && (part.2.is_none() || whole.2 == part.2)
        && (part.1.is_some() || part.2.is_some() || whole.0 == part.0)
}

/// Whether one may have been written for the other: both name a day, or a month, or nothing but a year.
fn alike(a: Parts, b: Parts) -> bool {
    let only_year = |p: Parts| p.1.is_none() && p.2.is_none();
    only_year(a) == only_year(b)
}
