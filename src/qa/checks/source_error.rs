//! Where the English contradicts itself.

use crate::model::{Message, Severity};
use crate::qa::{Check, Doc, Draft, View};
use jiff::civil::{Date, Weekday};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "source-error",
    category: "Other/Source error",
    doc: Doc {
        what: "The original contradicts itself: a date that does not exist, a weekday that the date does not fall on, \
               or a figure in the title that the body gives otherwise.",
        why: "A faithful translation carries the mistake on; the reader of the post cannot tell whose it is.",
        known_problems: "Figures are compared only where the same word follows them. A date without a year is held to be \
                         of the year before or after publication, too.",
        example: "en: The attack began on Monday, June 31.\nzh: 攻击始于6月31日星期一。",
    },
    fidelity: true,
    run,
};

static DATE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:\b(?P<weekday>Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day, (?:the )?)?\b(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Mar\.|Apr\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.) (?P<day>\d{1,2})(?:st|nd|rd|th)?\b(?:,? (?P<year>(?:19|20)\d\d)\b)?",
    )
    .ok()
});

static TITLE_FIGURE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?P<money>[$€£]?)\b(?P<figure>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?: (?P<scale>million|billion|thousand))? (?P<noun>[a-z]{4,})\b").ok()
});

fn run(view: &View<'_>) -> Vec<Draft> {
    let published = view.pair.documents.en.article.published.as_deref();
    let published = published.or(view.pair.documents.zh.article.published.as_deref());
    let year = published.and_then(|date| date.get(..4)).and_then(|year| year.parse::<i16>().ok());
    let mut drafts = Vec::new();
    for (number, unit) in view.units.iter().enumerate() {
        for (range, en, zh) in impossible_dates(&unit.en.text, year) {
            let draft = Draft::new(number, Severity::Info, Message::new(en, zh)).en(range).confidence(0.8);
            drafts.push(draft);
        }
    }
    drafts.extend(title_against_body(view));
    drafts
}

/// Dates that do not exist or do not fall on the weekday given, with what is to be said of them in English and Chinese.
fn impossible_dates(text: &str, year: Option<i16>) -> Vec<(Range<usize>, String, String)> {
    let mut found = Vec::new();
    for captures in DATE.iter().flat_map(|regex| regex.captures_iter(text)) {
        let Some(whole) = captures.get(0) else { continue };
        let part = |name: &str| captures.name(name).map(|m| m.as_str());
        let Some(month) = part("month").and_then(month) else { continue };
        let Some(day) = part("day").and_then(|day| day.parse::<i8>().ok()) else { continue };
        let own = part("year").and_then(|year| year.parse::<i16>().ok());
        let years: Vec<i16> = match (own, year) {
            (Some(own), _) => vec![own],
            (None, Some(year)) => vec![year - 1, year, year + 1],
            (None, None) => Vec::new(),
        };
        let said = whole.as_str();
        // 2024 is a leap year: without a year, February 29 exists.
        if Date::new(own.unwrap_or(2024), month, day).is_err() && (1..=39).contains(&day) {
            let zh = format!("原文的“{said}”并不存在。");
            found.push((whole.range(), format!("“{said}” in the original is no date."), zh));
            continue;
        }
        let Some(weekday) = part("weekday").and_then(weekday) else { continue };
        let dates: Vec<Date> = years.iter().filter_map(|&year| Date::new(year, month, day).ok()).collect();
        if !dates.is_empty() && dates.iter().all(|date| date.weekday() != weekday) {
            let zh = format!("原文的“{said}”星期与日期不符。");
            found.push((whole.range(), format!("The weekday in “{said}” of the original does not fit."), zh));
        }
    }
    found
}

fn month(name: &str) -> Option<i8> {
    let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    names.iter().position(|short| name.starts_with(short)).and_then(|at| i8::try_from(at + 1).ok())
}

