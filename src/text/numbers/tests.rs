//! Quantities read from both languages, and whether they agree.

use super::*;
use proptest::prelude::*;

const ZH: &str = include_str!("../../../tests/cases/numbers/zh.tsv");
const EN: &str = include_str!("../../../tests/cases/numbers/en.tsv");
const AGREE: &str = include_str!("../../../tests/cases/numbers/agree.tsv");

/// A quantity as the tables write it: a letter for the kind, the value, and what else there is to say.
fn shown(text: &str, q: &Quantity) -> String {
    let kind = match q.kind {
        Kind::Count => "",
        Kind::Percent => "%",
        Kind::Fraction => "/",
        Kind::Fold => "x",
        Kind::Ordinal => "#",
        Kind::Version => "v",
        Kind::Year => "y",
        Kind::Month => "m",
        Kind::Day => "d",
        Kind::Time => "t",
    };
    let high = if q.high == q.value { String::new() } else { format!("..{}", round(q.high)) };
    let approximate = if q.approximate { "~" } else { "" };
    let weak = if q.weak { "?" } else { "" };
    format!("{kind}{}{high}{approximate}{weak}={}", round(q.value), q.span.slice(text).replace(' ', "_"))
}

fn round(value: f64) -> f64 {
    (value * 1000.0).round() / 1000.0
}

/// The rows of a table: a text, and what is expected of it.
fn rows(table: &'static str) -> impl Iterator<Item = (usize, Vec<&'static str>)> {
    let lines = table.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
    lines.map(|(n, line)| (n + 1, line.split('\t').collect()))
}

