//! Dates as pages write them.

use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

static NUMERIC: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:^|[^0-9])((?:19|20)\d{2})\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?:[^0-9]|$)").ok()
});

static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:(\d{1,2})\s+)?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?\s+(?:(\d{1,2}),?\s+)?((?:19|20)\d{2})\b").ok()
});

/// The first date in a text, as `YYYY-MM-DD`; nothing if there is none, or if the calendar has no such day.
pub(super) fn find(text: &str) -> Option<String> {
    let (year, month, day) = numeric(text).or_else(|| named(text))?;
    Date::new(year, month, day).ok().map(|date| date.to_string())
}

/// Whether a line is a date with a time of day, and nothing else.
pub(super) fn is_timestamp(line: &str) -> bool {
    static STAMP: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^(?:19|20)\d{2}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?$").ok());
    STAMP.as_ref().is_some_and(|r| r.is_match(line.trim()))
}

fn numeric(text: &str) -> Option<(i16, i8, i8)> {
    let found = NUMERIC.as_ref()?.captures(text)?;
    Some((
        found.get(1)?.as_str().parse().ok()?,
        found.get(2)?.as_str().parse().ok()?,
        found.get(3)?.as_str().parse().ok()?,
    ))
}

fn named(text: &str) -> Option<(i16, i8, i8)> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let found = NAMED.as_ref()?.captures(text)?;
    let name = found.get(2)?.as_str().to_ascii_lowercase();
    let month = MONTHS.iter().position(|m| *m == name)? + 1;
    let day = found.get(1).or_else(|| found.get(3))?.as_str().parse().ok()?;
    Some((found.get(4)?.as_str().parse().ok()?, i8::try_from(month).ok()?, day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_pages_write_and_rejects_days_that_are_not() {
        for (text, date) in [
            ("2031-02-03 12:00:00", Some("2031-02-03")),
            ("2031-02-03T04:05:06+08:00", Some("2031-02-03")),
            ("发布于2031年2月3日", Some("2031-02-03")),
            ("2031/2/3", Some("2031-02-03")),
            ("By Ann on February 3, 2031 at noon", Some("2031-02-03")),
            ("Mon, 03 Feb 2031 04:05:06 GMT", Some("2031-02-03")),
            ("2031-02-30", None),
            ("CVE-2031-0203", None),
            ("February 2031", None),
            ("", None),
        ] {
            assert_eq!(find(text).as_deref(), date, "{text}");
        }
        assert!(is_timestamp("2031-02-03 12:00:00") && !is_timestamp("2031-02-03 x 12:00"));
    }
}
