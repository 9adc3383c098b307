//! Which language an article is in, and what in it is in a third one.

use super::blocks::letters;
use super::paragraphs::Piece;
use crate::model::{Lang, ParagraphKind};
use crate::text::han;
use std::collections::HashSet;
use whatlang::Script;

/// What speaks for a paragraph's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Chinese or English.
    Ours,
    /// Another language, by its English name.
    Third(&'static str),
    /// Too short, or code: its neighbours decide.
    Open,
}

/// The share of these among the words of English prose is a third or more (Brown corpus); names and code have none.
const ENGLISH: [&str; 40] = [
    "the", "of", "and", "to", "a", "in", "that", "is", "was", "for", "it", "with", "as", "on", "be", "at",
    "by", "this", "had", "not", "are", "but", "from", "or", "have", "an", "they", "which", "you", "were",
    "their", "can", "has", "been", "will", "its", "who", "when", "if", "more",
];

/// The least letters for which a statistical guess is worth anything.
const ENOUGH: usize = 60;

/// The language of an article: Chinese if about a third of its letters are Han (product names and code take the
/// rest), else English if most of it is.
pub(super) fn of_article(title: Option<&str>, pieces: &[Piece]) -> Option<Lang> {
    let prose = |p: &&Piece| !matches!(p.kind, ParagraphKind::Code | ParagraphKind::TableCell);
    let mut text: String = pieces.iter().filter(prose).map(|p| format!("{}\n", p.text)).collect();
    if letters(&text) == 0 {
        text = pieces.iter().map(|p| format!("{}\n", p.text)).collect();
    }
    let title = title.unwrap_or("");
    let share = han::share(&text);
    let kana = text.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30FA}')).count();
    let han = text.chars().filter(|&c| han::is_han(c)).count();
    if share >= 0.3 || (share >= 0.1 && han::share(title) >= 0.3) {
        return (kana * 5 <= han).then_some(Lang::Zh);
    }
    let english: usize = pieces.iter().filter(|p| looks_english(&p.text)).map(|p| letters(&p.text)).sum();
    let foreign: usize = pieces
        .iter()
        .filter(|p| matches!(verdict(&p.text, p.kind), Verdict::Third(_)))
        .map(|p| letters(&p.text))
        .sum();
    (english > 0 && english * 2 >= foreign || foreign == 0 && looks_english(title)).then_some(Lang::En)
}

/// Takes out the paragraphs that are neither Chinese nor English; gives the language and how many they were.
///
/// A lone paragraph stays unless it is long: it may be a quotation, or a list of names that misled the guess.
/// Short ones go with their neighbours, as does a heading behind a rule that heads a stretch taken out.
pub(super) fn take_third(pieces: &mut Vec<Piece>) -> Option<(&'static str, usize)> {
    let mut verdicts: Vec<Verdict> = pieces.iter().map(|p| verdict(&p.text, p.kind)).collect();
    spread(&mut verdicts, pieces);
    let mut keep = vec![true; pieces.len()];
    let mut language = None;
    let mut at = 0;
    while at < verdicts.len() {
        let run = verdicts.iter().skip(at).take_while(|v| matches!(v, Verdict::Third(_))).count();
        if run == 0 {
            at += 1;
            continue;
        }
        let size: usize = pieces.iter().skip(at).take(run).map(|p| letters(&p.text)).sum();
        if run >= 2 || size >= 200 {
            keep.iter_mut().skip(at).take(run).for_each(|k| *k = false);
            if let Some(Verdict::Third(name)) = verdicts.get(at) {
                language.get_or_insert(*name);
            }
        }
        at += run;
    }
    let before = pieces.len();
    let mut kept = keep.into_iter();
    pieces.retain(|_| kept.next().unwrap_or(true));
    language.map(|name| (name, before - pieces.len()))
}

/// Lets neighbours decide what is open.
fn spread(verdicts: &mut [Verdict], pieces: &[Piece]) {
    let mut at = 0;
    while at < verdicts.len() {
        let open = verdicts.iter().skip(at).take_while(|v| **v == Verdict::Open).count();
        if open == 0 {
            at += 1;
            continue;
        }
        let before = at.checked_sub(1).and_then(|i| verdicts.get(i)).copied();
        let behind = verdicts.get(at + open).copied();
        let (from, name) = match (before, behind) {
            (Some(Verdict::Third(name)), None | Some(Verdict::Third(_))) => (at, Some(name)),
            // A title behind a rule opens the translation that follows it.
            (_, Some(Verdict::Third(name))) => {
                let rule = pieces.iter().enumerate().skip(at).take(open).find(|(_, p)| p.after_rule);
                (rule.map_or(at, |(i, _)| i), rule.map(|_| name))
            }
            _ => (at, None),
        };
        if let Some(name) = name {
            for verdict in verdicts.iter_mut().take(at + open).skip(from) {
                *verdict = Verdict::Third(name);
            }
        }
        at += open;
    }
}

