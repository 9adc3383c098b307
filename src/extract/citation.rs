//! What a translation says it was translated from.

use super::Remark;
use super::blocks::{Block, BlockKind, LONGEST_URL, Link, letters};
use crate::model::{Citation, reason};
use regex::Regex;
use std::cell::LazyCell;
use std::collections::HashSet;
use std::sync::{Arc, LazyLock};

/// The phrases that cite (<https://www.4hou.com>, posts of 2022–2025), with the colon where there is one; `自强`
/// is a slip that occurs. What stands alone behind a sentence, such as `来源：`, credits a picture.
static PHRASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?: (?:本文|本篇|文章|原文|[内內]容|全文)? (?:参考|參考)? (?:[翻编編转轉][译譯]|[译譯]) (?:整理)? (?:自强|自於|自|于)
          | (?:参考|參考) (?:及|和|与|與|、|/)? (?:来源|來源|链接|鏈接|連結|资料|資料|文献|文獻|文章|原文)
          | (?:英文)? 原文 (?:链接|鏈接|連結|地址|网址|網址|来源|來源|出处|出處|标题|標題)
          | (?:文章|信息|消息|新闻|新聞|资料|資料) (?:来源|來源|出处|出處)
        ) (?:链接|鏈接|連結|地址)? \s* (?:[:：]|\s|\z)? \s*",
    )
    .ok()
});

