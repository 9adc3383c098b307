//! What the kinds of entities look like in a folded text.

use super::endings::{is_file_ending, is_tld};
use super::{EntityKind, Form};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// How one kind is found: what it looks like, how much of that belongs to it, and what it says.
pub(super) struct Rule {
    /// Group 1, or else the whole, is the entity.
    pub regex: LazyLock<Regex>,
    /// Cuts off what follows by accident; `None` if it is none after all.
    pub cut: fn(&str, Range<usize>) -> Option<Range<usize>>,
    /// Kind and normalised value.
    pub read: fn(&str, Form) -> Option<(EntityKind, String)>,
}

#[allow(clippy::unwrap_used)] // the patterns are constants, and every test compiles them
fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap()
}

macro_rules! rule {
    ($pattern:expr, $cut:expr, $read:expr) => {
        Rule { regex: LazyLock::new(|| compile($pattern)), cut: $cut, read: $read }
    };
}

/// The rules, the most particular first. ASCII word boundaries throughout: Han characters are letters for Unicode, and
/// stand beside names without a blank.
pub(super) const RULES: [&Rule; 19] = [
    &URL,
    &EMAIL,
    &REGISTRY,
    &WINDOWS_PATH,
    &UNIX_PATH,
    &HASH,
    &WALLET,
    &VECTOR,
    &CVE,
    &ADVISORY,
    &MITRE,
    &KB,
    &DATE,
    &IP,
    &IP6,
    &MAC,
    &NAME,
    &VERSION,
    &PORT,
];

static URL: Rule = rule!(
    r"(?i)(?-u:\b)(?:https?|ftp|wss?)://[A-Za-z0-9\-._~:/?#@!$&()*+;=%']+",
    closed,
    |words, _| Some((EntityKind::Url, address(words)))
);
static EMAIL: Rule = rule!(
    r"(?i)(?-u:\b)[a-z0-9._%+\-]+@[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.[a-z]{2,}(?-u:\b)",
    whole,
    |words, _| Some((EntityKind::Email, words.to_ascii_lowercase()))
);
static REGISTRY: Rule = rule!(
    r"(?i)(?-u:\b)(?:HKEY_[A-Z_]+|HK(?:LM|CU|CR|U|CC))(?::?\\[A-Za-z0-9_\-. {}]*[A-Za-z0-9_}])+",
    whole,
    |words, _| Some((EntityKind::Registry, words.to_lowercase()))
);
static WINDOWS_PATH: Rule = rule!(
    r"(?i)(?:(?-u:\b)[a-z]:|%[a-z0-9_]+%|\\\\[a-z0-9_.\-$]+)(?:\\[a-z0-9_.\-$%{}~+()]+)*\\?",
    path,
    |words, _| Some((EntityKind::Path, words.trim_end_matches('\\').to_lowercase()))
);
static UNIX_PATH: Rule = rule!(
    r"(?:^|[^A-Za-z0-9/.\-_~)\]>])((?:~|\.|\$[A-Za-z_]+)?(?:/[A-Za-z0-9_.\-*{}%+]+){2,}/?|/(?:etc|var|tmp|usr|bin|opt|dev|root|proc|home)/?)(?-u:\b)",
    path,
    |words, _| Some((EntityKind::Path, words.trim_end_matches('/').to_owned()))
);
static HASH: Rule = rule!(
    r"(?i)(?-u:\b)(?:[0-9a-f]{128}|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?-u:\b)",
    whole,
    |words, _| words
        .contains(|c: char| c.is_ascii_digit())
        .then(|| (EntityKind::Hash, words.to_ascii_lowercase()))
);
static WALLET: Rule = rule!(
    r"(?-u:\b)(?:0x[0-9a-fA-F]{40}|bc1[02-9ac-hj-np-z]{25,60}|[13][1-9A-HJ-NP-Za-km-z]{25,34})(?-u:\b)",
    whole,
    |words, _| Some((EntityKind::Wallet, words.to_owned()))
);
static VECTOR: Rule = rule!(r"CVSS:[34]\.\d(?:/[A-Z]{1,3}:[A-Z])+", whole, |words, _| Some((
    EntityKind::Vector,
    words.to_owned()
)));
static CVE: Rule =
    rule!(r"(?i)(?-u:\b)CVE[\s\-‑–_:]{0,2}\d{4}\s?[\-–_]\s?\d{3,8}(?-u:\b)", whole, |words, _| {
        let numbers: Vec<&str> =
            words.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
        Some((EntityKind::Cve, format!("CVE-{}", numbers.join("-"))))
    });