fn verdict(text: &str, kind: ParagraphKind) -> Verdict {
    let size = letters(text);
    if kind == ParagraphKind::Code || size < 8 {
        return Verdict::Open;
    }
    if let Some(name) = other_script(text, size) {
        return Verdict::Third(name);
    }
    if han::share(text) >= 0.15 || looks_english(text) {
        return Verdict::Ours;
    }
    if size < ENOUGH || kind == ParagraphKind::TableCell {
        return Verdict::Open;
    }
    match whatlang::detect(text) {
        Some(info) if matches!(info.lang(), whatlang::Lang::Eng | whatlang::Lang::Cmn) => Verdict::Ours,
        Some(info) if info.is_reliable() && info.script() == Script::Latin => {
            Verdict::Third(info.lang().eng_name())
        }
        _ => Verdict::Open,
    }
}

/// A script that is neither Latin nor Han and makes up most of the text.
fn other_script(text: &str, size: usize) -> Option<&'static str> {
    let other = |c: &char| {
        c.is_alphabetic() && !c.is_ascii() && *c > '\u{24F}' && !han::is_han(*c) && !is_latin_extra(*c)
    };
    let count = text.chars().filter(other).count();
    let kana = text.chars().filter(|c| matches!(c, '\u{3041}'..='\u{30FA}')).count();
    if count * 2 < size && kana * 4 < size {
        return None;
    }
    let info =
        whatlang::detect(text).filter(|i| !matches!(i.lang(), whatlang::Lang::Eng | whatlang::Lang::Cmn));
    Some(info.map_or("another", |i| i.lang().eng_name()))
}

fn is_latin_extra(c: char) -> bool {
    matches!(c, '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}' | '\u{FF21}'..='\u{FF5A}')
}

fn looks_english(text: &str) -> bool {
    let words = text.split(|c: char| !c.is_alphabetic() && c != '\'' && c != '’').filter(|w| !w.is_empty());
    let (mut count, mut hits, mut kinds) = (0, 0, HashSet::<&str>::new());
    for word in words {
        count += 1;
        let known = ENGLISH.iter().find(|known| known.eq_ignore_ascii_case(word));
        hits += usize::from(known.is_some());
        kinds.extend(known);
    }
    // Other languages share single words (`a`, `in`, `was`), never several different ones at this rate.
    hits * 100 >= count * 14 && kinds.len() >= 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Source, Span};

    fn piece(text: &str) -> Piece {
        let source = Source::Bytes(Span::default());
        Piece { kind: ParagraphKind::Body, text: text.to_owned(), source, after_rule: false }
    }

    const ENGLISH_TEXT: &str =
        "The company said that its servers were taken offline when the attackers were found.";
    const VIETNAMESE: &str =
        "Công ty cho biết các máy chủ của họ đã bị ngắt kết nối khi những kẻ tấn công bị phát hiện.";
    const RUSSIAN: &str =
        "Компания сообщила, что её серверы были отключены, когда злоумышленники были обнаружены.";

    #[test]
    fn knows_the_two_languages_and_no_others() {
        let of = |texts: &[&str]| of_article(None, &texts.iter().map(|t| piece(t)).collect::<Vec<_>>());
        assert_eq!(of(&["某公司表示，VPN 和 PowerShell 遭到滥用。"]), Some(Lang::Zh));
        assert_eq!(of(&[ENGLISH_TEXT]), Some(Lang::En));
        assert_eq!(of(&[ENGLISH_TEXT, VIETNAMESE]), None.or(of(&[ENGLISH_TEXT])));
        assert_eq!(of(&[VIETNAMESE, VIETNAMESE]), None);
        assert_eq!(of(&[RUSSIAN]), None);
        assert_eq!(of(&["攻撃者はサーバーに侵入し、データを盗みました。"]), None);
    }

    #[test]
    fn an_appended_translation_goes_with_its_title_and_its_captions() {
        let mut pieces: Vec<_> =
            [ENGLISH_TEXT, "Key: a b", "# Tin tặc", VIETNAMESE, "Nguồn: ESET", VIETNAMESE, "- xong"]
                .map(piece)
                .into();
        pieces[2].after_rule = true;
        assert_eq!(take_third(&mut pieces), Some(("Vietnamese", 5)));
        assert_eq!(pieces.len(), 2);
    }

    #[test]
    fn names_code_and_lone_quotations_stay() {
        for text in [
            "Brovex Talmin, Ursk Delgaro, Mirvane Oststrand, Quillo Barantes, Xerd Vollhaven, Kaspo Drentini",
            "powershell -ExecutionPolicy Bypass -NoProfile -WindowStyle Hidden -EncodedCommand JABzAD0ATgBl",
            RUSSIAN,
        ] {
            let mut pieces: Vec<_> = [ENGLISH_TEXT, text, ENGLISH_TEXT].map(piece).into();
            assert_eq!(take_third(&mut pieces), None, "{text}");
        }
    }
}
