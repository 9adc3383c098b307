//! Units of measure and currencies beside a number, in both languages.

use crate::model::{Lang, Span};

/// What a number is a number of, where that is a unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// What it measures; numbers of different dimensions cannot be the same.
    pub dimension: Dimension,
    /// How many of the dimension's smallest unit it is.
    pub factor: f64,
    /// Where it stands in the text.
    pub span: Span,
}

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Dimension {
    /// Money, by currency code; amounts are not converted.
    Money(&'static str),
    /// Bytes.
    Bytes,
    /// Bits; also a word length.
    Bits,
    /// Bits a second.
    BitRate,
    /// Bytes a second.
    ByteRate,
    /// Packets a second.
    PacketRate,
    /// Requests a second.
    RequestRate,
    /// Metres.
    Length,
    /// Seconds.
    Duration,
    /// Grams.
    Mass,
    /// Hertz.
    Frequency,
}

impl Unit {
    /// Whether both are the same unit, wherever they stand.
    pub fn same(&self, other: &Self) -> bool {
        self.dimension == other.dimension && (self.factor / other.factor - 1.0).abs() < 0.03
    }
}

/// The unit of the number at `span`: what is glued to it, stands after it, or, for currencies, before it.
pub fn unit(text: &str, span: Span, lang: Lang) -> Option<Unit> {
    let words = span.slice(text);
    let before = text.get(..span.start())?;
    let after = text.get(span.end()..)?;
    glued(words, span).or_else(|| sign(before, span)).or_else(|| match lang {
        Lang::En => english(after, span.end()),
        Lang::Zh => chinese(after, span.end()).or_else(|| english(after, span.end())),
    })
}

/// Whether a text names any money at all.
pub fn names_money(text: &str) -> bool {
    let lower = text.to_lowercase();
    SIGNS.iter().any(|(sign, _)| text.contains(sign))
        || CHINESE
            .iter()
            .any(|(word, dimension, _)| matches!(dimension, Dimension::Money(_)) && text.contains(word))
        || ENGLISH.iter().any(|(word, dimension, _)| {
            matches!(dimension, Dimension::Money(_))
                && lower.split(|c: char| !c.is_ascii_alphabetic()).any(|w| w == *word)
        })
}

/// The letters glued to a figure: `500GB`.
fn glued(words: &str, span: Span) -> Option<Unit> {
    let tail = words.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c == '/');
    let letters = words.get(tail.len()..)?;
    let digit = tail.ends_with(|c: char| c.is_ascii_digit());
    let (dimension, factor) = symbol(letters).filter(|_| digit)?;
    Some(Unit { dimension, factor, span: Span::new(span.start() + tail.len(), span.end()) })
}

/// A currency sign before the number.
fn sign(before: &str, span: Span) -> Option<Unit> {
    let trimmed = before.trim_end_matches(' ');
    let (sign, code) = SIGNS.iter().find(|(sign, _)| trimmed.ends_with(sign))?;
    let start = trimmed.len() - sign.len();
    Some(Unit { dimension: Dimension::Money(code), factor: 1.0, span: Span::new(start, span.start()) })
}