static ADVISORY: Rule = rule!(
    r"(?i)(?-u:\b)(?:GHSA(?:-[0-9a-z]{4}){3}|ZDI(?:-CAN)?-\d{2,5}(?:-\d{3,5})?|MS\d{2}-\d{3}|ICSM?A-\d{2}-\d{3}-\d{2}|RH[SBE]A-\d{4}:\d{4,5}|(?:DSA|USN|GLSA|APSB|TALOS|JVNDB|CNVD|CNNVD|EUVD|FG-IR|ADV|SVR|SNWLID|VMSA|SA|NVDB|XSA|BDU)-?\d{2,6}[-:]\d{2,8}(?:[-.]\d{1,6})?|VU#\d{5,6}|AA\d{2}-\d{3}[A-Z])(?-u:\b)",
    whole,
    |words, _| Some((EntityKind::Advisory, words.to_ascii_uppercase()))
);
static MITRE: Rule = rule!(
    r"(?-u:\b)(?:TA\d{4}|T1\d{3}(?:\.\d{3})?|CWE-\d{1,4}|CAPEC-\d{1,3}|cwe-\d{1,4})(?-u:\b)",
    whole,
    |words, _| Some((EntityKind::Mitre, words.to_ascii_uppercase()))
);
static KB: Rule =
    rule!(r"(?-u:\b)KB\d{6,8}(?-u:\b)", whole, |words, _| Some((EntityKind::Kb, words.to_owned())));
static DATE: Rule = rule!(
    r"(?-u:\b)(?:19|20)\d{2}\.(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12]\d|3[01])(?-u:\b)",
    alone,
    |words, _| Some((EntityKind::Date, words.to_owned()))
);
static IP: Rule =
    rule!(r"(?-u:\b)(?:\d{1,3}\.){3}\d{1,3}(?::\d{1,5}|/\d{1,2})?(?-u:\b)", alone, |words, form| {
        let host = words.split([':', '/']).next().unwrap_or("");
        let octets = host.split('.').all(|octet| octet.parse::<u16>().is_ok_and(|n| n < 256));
        // `2.0.0.1` is a version as often as an address; a first octet of two digits decides, or defanging.
        let sure = form != Form::Plain || words.len() > host.len();
        let first = host.split('.').next().and_then(|o| o.parse::<u16>().ok()).unwrap_or(0);
        (octets && (sure || first >= 20 || host.len() >= 11 || first == 10))
            .then(|| (EntityKind::Ip, words.to_owned()))
    });
static IP6: Rule =
    rule!(r"(?i)(?-u:\b)(?:[0-9a-f]{1,4}:){3,7}(?::?[0-9a-f]{1,4})(?-u:\b)", whole, |words, _| words
        .parse::<std::net::Ipv6Addr>()
        .ok()
        .map(|ip| (EntityKind::Ip, ip.to_string())));
static MAC: Rule = rule!(r"(?i)(?-u:\b)[0-9a-f]{2}(?:[:\-][0-9a-f]{2}){5}(?-u:\b)", whole, |words, _| Some(
    (EntityKind::Mac, words.to_ascii_lowercase().replace('-', ":"))
));
/// Domains, file names, and endings by themselves: labels with dots between.
static NAME: Rule =
    rule!(r"(?:[A-Za-z0-9_\-]+)?(?:\.[A-Za-z0-9_\-]+)+(?:/[A-Za-z0-9\-._~/?#@!$&+;=%]*)?", named, name);
