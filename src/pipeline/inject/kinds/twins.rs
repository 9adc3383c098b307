//! Changes that leave the meaning as it is.

use super::super::super::random::Dice;
use super::super::scan::{self, Pattern};
use super::super::{Change, Edit, Host};
use super::figures::{self, Figure};
use super::{Kind, Nature, dates, hedges, lists};
use std::ops::Range;

const fn twin(name: &'static str, doc: &'static str, edits: fn(&Host<'_>, &mut Dice) -> Vec<Edit>) -> Kind {
    Kind { name, doc, nature: Nature::Twin, checks: &[], target: 0.02, edits }
}

/// The same amount in another unit.
pub const MAGNITUDE: Kind =
    twin("same-magnitude", "the same amount in another unit: 2.5亿 → 25000万, 2.13万 → 21300", magnitude);
/// Per cent in words.
pub const PERCENT: Kind = twin(
    "same-percent",
    "per cent in words, or with a sign of full width: 25% → 百分之二十五, 25％",
    percent,
);
/// Full-width digits.
pub const FULL_WIDTH: Kind = twin("same-digits", "digits of full width: 500 → ５００", full_width);
/// A date with a slash.
pub const DATE: Kind = twin("same-date", "a date with a slash: 7月29日 → 7/29", date);
/// Another style of defanging.
pub const DEFANG: Kind = twin("same-defang", "another style of defanging: [.] → [dot]", defang);
/// Another word for maybe.
pub const HEDGE: Kind = twin("same-hedge", "another word for maybe: 可能 → 或许", hedge);
/// Another word for saying.
pub const SAYING: Kind = twin("same-saying", "another word for saying: 表示 → 指出", saying);
/// Another word for about.
pub const APPROXIMATION: Kind =
    twin("same-approximation", "another word for about: 近 → 接近", approximation);
/// A list in another order.
pub const LIST: Kind = twin("same-list", "two members of a list change places", list);
/// A Latin name for its Chinese one, or the other way round.
pub const EXONYM: Kind =
    twin("same-exonym", "a Chinese name for its Latin one: Microsoft → 微软, or back", exonym);
/// Two sentences in one.
pub const JOINED: Kind = twin("same-joined", "two sentences of a paragraph become one", joined);

fn magnitude(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for figure in figures::figures(host) {
        if scan::rest(&host.zh, figure.whole.end).starts_with(['%', '％']) {
            continue;
        }
        let digits = scan::slice(&host.zh, figure.digits.clone()).replace(',', "");
        let is_large = figure.value >= 10_000.0 && !digits.contains('.');
        let texts = match figure.unit.as_str() {
            "亿" => [scaled(&digits, 4).map(|d| format!("{d}万")), scaled(&digits, 8)],
            "万" => [scaled(&digits, 4), scaled(&digits, 4).map(|d| grouped(&d))],
            "" if is_large => [shrunk(&digits).map(|d| format!("{d}万")), None],
            _ => continue,
        };
        let edit = |text| Edit::rewrite(figure.whole.clone(), text, figure.en.clone());
        edits.extend(texts.into_iter().flatten().map(edit));
    }
    edits
}

/// 12345 → 12,345.
fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Digits times a power of ten, if that is a whole number.
fn scaled(digits: &str, power: usize) -> Option<String> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let zeros = power.checked_sub(fraction.len())?;
    let text = format!("{whole}{fraction}{}", "0".repeat(zeros));
    Some(text.trim_start_matches('0').to_owned())
}

/// Digits divided by 10,000, with at most two decimals.
fn shrunk(digits: &str) -> Option<String> {
    let (whole, fraction) = digits.split_at_checked(digits.len().checked_sub(4)?)?;
    let fraction = fraction.trim_end_matches('0');
    match (whole, fraction.len()) {
        ("", _) | (_, 3..) => None,
        (_, 0) => Some(whole.to_owned()),
        _ => Some(format!("{whole}.{fraction}")),
    }
}

fn percent(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for figure in figures::figures(host) {
        if !scan::rest(&host.zh, figure.digits.end).starts_with('%') {
            continue;
        }
        let range = figure.digits.start..figure.digits.end + 1;
        let digits = scan::slice(&host.zh, figure.digits.clone());
        let words = in_words(digits).map(|words| format!("百分之{words}"));
        let edit = |text| Edit::rewrite(range.clone(), text, figure.en.clone());
        edits.extend([words, Some(format!("{digits}％"))].into_iter().flatten().map(edit));
    }
    edits
}

