//! Names: mangled, replaced, dropped.

use super::super::super::random::Dice;
use super::super::scan::{self, Pattern};
use super::super::{Edit, Host};
use super::{Kind, Nature};
use std::ops::Range;

const MANGLED: &[&str] =
    &["name-mangled", "name-missing", "name-extra", "name-consistency", "indicator", "code", "mt-artefact"];

/// A name loses its beginning.
pub const PREFIX_CUT: Kind = Kind {
    name: "name-prefix-cut",
    doc: "a Latin name loses its first letters: QuillSnatch → uillSnatch, illSnatch",
    nature: Nature::Fault,
    checks: MANGLED,
    target: 0.90,
    edits: prefix_cut,
};

/// A name is spelt as ordinary words are.
pub const CORRECTED: Kind = Kind {
    name: "name-corrected",
    doc: "the spelling of a Latin name is made ordinary: Acreed → Acred, Lynx → Links",
    nature: Nature::Fault,
    checks: MANGLED,
    target: 0.90,
    edits: corrected,
};

/// An acronym is written small.
pub const LOWER_CASED: Kind = Kind {
    name: "acronym-lower-cased",
    doc: "an acronym is written in small letters: CISA → cisa",
    nature: Nature::Fault,
    checks: MANGLED,
    target: 0.90,
    edits: lower_cased,
};

/// A name is exchanged for another of the article.
pub const REPLACED: Kind = Kind {
    name: "actor-replaced",
    doc: "a name is replaced by another one of the same article",
    nature: Nature::Fault,
    checks: &["name-missing", "name-extra", "attribution"],
    target: 0.90,
    edits: replaced,
};

/// A name is left out.
pub const DROPPED: Kind = Kind {
    name: "name-dropped",
    doc: "a name that the post gives only here is left out",
    nature: Nature::Fault,
    checks: &["name-missing", "partial-omission", "attribution"],
    target: 0.90,
    edits: dropped,
};

static WORD: Pattern = Pattern::new(r"[A-Z][A-Za-z]{4,}");
static ACRONYM: Pattern = Pattern::new(r"[A-Z]{3,6}");

/// What is written in capitals and is no name.
const UNITS: [&str; 12] = ["UTC", "GMT", "EST", "PDT", "USD", "EUR", "GBP", "BTC", "ETH", "GB", "III", "VII"];

/// Single words that stand once in the bead's Chinese, and in its English as they are.
fn words(host: &Host<'_>, pattern: &Pattern) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
    let word = |range: Range<usize>| {
        let text = scan::slice(&host.zh, range.clone());
        let en = scan::words(&host.en, text);
        let is_once = scan::count(&host.zh, text) == 1;
        (is_once && !en.is_empty() && scan::stands_free(&host.zh, &range)).then_some((range, en))
    };
    pattern.find(&host.zh).into_iter().filter_map(word).collect()
}

fn prefix_cut(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let edit = |(range, en): (Range<usize>, Vec<Range<usize>>)| {
        let text = scan::slice(&host.zh, range.clone());
        let most = if text.len() >= 7 { 3 } else { 2 };
        let rest = scan::rest(text, 1 + dice.below(most));
        let is_new = scan::words(host.case.en(), rest).is_empty();
        is_new.then(|| Edit::rewrite(range, rest, en))
    };
    words(host, &WORD).into_iter().filter_map(edit).collect()
}

/// How ordinary spelling differs from that of invented names.
const SPELLINGS: [(&str, &str); 22] = [
    ("oo", "o"),
    ("ee", "e"),
    ("ph", "f"),
    ("ck", "k"),
    ("ll", "l"),
    ("ss", "s"),
    ("tt", "t"),
    ("rr", "r"),
    ("nn", "n"),
    ("ae", "e"),
    ("ou", "o"),
    ("x", "ks"),
    ("y", "i"),
    ("z", "s"),
    ("k", "c"),
    ("w", "v"),
    ("or", "er"),
    ("er", "or"),
    ("an", "en"),
    ("ar", "er"),
    ("a", "e"),
    ("i", "e"),
];

fn corrected(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let edit = |(range, en): (Range<usize>, Vec<Range<usize>>)| {
        let text = scan::slice(&host.zh, range.clone());
        let (first, tail) = (scan::head(text, 1), scan::rest(text, 1));
        let mut rules = SPELLINGS;
        let (telling, vague) = rules.split_at_mut(16);
        dice.shuffle(telling);
        dice.shuffle(vague);
        let respelt = |(from, to): &(&str, &str)| {
            let other = format!("{first}{}", tail.replacen(from, to, 1));
            let is_new = other != text && scan::words(host.case.en(), &other).is_empty();
            is_new.then_some(other)
        };
        let other = rules.iter().find_map(respelt)?;
        Some(Edit::rewrite(range, other, en))
    };
    words(host, &WORD).into_iter().filter_map(edit).collect()
}