static VERSION: Rule = rule!(
    r"(?i)(?:(?-u:\b)v(?:er(?:sion)?s?\.?)?\s?|(?:版本号?|版)(?:为|是|:)?\s?)?((?-u:\b)v?\d{1,5}(?:[._]\d{1,6}){1,5}(?:[\-_]?(?:rc|beta|alpha|patch|p|sp|b|hotfix|update|u)\.?\d{0,3})?)(?-u:\b)",
    version,
    |words, _| Some((EntityKind::Version, version_value(words)))
);
static PORT: Rule = rule!(
    r"(?i)(?-u:\b)(?:(?:tcp|udp)(?:/|\s)(?:port\s|端口\s?)?\d{1,5}|ports?\s(?:number\s)?\d{1,5})(?-u:\b)|端口号?(?:为|是|:)?\s?\d{2,5}(?-u:\b)|(?-u:\b)\d{2,5}\s?(?:号)?端口",
    whole,
    |words, _| {
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u32>().is_ok_and(|n| n < 65_536).then_some((EntityKind::Port, digits))
    }
);

fn whole(_: &str, range: Range<usize>) -> Option<Range<usize>> {
    Some(range)
}

/// Without the marks that close the sentence, or a bracket opened before it.
fn closed(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(range.clone())?;
    let mut kept = words.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*']);
    while kept.ends_with(')') && kept.matches(')').count() > kept.matches('(').count() {
        kept = kept.get(..kept.len() - 1)?.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']);
    }
    Some(range.start..range.start + kept.len())
}

/// A path, without the full stop behind it; an environment variable or a drive alone counts only with a part behind it.
fn path(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let range = closed(text, range)?;
    let words = text.get(range.clone())?;
    let parts = words.split(['\\', '/']).filter(|part| !part.is_empty()).count();
    let letters = words.contains(|c: char| c.is_ascii_alphabetic());
    (letters && (parts > 1 || words.starts_with(['%', '/', '~']) && words.len() > 3)).then_some(range)
}

/// Figures that no further part follows or precedes.
fn alone(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let after = text.get(range.end..)?;
    let before = text.get(..range.start)?;
    let joined = after.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
        || before.ends_with(['.', '-', '_']);
    (!joined).then_some(range)
}

/// A name with dots, without the full stop behind it.
fn named(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let words = text.get(range.clone())?;
    let kept = words.trim_end_matches(['.', ',', ';', '!', '?', '-', '_', ':']);
    let before = text.get(..range.start)?.chars().next_back();
    // What stands behind a slash or an @ is the rest of something else.
    let rest = before.is_some_and(|c| matches!(c, '@' | '\\' | '$') || (c == '.' && !kept.starts_with('.')));
    (!rest).then_some(range.start..range.start + kept.len())
}

/// What a name with dots is, by its last label.
fn name(words: &str, form: Form) -> Option<(EntityKind, String)> {
    let (host, tail) = words.split_at(words.find('/').unwrap_or(words.len()));
    let last = host.rsplit('.').next()?;
    let ending = last.to_ascii_lowercase();
    let labels = host.split('.').filter(|label| !label.is_empty()).count();
    if host.split('.').all(|label| label.chars().all(|c| c.is_ascii_digit())) {
        return None;
    }
    if host.starts_with('.') {
        let known = is_file_ending(&ending) || (form == Form::Plain && ending.len() <= 5 && last == ending);
        let plain = tail.is_empty() && ending.len() >= 2 && ending != "net" && !is_number(&ending);
        return (known && plain && host.matches('.').count() <= 2)
            .then(|| (EntityKind::Extension, host.to_ascii_lowercase()));
    }
    let is_file = is_file_ending(&ending) && !(is_tld(&ending) && labels > 2);
    if is_file && (tail.is_empty() || tail == "/") {
        return Some((EntityKind::File, host.to_ascii_lowercase()));
    }
    if is_file && tail.rsplit('.').next().is_some_and(is_file_ending) {
        return Some((EntityKind::Path, words.to_owned()));
    }
    // `attack.In` is two sentences, `ASP.NET` a product.
    let glued = last.starts_with(char::is_uppercase) && last != last.to_ascii_uppercase() && labels == 2;
    let product = last == "NET" || host.len() < 4;
    let known = is_tld(&ending) && !glued && !product && host.split('.').all(|label| !label.is_empty());
    let proven = form != Form::Plain && ending.len() >= 2 && ending.chars().all(|c| c.is_ascii_alphabetic());
    if known || proven || (glued && matches!(&*ending, "run" | "io" | "ai" | "zone" | "com")) {
        let kind = if tail.len() > 1 { EntityKind::Url } else { EntityKind::Domain };
        return Some((kind, address(words)));
    }
    None
}