/// A number up to 100 in Chinese words.
fn in_words(digits: &str) -> Option<String> {
    const WORDS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let word = |digit: usize| WORDS.get(digit).copied().unwrap_or_default();
    let number: usize = whole.parse().ok()?;
    let text = match (number / 10, number % 10) {
        (10, 0) => "百".to_owned(),
        (10.., _) => return None,
        (0, ones) => word(ones).to_owned(),
        (tens, ones) => {
            let tens = if tens == 1 { "" } else { word(tens) };
            format!("{tens}十{}", if ones == 0 { "" } else { word(ones) })
        }
    };
    if fraction.is_empty() {
        return Some(text);
    }
    let behind: String =
        fraction.chars().filter_map(|c| c.to_digit(10)).map(|digit| word(digit as usize)).collect();
    Some(format!("{text}点{behind}"))
}

fn full_width(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let edit = |figure: Figure| {
        let digits = scan::slice(&host.zh, figure.digits.clone());
        let wide = |c: char| c.to_digit(10).and_then(|d| char::from_u32(0xFF10 + d)).unwrap_or(c);
        let is_plain = digits.chars().all(|c| c.is_ascii_digit());
        is_plain.then(|| {
            let text: String = digits.chars().map(wide).collect();
            Edit::rewrite(figure.digits.clone(), text, figure.en.clone())
        })
    };
    figures::figures(host).into_iter().filter_map(edit).collect()
}

fn date(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let edit = |pair: dates::Pair| {
        let part = |range: &Range<usize>| scan::slice(&host.zh, range.clone());
        let year = part(&pair.year);
        let slash = if year.is_empty() { "" } else { "/" };
        let text = format!("{year}{slash}{}/{}", part(&pair.month), part(&pair.day));
        Edit::rewrite(pair.whole, text, vec![pair.en.range])
    };
    dates::full(host).into_iter().map(edit).collect()
}

static DOTS: Pattern = Pattern::new(r"[A-Za-z0-9-]+(?:\[\.\][A-Za-z0-9-]+)+");

fn defang(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for range in DOTS.find(&host.zh) {
        let text = scan::slice(&host.zh, range.clone());
        if host.en.contains(text) {
            for style in ["[dot]", "(.)", "{.}"] {
                edits.push(Edit::rewrite(range.clone(), text.replace("[.]", style), Vec::new()));
            }
        }
    }
    edits
}

fn hedge(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (range, _) in hedges::hedges(&host.zh) {
        let text = scan::slice(&host.zh, range.clone());
        let plain = ["可能", "可能会", "可能已", "可能是"].contains(&text);
        let is_led = scan::head(&host.zh, range.start).ends_with(['有', '很', '最', '极', '更', '太']);
        if plain && !is_led {
            let at = range.start..range.start + "可能".len();
            edits.extend(["或许", "也许"].map(|other| Edit::rewrite(at.clone(), other, Vec::new())));
        }
    }
    edits
}

/// Exchanges words of equal meaning.
fn exchanged(zh: &str, words: &[(&str, &str)], is_right: impl Fn(&Range<usize>) -> bool) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (word, other) in words {
        let places = zh.match_indices(word).map(|(at, _)| at..at + word.len());
        edits.extend(places.filter(&is_right).map(|range| Edit::rewrite(range, *other, Vec::new())));
    }
    edits
}

fn saying(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    const WORDS: [(&str, &str); 9] = [
        ("表示，", "指出，"),
        ("表示，", "称，"),
        ("指出，", "表示，"),
        ("表示：", "称："),
        ("表示：", "说："),
        ("解释说：", "解释道："),
        ("补充说：", "补充道："),
        ("警告说：", "警告称："),
        ("警告称，", "警告说，"),
    ];
    exchanged(&host.zh, &WORDS, |_| true)
}

fn approximation(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    const WORDS: [(&str, &str); 8] = [
        ("近", "接近"),
        ("近", "将近"),
        ("约", "大约"),
        ("约", "大概"),
        ("超过", "逾"),
        ("超过", "多于"),
        ("至少", "不少于"),
        ("大约", "约"),
    ];
    let is_right = |range: &Range<usize>| {
        let counts = scan::after(&host.zh, range.end).is_some_and(|c| c.is_ascii_digit());
        let left = scan::before(&host.zh, range.start);
        counts && !left.is_some_and(|c| "接最附大公节".contains(c))
    };
    exchanged(&host.zh, &WORDS, is_right)
}