fn lower_cased(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let edit = |(range, en): (Range<usize>, Vec<Range<usize>>)| {
        let text = scan::slice(&host.zh, range.clone());
        let small = text.to_ascii_lowercase();
        let is_error = !UNITS.contains(&text) && scan::words(host.case.en(), &small).is_empty();
        is_error.then(|| Edit::rewrite(range, small, en))
    };
    words(host, &ACRONYM).into_iter().filter_map(edit).collect()
}

/// Names that stand once in the bead's Chinese, and in its English.
fn actors(host: &Host<'_>) -> Vec<(Range<usize>, Vec<Range<usize>>)> {
    let actor = |range: Range<usize>| {
        let name = scan::slice(&host.zh, range.clone());
        let en = scan::words(&host.en, name);
        let is_once = name.split(' ').all(|word| scan::count(&host.zh, word) == 1);
        (is_once && !en.is_empty()).then_some((range, en))
    };
    scan::names(&host.zh).into_iter().filter_map(actor).collect()
}

fn replaced(host: &Host<'_>, dice: &mut Dice) -> Vec<Edit> {
    let edit = |(range, en): (Range<usize>, Vec<Range<usize>>)| {
        let name = scan::slice(&host.zh, range.clone());
        let is_other = |other: &&String| {
            let shares = |word: &str| word.len() > 2 && (host.en.contains(word) || host.zh.contains(word));
            !other.split(' ').any(shares) && !name.split(' ').any(|word| other.contains(word))
        };
        let others: Vec<String> = host.case.names.iter().filter(is_other).cloned().collect();
        Some(Edit::rewrite(range, dice.pick(&others)?, en))
    };
    actors(host).into_iter().filter_map(edit).collect()
}

/// What goes with a name: what introduces it, what depends on it, what encloses it.
const BEFORE: [&str; 12] =
    ["一款名为", "一个名为", "一种名为", "被称为", "名为", "名叫", "叫做", "代号为", "（", "(", "“", "《"];
const BEHIND: [&str; 6] = ["）", ")", "”", "》", "的", "等"];

fn dropped(host: &Host<'_>, _: &mut Dice) -> Vec<Edit> {
    let edit = |(range, en): (Range<usize>, Vec<Range<usize>>)| {
        let name = scan::slice(&host.zh, range.clone());
        let is_only = name.split(' ').all(|word| scan::count(host.case.zh(), word) == 1);
        // In brackets it only repeats what stands before them.
        let is_gloss = scan::head(&host.zh, range.start).ends_with(['（', '(']);
        (is_only && !is_gloss).then(|| Edit::rewrite(with_company(&host.zh, &range), "", en))
    };
    actors(host).into_iter().filter_map(edit).collect()
}

/// A name's place with the marks and words that would be left without sense.
fn with_company(zh: &str, name: &Range<usize>) -> Range<usize> {
    let mut range = name.clone();
    let closes = |open: &str, close: &str| {
        matches!((open, close), ("（", "）") | ("(", ")") | ("“", "”") | ("《", "》"))
    };
    let left = BEFORE.iter().find(|word| scan::head(zh, range.start).ends_with(*word));
    let right = BEHIND.iter().find(|word| scan::rest(zh, range.end).starts_with(*word));
    match (left, right) {
        (Some(open), Some(close)) if closes(open, close) => {
            range = range.start - open.len()..range.end + close.len();
        }
        // A bracket or quotation mark with something else in it stays.
        (Some(open), _) if "（(“《".contains(open) => {}
        (Some(open), Some(&"的")) => range = range.start - open.len()..range.end + "的".len(),
        (Some(open), _) => range.start -= open.len(),
        (None, Some(&"的")) => range.end += "的".len(),
        _ => {}
    }
    range
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_goes_with_what_would_hang_in_the_air() {
        for (zh, gone) in [
            ("攻击者使用名为Quill的工具", "名为Quill的"),
            ("该工具（Quill）已下线", "（Quill）"),
            ("该工具（Quill和其他）已下线", "Quill"),
            ("“Quill”已下线", "“Quill”"),
            ("Quill的作者", "Quill的"),
        ] {
            let at = zh.find("Quill").unwrap();
            assert_eq!(scan::slice(zh, with_company(zh, &(at..at + 5))), gone);
        }
    }
}