fn check(table: &'static str, scan: fn(&str) -> Vec<Quantity>) {
    let mut wrong = String::new();
    for (line, row) in rows(table) {
        let [text, expected] = row[..] else { panic!("line {line}: two columns expected") };
        let found: Vec<String> = scan(text).iter().map(|q| shown(text, q)).collect();
        if found.join(" ") != expected {
            wrong += &format!("line {line}: {text}\n  expected {expected}\n  found    {}\n", found.join(" "));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn chinese_quantities_are_as_tabled() {
    check(ZH, chinese);
}

#[test]
fn english_quantities_are_as_tabled() {
    check(EN, english);
}

#[test]
fn renderings_agree_as_tabled() {
    for (line, row) in rows(AGREE) {
        let [zh, en, expected] = row[..] else { panic!("line {line}: three columns expected") };
        let (a, b) = (chinese(zh), english(en));
        let any = a.iter().any(|a| b.iter().any(|b| agree(a, b)));
        assert_eq!(if any { "yes" } else { "no" }, expected, "line {line}: {zh} | {en}: {a:?} {b:?}");
    }
}

/// `n` below 10¹² in Chinese numerals, as GB/T 15835 writes them.
fn numerals(n: u64) -> String {
    fn section(n: u64, lead: bool) -> String {
        let mut out = String::new();
        let mut gap = lead;
        for (unit, name) in [(1000, "千"), (100, "百"), (10, "十"), (1, "")] {
            let digit = n / unit % 10;
            if digit == 0 {
                gap |= !out.is_empty() && !n.is_multiple_of(unit);
                continue;
            }
            if gap {
                out.push('零');
            }
            gap = false;
            out.extend("零一二三四五六七八九".chars().nth(digit as usize));
            out += name;
        }
        out
    }
    let mut out = String::new();
    for (unit, name) in [(100_000_000, "亿"), (10_000, "万"), (1, "")] {
        let part = n / unit % 10_000;
        if part > 0 {
            let gap = !out.is_empty() && (part < 1000 || (n / unit / 10_000).is_multiple_of(10_000));
            out += &section(part, gap);
            out += name;
        }
    }
    out
}

/// Whether what `scan` finds in `text` is in order, apart, on character boundaries and in its kind's range.
fn well_formed(text: &str, found: &[Quantity]) -> Result<(), TestCaseError> {
    let mut end = 0;
    for q in found {
        prop_assert!(q.span.start() >= end, "{text:?}: {found:?}");
        prop_assert!(!q.span.slice(text).is_empty(), "{text:?}: {q:?}");
        prop_assert!(q.value <= q.high && q.value >= 0.0 && q.high.is_finite(), "{text:?}: {q:?}");
        let fits = match q.kind {
            Kind::Month => (1.0..=12.0).contains(&q.value),
            Kind::Day => (1.0..=31.0).contains(&q.value),
            Kind::Time => (0.0..1500.0).contains(&q.value),
            _ => true,
        };
        prop_assert!(fits, "{text:?}: {q:?}");
        end = q.span.end();
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_gives_well_formed_quantities(text in any::<String>()) {
        well_formed(&text, &chinese(&text))?;
        well_formed(&text, &english(&text))?;
    }

    #[test]
    fn any_mixture_of_number_parts_gives_well_formed_quantities(
        parts in prop::collection::vec(prop::sample::select(PARTS), 0..24)
    ) {
        let text = parts.concat();
        well_formed(&text, &chinese(&text))?;
        well_formed(&text, &english(&text))?;
    }

    #[test]
    fn numerals_say_what_figures_say(n in 2u64..1_000_000_000_000, exponent in 0u32..12) {
        let n = (n / 10u64.pow(exponent)).max(2);
        let text = format!("{}个", numerals(n));
        let found = chinese(&text);
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        prop_assert_eq!(found[0].value, n as f64, "{}", text);
        let figures = format!("{n}个");
        prop_assert_eq!(chinese(&figures)[0].value, n as f64);
    }

    #[test]
    fn groups_of_three_do_not_change_the_value(n in 1000u64..1_000_000_000_000) {
        let digits = n.to_string();
        let mut grouped = String::new();
        for (i, c) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i) % 3 == 0 {
                grouped.push(',');
            }
            grouped.push(c);
        }
        let found = english(&format!("Some text with {grouped} things"));
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!(found[0].value, n as f64);
    }
}

/// What numbers are made of, to be thrown together at random.
const PARTS: &[&str] = &[
    "一",
    "二",
    "两",
    "三",
    "九",
    "〇",
    "零",
    "十",
    "百",
    "千",
    "万",
    "亿",
    "点",
    "几",
    "数",
    "多",
    "余",
    "来",
    "半",
    "成",
    "倍",
    "第",
    "百分之",
    "分之",
    "年",
    "月",
    "日",
    "时",
    "分",
    "个",
    "周",
    "上",
    "近",
    "至",
    "成千上万",
    "翻",
    "过",
    "首",
    "版",
    "年代",
    "下午",
    " ",
    "　",
    ",",
    ".",
    "-",
    "–",
    "~",
    ":",
    "/",
    "%",
    "+",
    "$",
    "1",
    "2",
    "10",
    "12",
    "30",
    "007",
    "2024",
    "1,234",
    "5.5",
    "１２",
    "v",
    "x",
    "K",
    "M",
    "GB",
    "th",
    "Q",
    "pm",
    "[.]",
    "://",
    "a ",
    "an ",
    "one ",
    "two",
    "twenty",
    "five",
    "hundred",
    "thousand ",
    "million",
    "dozen",
    "dozens ",
    "tens of ",
    "thousands of ",
    "half ",
    "and ",
    "a half",
    " third",
    "third",
    "quarters",
    "percent",
    " per cent",
    " times ",
    "fold",
    "more ",
    "May ",
    "July ",
    "Jul.",
    "Sept",
    "of ",
    "in ",
    "to ",
    "between ",
    "several ",
    "few ",
    "p.m.",
    "'",
    "’",
];

#[test]
fn long_texts_are_read_in_one_pass() {
    // Inputs that would make a scanner that goes back and forth quadratic take minutes.
    for part in [
        "1,",
        "一",
        "万",
        "1-",
        "9.",
        "a ",
        "tens of ",
        "$",
        "[.]",
        "1 ",
        "三亿",
        "http://a/",
        "数",
        "twenty-",
    ] {
        let text = part.repeat(200_000 / part.len());
        let started = std::time::Instant::now();
        chinese(&text);
        english(&text);
        assert!(started.elapsed().as_secs() < 20, "{part}");
    }
}