/// A URL, as far as its characters go (RFC 3986): what is Chinese behind it is glued on.
static URL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)(?:https?://|\bwww\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+").ok());

/// `如若转载` percent-encoded, as it ends up glued to the address of a link.
const GLUED: &str = "%E5%A6%82%E8%8B%A5%E8%BD%AC%E8%BD%BD";

/// What a body cites, and what remains of it as text.
#[derive(Debug, Default)]
pub(super) struct Cited {
    pub cites: Vec<Citation>,
    pub remarks: Vec<Remark>,
}

/// Takes the citation out of `body` and with it what follows.
///
/// The last block that cites ends the body, as long as hardly any text follows; text before the phrase in the
/// same block stays. An earlier one is taken out by itself.
pub(super) fn take(body: &mut Vec<Block>) -> Cited {
    let mut cited = Cited::default();
    let mut seen = HashSet::new();
    let sums = sums(body);
    let lines = LazyCell::new(|| source_lines(body));
    // How much of each block stays.
    let mut kept: Vec<usize> = body.iter().map(|b| b.text.len()).collect();
    // The letters that stayed so far, and up to where blocks are known to cite nothing.
    let (mut before, mut barren) = (0, 0);
    let mut at = 0;
    while let Some(block) = body.get(at) {
        let Some(phrase) = phrase_in(block) else {
            before += letters_of(&sums, at, at + 1);
            at += 1;
            continue;
        };
        let behind = lines.get(at + 1).copied().unwrap_or(at + 1);
        let (mut found, mut cut_off) = (Vec::new(), false);
        for (i, line) in body.iter().enumerate().take(behind).skip(at.max(barren)) {
            let from = if i == at { phrase.start } else { 0 };
            cut_off |= urls(line, from, &mut found);
        }
        barren = behind;
        let is_end = letters_of(&sums, behind, body.len()) * 5 <= before;
        if found.is_empty() && !cut_off && !(is_end && phrase.is_whole) {
            before += letters_of(&sums, at, at + 1);
            at += 1;
            continue;
        }
        if cut_off {
            cited.remarks.push(Remark::new(
                reason::CITATION_CUT_OFF,
                "the cited address is cut off in the page".to_owned(),
                "name the pair yourself, or save the page anew",
            ));
        }
        let new = found.into_iter().filter(|url| seen.insert(url.clone()));
        cited.cites.extend(new.map(|url| Citation { url, phrase: phrase.text.clone() }));
        before += letters(block.text.get(..phrase.start).unwrap_or(""));
        let to = if is_end { body.len() } else { behind };
        kept.iter_mut().take(to).skip(at).for_each(|keep| *keep = 0);
        if let Some(keep) = kept.get_mut(at) {
            *keep = phrase.start;
        }
        at = to;
    }
    drop(lines);
    let mut kept = kept.into_iter();
    body.retain_mut(|block| stays(block, kept.next().unwrap_or(0)) && !is_reprint_note(&block.text));
    cited
}

/// The letters before each block, and at the end those of all.
fn sums(body: &[Block]) -> Vec<usize> {
    let mut sum = 0;
    let behind = body.iter().map(|block| {
        sum += block.letters();
        sum
    });
    std::iter::once(0).chain(behind).collect()
}

fn letters_of(sums: &[usize], from: usize, to: usize) -> usize {
    let at = |i: usize| sums.get(i).copied().unwrap_or(0);
    at(to).saturating_sub(at(from))
}

/// For each block, where the run of lines ends that belong to a citation, if it is one; else itself.
fn source_lines(body: &[Block]) -> Vec<usize> {
    let mut ends: Vec<usize> = (0..body.len()).collect();
    let mut end = body.len();
    for (i, slot) in ends.iter_mut().enumerate().rev() {
        if !body.get(i).is_some_and(is_source_line) {
            end = i;
        }
        *slot = end;
    }
    ends
}

/// Keeps the first `keep` bytes of a block; tells whether anything is left of it.
fn stays(block: &mut Block, keep: usize) -> bool {
    if keep == block.text.len() {
        return true;
    }
    block.text.truncate(keep);
    block.links.retain(|l| l.end <= keep);
    let trimmed = block.text.trim_end().len();
    block.text.truncate(trimmed);
    block.letters() > 0
}

struct Phrase {
    start: usize,
    text: String,
    /// Whether the block holds nothing but the phrase.
    is_whole: bool,
}

/// The phrase in a block: at its start, or behind a sentence's end with a URL right after.
fn phrase_in(block: &Block) -> Option<Phrase> {
    if matches!(block.kind, BlockKind::Code | BlockKind::TableCell | BlockKind::Rule) {
        return None;
    }
    let lead =
        |c: char| c.is_whitespace() || matches!(c, '*' | '-' | '·' | '•' | '【' | '[' | '（' | '(' | '#');
    let led = block.text.len() - block.text.trim_start_matches(lead).len();
    PHRASE.as_ref()?.find_iter(&block.text).find_map(|found| {
        let behind = block.text.get(found.end()..).unwrap_or("");
        let begins = found.start() <= led;
        let has_colon = found.as_str().contains([':', '：']);
        let is_whole = begins && letters(behind) == 0;
        let near = behind.char_indices().nth(NEAR).and_then(|(end, _)| behind.get(..end)).unwrap_or(behind);
        let cites = URL.as_ref().is_some_and(|r| r.find(near).is_some_and(|u| u.start() <= 3))
            || is_linked(&block.links, found.start(), found.end() + 4);
        let wanted = if begins { has_colon || cites || is_whole } else { cites };
        let text = || found.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
        wanted.then(|| Phrase { start: found.start(), text: text(), is_whole })
    })
}

/// In characters: how far behind a phrase is looked for the beginning of a URL.
const NEAR: usize = 32;

/// Whether one of a block's links lies, with a part of it, in `start..end`; links come in the order of their ends.
fn is_linked(links: &[Link], start: usize, end: usize) -> bool {
    let first = links.partition_point(|l| l.end <= start);
    links.get(first).is_some_and(|l| l.start < end)
}

/// Whether a block behind the phrase still belongs to the citation: a URL with little else, or a reprint note.
fn is_source_line(block: &Block) -> bool {
    if block.is_image() {
        return false;
    }
    let text = &block.text;
    let url_letters: usize = URL.as_ref().map_or(0, |r| r.find_iter(text).map(|m| letters(m.as_str())).sum());
    let rest = block.letters().saturating_sub(url_letters);
    url_letters > 0 && rest <= 40
        || block.is_linklike() && !block.links.iter().all(|l| l.url.starts_with('#'))
        || is_reprint_note(text)
}

/// Whether a block says how the text may be reprinted, and hardly anything else.
fn is_reprint_note(text: &str) -> bool {
    let asks = ["如若转载", "转载请注明"].iter().any(|s| text.contains(s)) && text.contains("注明");
    asks && text.chars().count() <= 60
}

/// Adds the URLs of a block from byte `from` on; tells whether one of them is cut off.
fn urls(block: &Block, from: usize, found: &mut Vec<String>) -> bool {
    let mut cut_off = false;
    let mut places: Vec<(usize, Arc<str>)> =
        block.links.iter().filter(|l| l.end > from).map(|l| (l.start, Arc::clone(&l.url))).collect();
    let text = block.text.get(from..).unwrap_or("");
    for url in URL.iter().flat_map(|r| r.find_iter(text)) {
        let start = url.start() + from;
        let in_link = is_linked(&block.links, start, start + 1);
        // An ellipsis where the page shortened the address.
        let shortened =
            url.as_str().ends_with("...") || text.get(url.end()..).is_some_and(|t| t.starts_with('…'));
        if shortened && !in_link {
            cut_off = true;
        } else if !in_link && url.len() <= LONGEST_URL {
            places.push((start, Arc::from(url.as_str())));
        }
    }
    places.sort();
    for (_, url) in places {
        found.extend(split_glued(&url).filter_map(clean));
    }
    cut_off
}

/// Two URLs with only a comma between them.
fn split_glued(url: &str) -> impl Iterator<Item = &str> {
    let second = [",http://", ",https://", ";http://", ";https://"].iter().filter_map(|s| url.find(s)).min();
    let (first, rest) = url.split_at(second.unwrap_or(url.len()));
    std::iter::once(first).chain(rest.get(1..))
}

fn partner(close: char) -> char {
    if close == ')' { '(' } else { '[' }
}

/// A URL without what was glued to it; nothing if it is no web address.
pub(super) fn clean(url: &str) -> Option<String> {
    let url = url.trim();
    if url.len() > LONGEST_URL {
        return None;
    }
    let found = URL.as_ref()?.find(url)?;
    let mut url = found.as_str();
    if let Some(at) = url.to_ascii_uppercase().find(GLUED) {
        url = url.get(..at)?;
    }
    let count = |sign: char| url.matches(sign).count();
    let mut surplus = [')', ']'].map(|close| count(close).saturating_sub(count(partner(close))));
    while let Some(last) = url.chars().next_back() {
        match last {
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' => {}
            ')' if surplus[0] > 0 => surplus[0] -= 1,
            ']' if surplus[1] > 0 => surplus[1] -= 1,
            _ => break,
        }
        url = url.get(..url.len() - 1)?;
    }
    let whole =
        if url.get(..4)?.eq_ignore_ascii_case("www.") { format!("https://{url}") } else { url.to_owned() };
    let host = url::Url::parse(&whole).ok()?.host_str().map(str::to_owned)?;
    host.contains('.').then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::markdown;
    use proptest::prelude::*;

    /// Reads a body and gives the URLs cited and the text that remains.
    fn read(text: &str) -> (Vec<String>, Vec<String>) {
        let mut body = markdown::blocks(text, 0);
        let cited = take(&mut body);
        (cited.cites.into_iter().map(|c| c.url).collect(), body.into_iter().map(|b| b.text).collect())
    }

    const BODY: &str = "某公司昨日表示，攻击者利用了路由器的一个漏洞，窃取了大量的数据，并在论坛上出售。\n\n";

    #[test]
    fn phrases_colons_and_what_is_glued_behind() {
        for citation in [
            "文章翻译自：https://example.com/a/如若转载，请注明原文地址",
            "本文翻译自: https://example.com/a/如若转载，请注明原文地址",
            "文章翻译自强：https://example.com/a/",
            "本文翻译自https://example.com/a/",
            "文章翻譯自：https://example.com/a/",
            "參考及來源：https://example.com/a/",
            "参考及来源：[https://example.com/a/](https://example.com/a/)",
            "**参考资料：**\n\n* https://example.com/a/\n",
            "原文链接：<https://example.com/a/>，",
            "参考来源\n\n[A headline](https://example.com/a/)",
            "文章翻译自：[原文](https://example.com/a/%E5%A6%82%E8%8B%A5%E8%BD%AC%E8%BD%BD)",
            "本文编译自：（https://example.com/a/）。",
        ] {
            let (urls, rest) = read(&format!("{BODY}{citation}\n\n收尾"));
            assert_eq!(urls, ["https://example.com/a/"], "{citation}");
            assert_eq!(rest, [BODY.trim()], "{citation}");
        }
    }

    #[test]
    fn several_urls_in_order() {
        let two = ["https://example.com/a\\_b", "https://example.org/c"];
        for (before, between) in [("：", "\n"), ("：", " 与 "), ("：\n\n* ", "\n* "), ("：", ",")] {
            let (urls, rest) =
                read(&format!("{BODY}参考及来源{before}{}{between}{}如若转载", two[0], two[1]));
            assert_eq!(urls, ["https://example.com/a_b", "https://example.org/c"], "{between}");
            assert_eq!(rest.len(), 1);
        }
    }

    #[test]
    fn words_that_merely_look_like_it_cite_nothing() {
        let text =
            format!("{BODY}专家表示，如果不信任消息来源：不要打开。\n\n图1. 界面（来源：甲公司）\n\n{BODY}");
        assert_eq!(read(&text), (vec![], markdown::blocks(&text, 0).into_iter().map(|b| b.text).collect()));
        let (urls, rest) = read(&format!("原文链接：https://example.com/a\n\n{BODY}"));
        assert_eq!((urls.len(), rest.len()), (1, 1));
    }

    #[test]
    fn a_reprint_note_without_a_citation_goes() {
        let (urls, rest) = read(&format!("{BODY}本文为某某原创稿件，如若转载，请注明原文地址"));
        assert_eq!((urls.len(), rest.len()), (0, 1));
    }

    #[test]
    fn a_sentence_before_the_phrase_stays() {
        let (urls, rest) = read("攻击者离开了。本文翻译自：https://example.com/a如若转载");
        assert_eq!((urls[0].as_str(), rest[0].as_str()), ("https://example.com/a", "攻击者离开了。"));
    }

    #[test]
    fn an_address_that_is_cut_off_is_reported_and_not_given() {
        let mut body = markdown::blocks(&format!("{BODY}本文翻译自：https://example.com/a-long-na..."), 0);
        let cited = take(&mut body);
        assert!(cited.cites.is_empty() && body.len() == 1);
        assert_eq!(cited.remarks[0].reason, "citation-cut-off");
    }

    #[test]
    fn urls_end_where_they_cannot_go_on() {
        for (glued, url) in [
            ("https://example.com/a_(b)）", "https://example.com/a_(b)"),
            ("https://example.com/a?x=1&y=2。", "https://example.com/a?x=1&y=2"),
            ("www.example.com/a.", "https://www.example.com/a"),
            ("http://localhost/a", ""),
            ("mailto:x@example.com", ""),
        ] {
            assert_eq!(clean(glued).unwrap_or_default(), url);
        }
    }

    #[test]
    fn brackets_glued_behind_a_url_are_counted_once() {
        let glued = |count: usize| format!("https://example.com/a_(b)[c]{}", ")].".repeat(count));
        assert_eq!(clean(&glued(2000)).as_deref(), Some("https://example.com/a_(b)[c]"));
        assert_eq!(clean(&glued(1_000_000)), None);
        let (urls, rest) = read(&format!("{BODY}文章翻译自：{}", glued(1_000_000)));
        assert_eq!((urls.len(), rest.len()), (0, 2));
    }

    #[test]
    fn a_phrase_in_each_of_many_blocks_is_weighed_once() {
        for (line, left) in [
            ("译自：\n\n", 25_000),
            ("译自：如若转载，请注明\n\n", 0),
            ("译自：http://localhost/\n\n", 30_000),
        ] {
            let (urls, rest) = read(&line.repeat(30_000));
            assert_eq!((urls.len(), rest.len()), (0, left), "{line}");
        }
        let cited: String =
            (0..20_000).map(|n| format!("译自：https://example.com/{n}\n\n某公司的数据遭窃。\n\n")).collect();
        assert_eq!(read(&(cited + &BODY.repeat(9_000))).0.len(), 20_000);
    }

    #[test]
    fn a_million_phrases_in_one_block_are_weighed_once() {
        for line in ["译自", "译自 [a](b) ", "译自 http", "(译自 "] {
            let (urls, _) = read(&format!("{BODY}甲{}", line.repeat(100_000)));
            assert!(urls.is_empty());
        }
    }

    proptest! {
        #[test]
        fn never_panics(text in "(本文翻译自|：|https://|www\\.|如若转载|\\.|\\[|\\]|\\(|\\)|\n|\\PC){0,40}") {
            let _ = read(&text);
            let _ = clean(&text);
        }
    }
}
