//! English words left in the Chinese.

use crate::lexicon::parse_glossary;
use crate::model::{Message, Severity};
use crate::qa::names::{Exonyms, Kind, Run, Shape, Token, is_general};
use crate::qa::{Check, Doc, Draft, Unit, View};
use crate::text::han::is_han;
use rustc_hash::FxHashMap;
use std::ops::Range;
use std::sync::LazyLock;

/// The check.
pub const CHECK: Check = Check {
    name: "untranslated",
    category: "Accuracy/Untranslated",
    doc: Doc {
        what: "An English word or phrase left in the Chinese that is no name, no code and no word that the trade keeps, \
               and that the glossary, the lexicon or the same post renders.",
        why: "Readers stumble, and take a common noun for a name.",
        known_problems: "Words that only some of the trade keeps in English are held against a list. What stands in \
                         brackets behind its Chinese is a gloss and passes.",
        example: "en: The infostealer reads cookies.\nzh: 该infostealer会读取cookie。\n\
                  infostealer: 信息窃取器.",
    },
    fidelity: true,
    run,
};

/// English words that Chinese texts of the trade keep as a matter of course.
const KEPT: &str = "web cookie cookies shell root mod mods bot bots bug bugs app apps token tokens email shellcode hook \
webhook webhooks hash hashes stealer rootkit bootkit webshell git pip npm \
wget curl bash python java javascript docker kubernetes admin sudo ping demo blog wiki pdf logo ip url api id ok pro vip \
plus max mini air fuzzing fuzz sandbox sql json xml html http https ftp ssh tls ssl dns \
cron daemon socket proxy nginx apache redis linux windows android chrome iot wifi gpu cpu usb sim rom ram ai gpt chatgpt \
llm prompt mcp rag embedding base64 ascii unicode utf exe dll apk jar zip rar iso img \
office word excel outlook teams slack zoom tor vpn cosplay ppt tv pc ppm bit byte \
bits bytes kb mb gb tb pb dbx iframe div int \
startup runtime beta alpha hub fork commit pull push \
readme offset opcode syscall x o a i s t ctrl enter win tab alt shift esc del swap";

/// Kinds of malware that stand behind a name as if they were part of it.
const SURNAMES: &str = "stealer loader bot rat miner wiper dropper locker";

/// Renderings of words that the glossaries have in another form only.
const MORE: &[(&str, &str)] =
    &[("captcha", "验证码"), ("repo", "存储库"), ("registry", "注册表"), ("eol", "生命周期结束")];

static RENDERINGS: LazyLock<FxHashMap<String, String>> = LazyLock::new(|| {
    let text = include_str!("../../../corpora/glossary/security.tsv");
    let mut map = FxHashMap::default();
    for entry in parse_glossary(text).unwrap_or_default() {
        // The first of several; names are not words.
        if !entry.en.contains(char::is_uppercase) {
            map.entry(entry.en.replace('-', " ")).or_insert(entry.zh);
        }
    }
    map.extend(MORE.iter().map(|(en, zh)| ((*en).to_owned(), (*zh).to_owned())));
    map
});

fn run(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for (number, unit) in view.linked() {
        let Some(names) = view.names.units.get(number) else { continue };
        if !unit.zh.text.chars().any(is_han) {
            // Code, or a list of names.
            drafts.extend(names.zh.runs.iter().filter_map(|run| conjunction(number, unit, run)));
            continue;
        }
        for run in names.zh.runs.iter().filter(|run| !is_gloss(&unit.zh.text, &run.range)) {
            let named = named(view, number, unit, run);
            if named.is_none() {
                drafts.extend(words(view, number, unit, run));
            }
            drafts.extend(named);
            drafts.extend(conjunction(number, unit, run));
        }
    }
    drafts
}