fn list(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for members in lists::rendered(host) {
        for (nth, first) in members.iter().enumerate() {
            for second in members.iter().skip(nth + 1) {
                let part = |range: Range<usize>| scan::slice(&host.zh, range);
                let between = part(first.end..second.start);
                let text = format!("{}{between}{}", part(second.clone()), part(first.clone()));
                edits.push(Edit::rewrite(first.start..second.end, text, Vec::new()));
            }
        }
    }
    edits
}

/// Names that posts give in either writing.
const EXONYMS: [(&str, &str); 30] = [
    ("Microsoft", "微软"),
    ("Google", "谷歌"),
    ("Apple", "苹果"),
    ("Amazon", "亚马逊"),
    ("Facebook", "脸书"),
    ("Intel", "英特尔"),
    ("Samsung", "三星"),
    ("Huawei", "华为"),
    ("Cisco", "思科"),
    ("Oracle", "甲骨文"),
    ("Nvidia", "英伟达"),
    ("NVIDIA", "英伟达"),
    ("Qualcomm", "高通"),
    ("Xiaomi", "小米"),
    ("Lenovo", "联想"),
    ("Dell", "戴尔"),
    ("Fortinet", "飞塔"),
    ("Siemens", "西门子"),
    ("Toyota", "丰田"),
    ("Europol", "欧洲刑警组织"),
    ("Interpol", "国际刑警组织"),
    ("INTERPOL", "国际刑警组织"),
    ("FBI", "联邦调查局"),
    ("Bitcoin", "比特币"),
    ("Ethereum", "以太坊"),
    ("Monero", "门罗币"),
    ("Android", "安卓"),
    ("Reuters", "路透社"),
    ("Bing", "必应"),
    ("LinkedIn", "领英"),
];

fn exonym(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (latin, han) in EXONYMS {
        if scan::words(&host.en, latin).is_empty() {
            continue;
        }
        let places = scan::words(&host.zh, latin).into_iter().filter(|range| {
            // `Google Play` has no Chinese name of its own.
            let tail = scan::rest(&host.zh, range.end);
            !tail.trim_start().starts_with(|c: char| c.is_ascii_alphanumeric())
                && !scan::head(&host.zh, range.start)
                    .ends_with(|c: char| c.is_ascii_alphanumeric() || c == ' ')
        });
        edits.extend(places.map(|range| Edit::rewrite(range, han, Vec::new())));
        let whole = format!("美国{han}");
        let word = if latin == "FBI" && host.zh.contains(&whole) { whole.as_str() } else { han };
        for (at, _) in host.zh.match_indices(word) {
            let (range, tail) = (at..at + word.len(), scan::rest(&host.zh, at + word.len()));
            if !tail.starts_with(|c: char| c.is_ascii_alphanumeric()) {
                edits.push(Edit::rewrite(range, latin, Vec::new()));
            }
        }
    }
    edits
}

fn joined(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let (Some(next), Some(last)) = (host.next(), host.sentences().last().copied()) else { return Vec::new() };
    let document = &host.case.pair.documents.zh;
    let paragraph = |z: u32| document.sentences.get(z as usize).map(|s| s.paragraph);
    let follows = next.sentences().first() == Some(&(last + 1));
    let is_one = paragraph(last) == paragraph(last + 1);
    if !(follows && is_one && host.zh.ends_with('。')) {
        return Vec::new();
    }
    vec![Edit { change: Change::Join, en: Vec::new(), near: Vec::new() }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_in_other_units() {
        assert_eq!(scaled("2.5", 4).as_deref(), Some("25000"));
        assert_eq!(scaled("0.13", 4).as_deref(), Some("1300"));
        assert_eq!(scaled("1.23456", 4), None);
        assert_eq!(shrunk("21300").as_deref(), Some("2.13"));
        assert_eq!(shrunk("20000").as_deref(), Some("2"));
        assert_eq!((shrunk("21345"), shrunk("999")), (None, None));
        assert_eq!((grouped("1234567"), grouped("123")), ("1,234,567".to_owned(), "123".to_owned()));
    }

    #[test]
    fn per_cent_in_words() {
        for (digits, words) in [
            ("25", "二十五"),
            ("10", "十"),
            ("12", "十二"),
            ("60", "六十"),
            ("7", "七"),
            ("100", "百"),
            ("0.5", "零点五"),
        ] {
            assert_eq!(in_words(digits).as_deref(), Some(words));
        }
        assert_eq!(in_words("358"), None);
    }
}