fn weekday(name: &str) -> Option<Weekday> {
    Some(match name {
        "Mon" => Weekday::Monday,
        "Tues" => Weekday::Tuesday,
        "Wednes" => Weekday::Wednesday,
        "Thurs" => Weekday::Thursday,
        "Fri" => Weekday::Friday,
        "Satur" => Weekday::Saturday,
        "Sun" => Weekday::Sunday,
        _ => return None,
    })
}

/// A figure before a noun: value, noun, place.
type Figure = (f64, String, Range<usize>);

fn figures(text: &str) -> Vec<Figure> {
    let captures = TITLE_FIGURE.iter().flat_map(|regex| regex.captures_iter(text));
    let figure = |c: regex::Captures<'_>| {
        let value: f64 = c.name("figure")?.as_str().replace(',', "").parse().ok()?;
        let scale = match c.name("scale").map(|m| m.as_str()) {
            Some("thousand") => 1e3,
            Some("million") => 1e6,
            Some("billion") => 1e9,
            _ => 1.0,
        };
        let money = c.name("money").map_or("", |m| m.as_str());
        let noun = c.name("noun")?.as_str().trim_end_matches('s');
        Some((value * scale, format!("{money}{noun}"), c.get(0)?.range()))
    };
    captures.filter_map(figure).collect()
}

/// The first figure of the title whose noun the body counts, at least twice, and never so.
fn title_against_body(view: &View<'_>) -> Option<Draft> {
    let (title, body) = view.units.split_first()?;
    let all: Vec<Figure> = body.iter().flat_map(|unit| figures(&unit.en.text)).collect();
    for (value, noun, range) in figures(&title.en.text) {
        let same: Vec<f64> = all.iter().filter(|(_, other, _)| *other == noun).map(|(v, _, _)| *v).collect();
        let fits = |other: &f64| (other - value).abs() <= 0.2 * value.max(*other);
        let alike = same.windows(2).all(|pair| pair.first() == pair.get(1));
        if same.len() > 1 && alike && !same.iter().any(fits) && value > 20.0 {
            let said = title.en.text.get(range.clone()).unwrap_or_default();
            let message = Message::new(
                format!("The title of the original says “{said}”, its body says otherwise."),
                format!("原文标题为“{said}”，与正文不一致。"),
            );
            return Some(Draft::new(0, Severity::Info, message).en(range).confidence(0.6));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qa::testing::{drafts, drafts_of};

    #[test]
    fn contradictions_are_found() {
        for (en, marked) in [
            ("It began on June 31, 2024.", "June 31, 2024"),
            ("It began on Monday, June 10, 2025.", "Monday, June 10, 2025"),
            ("It leaked on February 30.", "February 30"),
            ("It leaked on Feb. 29, 2023.", "Feb. 29, 2023"),
        ] {
            let found = drafts(&CHECK, "如此。", en);
            assert_eq!(found.len(), 1, "{en}: {found:?}");
            assert_eq!((&en[found[0].en[0].clone()], found[0].severity), (marked, Severity::Info));
        }
        let rows = [
            ("标题", "Leak hits 40 million travelers"),
            ("一", "It exposed 14 million travelers."),
            ("二", "The 14 million travelers were told."),
        ];
        assert_eq!(drafts_of(&CHECK, &rows).len(), 1);
    }

    #[test]
    fn what_agrees_or_cannot_be_told_is_none() {
        for en in [
            "It began on Tuesday, June 10, 2025.",
            "It began on June 30.",
            "It leaked on February 29.",
            "Last May 12 victims paid.",
            "It began on Monday, June 10.",
            "Version March 1.2 of May 40,000 users",
        ] {
            assert!(drafts(&CHECK, "如此。", en).is_empty(), "{en}");
        }
        let rows = [
            ("标题", "Leak hits 14 million travelers"),
            ("一", "It exposed 13.7 million travelers."),
            ("二", "The 13.7 million travelers were told."),
        ];
        assert!(drafts_of(&CHECK, &rows).is_empty());
    }
}