/// Words of a run that are words of the language, neighbours together.
fn words(view: &View<'_>, number: usize, unit: &Unit, run: &Run) -> Option<Draft> {
    let is_left = |token: &&Token| is_left(view, unit, run, token);
    let left: Vec<&Token> = run.tokens.iter().filter(is_left).collect();
    let (first, last) = (hyphenated(unit, run, left.first()?), left.last()?);
    let text = unit.zh.text.get(first.range.start..last.range.end)?;
    let (range, suggestion) = match rendering(text) {
        Some(rendering) => (first.range.start..last.range.end, Some(rendering)),
        None => (first.range.start..last.range.end, left.iter().find_map(|token| rendering(&token.key))),
    };
    Some(draft(number, unit, range, suggestion))
}

/// The first word of the compound that a word ends.
fn hyphenated<'r>(unit: &Unit, run: &'r Run, token: &'r Token) -> &'r Token {
    let position = run.tokens.iter().position(|other| other.range == token.range).unwrap_or_default();
    let before = run.tokens.get(position.wrapping_sub(1));
    before
        .filter(|before| unit.zh.text.get(before.range.end..token.range.start) == Some("-"))
        .unwrap_or(token)
}

fn is_left(view: &View<'_>, unit: &Unit, run: &Run, token: &Token) -> bool {
    let key = token.key.as_str();
    let single = key.strip_suffix('s').unwrap_or(key);
    let kept = |key: &str| KEPT.split_whitespace().any(|kept| kept == key);
    if token.technical || key.len() < 3 || kept(key) || kept(single) || is_code(&unit.zh.text, run, token) {
        return false;
    }
    if is_end_of_life(view, unit, token) || is_lowered_term(view, token) {
        return true;
    }
    let is_word = is_general(key, view.tools.lexicon) || rendering(key).is_some();
    let Some(forms) = view.names.english.forms(key).filter(|_| is_word) else { return false };
    let quoted = unit.zh.text.get(..token.range.start).is_some_and(|t| t.ends_with(['“', '"', '‘', '\'']));
    let is_word_here = forms.inside == 0 || (token.shape == Shape::Lower && forms.lower >= forms.inside);
    let lowered = forms.lower > 0 && is_word_here && (forms.edge == 0 || !quoted);
    match token.shape {
        // A name's own words stay together: `Answer to Reset`.
        Shape::Lower => lowered && !is_inside_name(view, run, token),
        Shape::Capital => {
            (lowered
                && (rendering(single).is_some() || run.tokens.len() > 1)
                && !is_inside_name(view, run, token))
                || (key == "registry" && run.tokens.len() == 1)
        }
        _ => false,
    }
}

/// An abbreviation that Chinese does not use, where the post explains it nowhere.
fn is_end_of_life(view: &View<'_>, unit: &Unit, token: &Token) -> bool {
    let explained = |other: &Unit| other.zh.text.contains("（EoL）") || other.zh.text.contains("(EoL)");
    token.key == "eol" && unit.zh.text.contains("EoL") && !view.units.iter().any(explained)
}

/// An abbreviation in small letters that the post renders elsewhere.
fn is_lowered_term(view: &View<'_>, token: &Token) -> bool {
    let Some(known) = MORE.iter().find(|(en, _)| *en == token.key && token.shape == Shape::Lower) else {
        return false;
    };
    view.names.english.has(known.0) && view.units.iter().any(|unit| unit.zh.text.contains(known.1))
}

/// Whether a word stands between words with capitals of the same run, which the English has in this order.
fn is_inside_name(view: &View<'_>, run: &Run, token: &Token) -> bool {
    let position = run.tokens.iter().position(|other| other.range == token.range).unwrap_or_default();
    let before = run.tokens.get(..position).unwrap_or_default();
    let after = run.tokens.get(position + 1..).unwrap_or_default();
    let is_name = |token: &Token| token.shape != Shape::Lower;
    let mentions = view.names.units.iter().flat_map(|names| &names.en);
    let names =
        mentions.filter(|mention| mention.words.len() > 1).any(|mention| mention.words.contains(&token.key));
    let surname = SURNAMES.split_whitespace().any(|kind| kind == token.key);
    (before.iter().any(is_name) && (surname || after.iter().any(is_name))) || (names && run.tokens.len() > 1)
}