/// The unit that an English text goes on with.
fn english(after: &str, at: usize) -> Option<Unit> {
    let word = after.trim_start_matches([' ', '\u{a0}', '-', '+']);
    let start = after.len() - word.len();
    // A Latin word behind a Chinese number may stand for anything; beside one blank it is a unit.
    let end = word.find(|c: char| !(c.is_ascii_alphabetic() || c == '/')).unwrap_or(word.len());
    let word = word.get(..end)?;
    if start > 2 {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let named =
        ENGLISH.iter().find(|(name, ..)| *name == lower).map(|&(_, dimension, factor)| (dimension, factor));
    let (dimension, factor) = named.or_else(|| symbol(word))?;
    Some(Unit { dimension, factor, span: Span::new(at + start, at + start + end) })
}

/// The unit that a Chinese text goes on with.
fn chinese(after: &str, at: usize) -> Option<Unit> {
    let word = after.trim_start_matches([' ', '多', '余', '来', '个', '枚', '笔']);
    let start = after.len() - word.len();
    let &(name, dimension, factor) = CHINESE.iter().find(|(name, ..)| word.starts_with(name))?;
    Some(Unit { dimension, factor, span: Span::new(at + start, at + start + name.len()) })
}

/// A symbol in letters, in whatever case but where case tells bits from bytes.
fn symbol(word: &str) -> Option<(Dimension, f64)> {
    use Dimension::{BitRate, Bits, ByteRate, Bytes, Frequency, Length, Mass, PacketRate, RequestRate};
    let lower = word.to_ascii_lowercase();
    for (rate, dimension) in
        [("bps", BitRate), ("bit/s", BitRate), ("pps", PacketRate), ("rps", RequestRate), ("hz", Frequency)]
    {
        if let Some(factor) = lower.strip_suffix(rate).and_then(prefix) {
            return Some((dimension, factor));
        }
    }
    if let Some(stem) = lower.strip_suffix("b/s") {
        let dimension = if word.contains("B/") { ByteRate } else { BitRate };
        return prefix(stem).map(|factor| (dimension, factor));
    }
    if let Some(factor) = lower
        .strip_suffix("ib")
        .or_else(|| lower.strip_suffix('b'))
        .filter(|s| !s.is_empty())
        .and_then(prefix)
    {
        // `Gb` is a gigabit, and in the news as often a gigabyte.
        return Some((Bytes, factor));
    }
    Some(match word {
        "km" | "KM" | "Km" => (Length, 1000.0),
        "cm" => (Length, 0.01),
        "mm" => (Length, 0.001),
        "kg" | "KG" => (Mass, 1000.0),
        "bit" => (Bits, 1.0),
        "ms" => (Dimension::Duration, 0.001),
        _ => return None,
    })
}

fn prefix(letter: &str) -> Option<f64> {
    Some(match letter {
        "" => 1.0,
        "k" => 1e3,
        "m" => 1e6,
        "g" => 1e9,
        "t" => 1e12,
        "p" => 1e15,
        "e" => 1e18,
        "z" => 1e21,
        _ => return None,
    })
}

/// The longer before the shorter.
const SIGNS: &[(&str, &str)] = &[
    ("AU$", "AUD"),
    ("A$", "AUD"),
    ("CA$", "CAD"),
    ("C$", "CAD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("US$", "USD"),
    ("$", "USD"),
    ("＄", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("￡", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₿", "BTC"),
    ("USD", "USD"),
    ("EUR", "EUR"),
];

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3600.0;
const DAY: f64 = 86_400.0;
const MONTH: f64 = 30.4375 * DAY;
const YEAR: f64 = 365.25 * DAY;

const ENGLISH: &[(&str, Dimension, f64)] = {
    use Dimension::{Bits, Bytes, Duration, Length, Mass, Money};
    &[
        ("dollars", Money("USD"), 1.0),
        ("dollar", Money("USD"), 1.0),
        ("usd", Money("USD"), 1.0),
        ("euros", Money("EUR"), 1.0),
        ("euro", Money("EUR"), 1.0),
        ("eur", Money("EUR"), 1.0),
        ("pounds", Money("GBP"), 1.0),
        ("gbp", Money("GBP"), 1.0),
        ("yuan", Money("CNY"), 1.0),
        ("rmb", Money("CNY"), 1.0),
        ("yen", Money("JPY"), 1.0),
        ("won", Money("KRW"), 1.0),
        ("rupees", Money("INR"), 1.0),
        ("rubles", Money("RUB"), 1.0),
        ("bitcoin", Money("BTC"), 1.0),
        ("bitcoins", Money("BTC"), 1.0),
        ("btc", Money("BTC"), 1.0),
        ("eth", Money("ETH"), 1.0),
        ("ether", Money("ETH"), 1.0),
        ("ethereum", Money("ETH"), 1.0),
        ("usdt", Money("USDT"), 1.0),
        ("usdc", Money("USDC"), 1.0),
        ("monero", Money("XMR"), 1.0),
        ("xmr", Money("XMR"), 1.0),
        ("kilobytes", Bytes, 1e3),
        ("megabytes", Bytes, 1e6),
        ("megabyte", Bytes, 1e6),
        ("gigabytes", Bytes, 1e9),
        ("gigabyte", Bytes, 1e9),
        ("terabytes", Bytes, 1e12),
        ("terabyte", Bytes, 1e12),
        ("petabytes", Bytes, 1e15),
        ("petabyte", Bytes, 1e15),
        ("bytes", Bytes, 1.0),
        ("byte", Bytes, 1.0),
        ("bits", Bits, 1.0),
        ("km", Length, 1000.0),
        ("kilometers", Length, 1000.0),
        ("kilometres", Length, 1000.0),
        ("miles", Length, 1609.34),
        ("mile", Length, 1609.34),
        ("meters", Length, 1.0),
        ("metres", Length, 1.0),
        ("feet", Length, 0.3048),
        ("inches", Length, 0.0254),
        ("inch", Length, 0.0254),
        ("kilograms", Mass, 1000.0),
        ("tons", Mass, 1e6),
        ("seconds", Duration, 1.0),
        ("second", Duration, 1.0),
        ("minutes", Duration, MINUTE),
        ("minute", Duration, MINUTE),
        ("hours", Duration, HOUR),
        ("hour", Duration, HOUR),
        ("days", Duration, DAY),
        ("day", Duration, DAY),
        ("weeks", Duration, 7.0 * DAY),
        ("week", Duration, 7.0 * DAY),
        ("months", Duration, MONTH),
        ("month", Duration, MONTH),
        ("years", Duration, YEAR),
        ("year", Duration, YEAR),
        ("milliseconds", Duration, 0.001),
        ("decades", Duration, 10.0 * YEAR),
    ]
};

/// The longer before the shorter.
const CHINESE: &[(&str, Dimension, f64)] = {
    use Dimension::{BitRate, Bits, Bytes, Duration, Length, Mass, Money};
    &[
        ("美元", Money("USD"), 1.0),
        ("美金", Money("USD"), 1.0),
        ("欧元", Money("EUR"), 1.0),
        ("英镑", Money("GBP"), 1.0),
        ("人民币", Money("CNY"), 1.0),
        ("日元", Money("JPY"), 1.0),
        ("韩元", Money("KRW"), 1.0),
        ("澳元", Money("AUD"), 1.0),
        ("澳大利亚元", Money("AUD"), 1.0),
        ("加元", Money("CAD"), 1.0),
        ("港元", Money("HKD"), 1.0),
        ("港币", Money("HKD"), 1.0),
        ("新元", Money("SGD"), 1.0),
        ("卢比", Money("INR"), 1.0),
        ("卢布", Money("RUB"), 1.0),
        ("比特币", Money("BTC"), 1.0),
        ("以太币", Money("ETH"), 1.0),
        ("以太坊", Money("ETH"), 1.0),
        ("元", Money("CNY"), 1.0),
        ("太字节", Bytes, 1e12),
        ("吉字节", Bytes, 1e9),
        ("兆字节", Bytes, 1e6),
        ("千字节", Bytes, 1e3),
        ("字节", Bytes, 1.0),
        ("太比特每秒", BitRate, 1e12),
        ("吉比特每秒", BitRate, 1e9),
        ("位", Bits, 1.0),
        ("比特", Bits, 1.0),
        ("公里", Length, 1000.0),
        ("千米", Length, 1000.0),
        ("英里", Length, 1609.34),
        ("厘米", Length, 0.01),
        ("毫米", Length, 0.001),
        ("英尺", Length, 0.3048),
        ("英寸", Length, 0.0254),
        ("米", Length, 1.0),
        ("公斤", Mass, 1000.0),
        ("千克", Mass, 1000.0),
        ("吨", Mass, 1e6),
        ("毫秒", Duration, 0.001),
        ("秒", Duration, 1.0),
        ("分钟", Duration, MINUTE),
        ("小时", Duration, HOUR),
        ("天", Duration, DAY),
        ("日内", Duration, DAY),
        ("周年", Duration, YEAR),
        ("周", Duration, 7.0 * DAY),
        ("星期", Duration, 7.0 * DAY),
        ("月", Duration, MONTH),
        ("年", Duration, YEAR),
    ]
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::numbers::{chinese, english};

    fn first(text: &str, lang: Lang) -> Option<(Dimension, f64)> {
        let found = if lang == Lang::Zh { chinese(text) } else { english(text) };
        unit(text, found.first()?.span, lang).map(|u| (u.dimension, u.factor))
    }

    #[test]
    fn units_are_read_in_both_languages() {
        use Dimension::{BitRate, Bytes, Duration, Length, Money};
        for (zh, en, expected) in [
            ("280万美元", "$2.8 million", Some((Money("USD"), 1.0))),
            ("勒索500欧元", "a ransom of €500", Some((Money("EUR"), 1.0))),
            ("20个比特币", "20 bitcoin", Some((Money("BTC"), 1.0))),
            ("峰值5.8 tbps", "peaking at 5.8 Tbps", Some((BitRate, 1e12))),
            ("1.5TB数据", "1.5 terabytes of data", Some((Bytes, 1e12))),
            ("20多年", "20 years", Some((Duration, YEAR))),
            ("10公里", "10 km away", Some((Length, 1000.0))),
            ("35个客户", "35 customers", None),
        ] {
            assert_eq!(first(zh, Lang::Zh), expected, "{zh}");
            assert_eq!(first(en, Lang::En), expected, "{en}");
        }
    }
}