fn is_number(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit())
}

/// An address made comparable: without scheme, `www.` and the slash behind it, the host in lower case.
fn address(words: &str) -> String {
    let rest = words.split_once("://").map_or(words, |(_, rest)| rest);
    let (host, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.to_ascii_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    format!("{host}{}", tail.trim_end_matches('/'))
}

/// Whether figures with a dot are a version: of three parts, or called one, or behind a product's name.
fn version(text: &str, range: Range<usize>) -> Option<Range<usize>> {
    let range = alone(text, range)?;
    let words = text.get(range.clone())?;
    let before = text.get(..range.start)?;
    let after = text.get(range.end..)?;
    let parts = words.split(['.', '_']).count();
    if words.contains('_') && parts == 2 && !words.contains('.') {
        return None;
    }
    let measured =
        after.trim_start().starts_with(|c: char| "%％‰$€£万亿千百倍分元米个台次小秒GTMKgtmkx×".contains(c))
            || MEASURES.iter().any(|word| after.trim_start().to_ascii_lowercase().starts_with(word));
    let money = before.trim_end().ends_with(['$', '€', '£', '¥', '~', '≈']);
    let named = words.starts_with(['v', 'V']) || called(before, after);
    let rising = parts > 2 || (named || product(before)) && !measured && !money;
    rising.then_some(range)
}

/// English units that make a quantity of figures with a dot.
const MEASURES: &[&str] = &[
    "million",
    "billion",
    "trillion",
    "percent",
    "per cent",
    "out of",
    "points",
    "times",
    "/10",
    "hours",
    "days",
    "years",
    "seconds",
    "bitcoin",
    "btc",
    "eth",
    "usd",
    "euros",
    "bps",
    "pps",
    "terabyte",
    "gigabyte",
    "petabyte",
    "zettabyte",
];

/// Whether what surrounds the figures calls them a version.
fn called(before: &str, after: &str) -> bool {
    let tail: String = before.chars().rev().take(40).collect::<Vec<char>>().into_iter().rev().collect();
    let before = tail.trim_end().to_ascii_lowercase();
    let after = after.trim_start();
    [
        "version",
        "versions",
        "ver.",
        "release",
        "版本",
        "版本号",
        "版本为",
        "版本号为",
        "patch",
        "firmware",
        "build",
    ]
    .iter()
    .any(|word| before.ends_with(word))
        || [
            "版",
            "及更",
            "及以",
            "及之",
            "以下版",
            "之前",
            "and later",
            "and earlier",
            "or later",
            "or earlier",
            "and above",
            "and below",
        ]
        .iter()
        .any(|word| after.starts_with(word))
}

/// Whether a Latin name stands before the figures, as in `Zephyr 1.3`; a score is none.
fn product(before: &str) -> bool {
    let Some(before) = before
        .strip_suffix([' ', '/'])
        .or_else(|| before.ends_with(|c: char| c.is_ascii_alphabetic()).then_some(before))
    else {
        return false;
    };
    let start = before
        .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.')))
        .map_or(0, |at| at + before.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
    let word = before.get(start..).unwrap_or("");
    let name =
        word.starts_with(|c: char| c.is_ascii_uppercase()) || word.contains(|c: char| c.is_ascii_uppercase());
    let no_name = [
        "CVSS",
        "CVSSv3",
        "EPSS",
        "The",
        "In",
        "Of",
        "At",
        "About",
        "Over",
        "Nearly",
        "A",
        "An",
        "Around",
        "Some",
        "USD",
        "US",
        "BTC",
        "ETH",
        "Q",
        "Approximately",
        "Roughly",
        "Up",
        "With",
        "And",
        "To",
        "From",
        "More",
        "Almost",
    ];
    name && word.len() > 1 && !no_name.contains(&word)
}

/// A version made comparable: without `v`, in lower case.
fn version_value(words: &str) -> String {
    let lower = words.to_ascii_lowercase();
    lower.strip_prefix('v').unwrap_or(&lower).to_owned()
}