/// Whether a word is quoted with others, glued to a mark of addresses, or said to be a piece of code.
fn is_code(text: &str, run: &Run, token: &Token) -> bool {
    let nouns = "进程 函数 命令 参数 字段 变量 属性 标签 选项 指令 后缀";
    let before = text.get(..token.range.start).unwrap_or_default();
    let behind = text.get(token.range.end..).unwrap_or_default();
    let noun = behind.trim_start_matches(['”', '"', '’', '\'', ' ', '（', '）']);
    before.ends_with(['/', '.', '_', '-'].as_slice()) && !before.ends_with('-')
        || behind.starts_with(['/', '_'])
        || (rendering(&token.key).is_none() && nouns.split_whitespace().any(|word| noun.starts_with(word)))
        || is_quoted_phrase(text, run)
}

/// Whether a run of several words stands between quotes: a title, a message, a command.
fn is_quoted_phrase(text: &str, run: &Run) -> bool {
    let before = text.get(..run.range.start).unwrap_or_default();
    let after = text.get(run.range.end..).unwrap_or_default();
    let quoted = before.trim_end().ends_with(['“', '"', '‘', '\'', '`', '《'])
        && after.trim_start().starts_with(['”', '"', '’', '\'', '`', '》', '.', '，']);
    quoted && run.tokens.len() > 1
}

/// What the glossary says for a word or phrase.
fn rendering(text: &str) -> Option<&'static str> {
    let key = text.to_lowercase().replace('-', " ");
    let single = key.strip_suffix('s').unwrap_or(&key);
    RENDERINGS.get(&key).or_else(|| RENDERINGS.get(single)).map(String::as_str)
}

/// A bare `and` or `or` between names.
fn conjunction(number: usize, unit: &Unit, run: &Run) -> Option<Draft> {
    let at = run.tokens.windows(3).find_map(|tokens| match tokens {
        [before, word, after] if matches!(word.key.as_str(), "and" | "or") && word.shape == Shape::Lower => {
            let name = |token: &Token| token.shape != Shape::Lower && !token.technical;
            (name(before) && name(after)).then(|| word.range.clone())
        }
        _ => None,
    })?;
    let whole: String = run.tokens.iter().map(|token| token.key.as_str()).collect();
    let is_name = Exonyms::builtin().kind(&whole).is_some() || is_gloss(&unit.zh.text, &run.range);
    let word = unit.zh.text.get(at.clone())?;
    let suggestion = if word == "and" { "和" } else { "或" };
    let alone = run.range.len() == unit.zh.text.trim().len() || unit.zh.text.chars().any(is_han);
    (!is_name && alone && !is_quoted_phrase(&unit.zh.text, run))
        .then(|| draft(number, unit, at, Some(suggestion)))
}

/// A place, an authority or an operation that has a usual Chinese name, in Latin letters.
fn named(view: &View<'_>, number: usize, unit: &Unit, run: &Run) -> Option<Draft> {
    let words: Vec<&Token> = run.tokens.iter().collect();
    let found = (0..words.len()).find_map(|start| {
        let longest = (start + 2..=(start + 6).min(words.len())).rev();
        longest.into_iter().find_map(|end| {
            let stretch = words.get(start..end)?;
            let key: String = stretch.iter().map(|token| token.key.as_str()).collect();
            let row = Exonyms::builtin().of(&key).find(|row| is_public(row.kind, row.en))?;
            Some((stretch.first()?.range.start..stretch.last()?.range.end, row))
        })
    });
    let (range, row) = found?;
    let glossed = view.units.iter().any(|unit| unit.zh.text.contains(row.zh));
    let follows =
        unit.zh.text.get(run.range.end..).is_some_and(|rest| rest.trim_start().starts_with(['（', '(']));
    let whole = range == run.range || row.kind != Kind::Place || !is_firm(run, &range);
    (whole && !glossed && !follows).then(|| draft(number, unit, range, Some(row.zh)))
}

/// Whether the words behind a place make a firm's or a product's name of it.
fn is_firm(run: &Run, range: &Range<usize>) -> bool {
    let public = [
        "unified",
        "department",
        "county",
        "city",
        "police",
        "state",
        "school",
        "university",
        "district",
        "airport",
    ];
    let next = run.tokens.iter().find(|token| token.range.start >= range.end);
    next.is_none_or(|token| !public.contains(&token.key.as_str()))
}

fn is_public(kind: Kind, en: &str) -> bool {
    match kind {
        Kind::Place => en.contains(' '),
        Kind::Agency => {
            en.contains(' ')
                && !matches!(
                    en,
                    "Active Directory" | "Secure Boot" | "Patch Tuesday" | "Black Friday" | "Prime Day"
                )
        }
        _ => false,
    }
}

/// Whether a stretch stands in brackets behind its Chinese.
fn is_gloss(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default();
    before.rfind(['（', '(']).is_some_and(|at| !before.get(at..).unwrap_or_default().contains(['）', ')']))
}

fn draft(number: usize, unit: &Unit, range: Range<usize>, suggestion: Option<&str>) -> Draft {
    let text = unit.zh.text.get(range.clone()).unwrap_or_default();
    let message = match suggestion {
        Some(suggestion) => Message::new(
            format!("“{text}” is left in English; the usual rendering is “{suggestion}”."),
            format!("“{text}”未译，通常译为“{suggestion}”。"),
        ),
        None => Message::new(format!("“{text}” is left in English."), format!("“{text}”未译。")),
    };
    let draft =
        Draft::new(number, Severity::Minor, message).zh(range).confidence(0.8).cause(text.to_lowercase());
    let at = unit
        .en
        .text
        .to_lowercase()
        .find(&text.to_lowercase())
        .filter(|at| unit.en.text.is_char_boundary(*at));
    let draft = match at.filter(|at| unit.en.text.is_char_boundary(at + text.len())) {
        Some(at) => draft.en(at..at + text.len()),
        None => draft,
    };
    match suggestion {
        Some(suggestion) => draft.suggest(suggestion),
        None => draft,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::qa::testing::drafts;

    fn found(zh: &str, en: &str) -> Vec<String> {
        drafts(&CHECK, zh, en).into_iter().map(|d| zh[d.zh[0].clone()].to_owned()).collect()
    }

    #[test]
    fn words_that_are_left_in_english() {
        for (zh, en, left) in [
            ("该infostealer会窃取数据", "The infostealer steals data", "infostealer"),
            ("这些repos托管恶意代码", "These repos host malicious code", "repos"),
            ("Prompt-injection攻击", "A prompt-injection attack", "Prompt-injection"),
            ("联邦调查局发布flash公告", "The FBI released a flash advisory", "flash"),
            ("受影响的EoL设备", "affected EoL devices", "EoL"),
            ("Quill M10 and Otter E100设备", "Quill M10 and Otter E100 devices", "and"),
            ("名为Operation Endgame的行动", "a mission named Operation Endgame", "Operation Endgame"),
        ] {
            assert_eq!(found(zh, en), [left], "{zh}");
        }
    }

    #[test]
    fn what_may_stay() {
        for (zh, en) in [
            ("信息窃取器（infostealer）会窃取数据", "The infostealer steals data"),
            ("窃取cookie和token", "It steals cookies and tokens"),
            ("名为Cursor的编辑器", "an editor named Cursor; the cursor blinks"),
            ("Marks and Spencer表示", "Marks and Spencer said"),
            ("运行setup.exe", "run setup.exe"),
            ("在quill.example.com上", "on quill.example.com"),
            ("显示“update your browser now”字样", "It shows update your browser now"),
            ("利用API和VPN", "It uses the API and the VPN"),
            ("该zorblat攻击", "the zorblat attack"),
        ] {
            assert_eq!(found(zh, en), Vec::<String>::new(), "{zh}");
        }
    }
}
