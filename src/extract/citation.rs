//! What a translation says it was translated from.

use super::Remark;
use super::blocks::{Block, BlockKind, letters};
use crate::model::Citation;
use regex::Regex;
use std::sync::LazyLock;

/// The phrases that cite (<https://www.4hou.com>, posts of 2022–2025), with the colon where there is one; `自强`
/// is a slip that occurs. What stands alone behind a sentence, such as `来源：`, credits a picture.
static PHRASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        (?: (?:本文|本篇|文章|原文|内容|全文)? (?:参考)? (?:翻译|编译|转译|译) (?:整理)? (?:自强|自於|自|于)
          | 参考 (?:及|和|与|、|/)? (?:来源|链接|资料|文献|文章|原文)
          | (?:英文)? 原文 (?:链接|地址|网址|来源|出处|标题)
          | (?:文章|信息|消息|新闻|资料) (?:来源|出处)
        ) (?:链接|地址)? \s* (?:[:：]|\s|\z)? \s*",
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
    let mut at = 0;
    while at < body.len() {
        let Some(phrase) = body.get(at).and_then(phrase_in) else {
            at += 1;
            continue;
        };
        let behind = at + 1 + body.iter().skip(at + 1).take_while(|b| is_source_line(b)).count();
        let mut found = Vec::new();
        let mut cut_off = false;
        for (i, block) in body.iter().enumerate().take(behind).skip(at) {
            let from = if i == at { phrase.start } else { 0 };
            cut_off |= urls(block, from, &mut found);
        }
        let follows: usize = body.iter().skip(behind).map(Block::letters).sum();
        let before: usize = body.iter().take(at).map(Block::letters).sum();
        let is_end = follows * 5 <= before;
        if found.is_empty() && !cut_off && !(is_end && phrase.is_whole) {
            at += 1;
            continue;
        }
        if cut_off {
            cited.remarks.push(Remark::new(
                "citation-cut-off",
                "the cited address is cut off in the page".to_owned(),
                "name the pair yourself, or save the page anew",
            ));
        }
        for url in found {
            if cited.cites.iter().all(|c| c.url != url) {
                cited.cites.push(Citation { url, phrase: phrase.text.clone() });
            }
        }
        at = remove(body, at, if is_end { body.len() } else { behind }, phrase.start);
    }
    body.retain(|b| !is_reprint_note(&b.text));
    cited
}

/// Removes blocks, keeping what stands before the phrase in the first; gives where to go on.
fn remove(body: &mut Vec<Block>, from: usize, to: usize, keep: usize) -> usize {
    let kept = body.get_mut(from).and_then(|block| {
        block.text.truncate(keep);
        block.links.retain(|l| l.end <= keep);
        let trimmed = block.text.trim_end().len();
        block.text.truncate(trimmed);
        (block.letters() > 0).then(|| block.clone())
    });
    let next = from + usize::from(kept.is_some());
    body.splice(from..to.min(body.len()), kept);
    next
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
    PHRASE.as_ref()?.find_iter(&block.text).find_map(|found| {
        let before = block.text.get(..found.start()).unwrap_or("");
        let behind = block.text.get(found.end()..).unwrap_or("");
        let begins = before.chars().all(lead);
        let has_colon = found.as_str().contains([':', '：']);
        let is_whole = begins && letters(behind) == 0;
        let cites = URL.as_ref().is_some_and(|r| r.find(behind).is_some_and(|u| u.start() <= 3))
            || block.links.iter().any(|l| l.start <= found.end() + 3 && l.end > found.start());
        let wanted = if begins { has_colon || cites || is_whole } else { cites };
        wanted.then(|| Phrase { start: found.start(), text: found.as_str().trim().to_owned(), is_whole })
    })
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
    let mut places: Vec<(usize, String)> =
        block.links.iter().filter(|l| l.end > from).map(|l| (l.start, l.url.clone())).collect();
    let text = block.text.get(from..).unwrap_or("");
    for url in URL.iter().flat_map(|r| r.find_iter(text)) {
        let start = url.start() + from;
        let in_link = block.links.iter().any(|l| l.start <= start && start < l.end);
        // An ellipsis where the page shortened the address.
        let shortened =
            url.as_str().ends_with("...") || text.get(url.end()..).is_some_and(|t| t.starts_with('…'));
        if shortened && !in_link {
            cut_off = true;
        } else if !in_link {
            places.push((start, url.as_str().to_owned()));
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

/// A URL without what was glued to it; nothing if it is no web address.
pub(super) fn clean(url: &str) -> Option<String> {
    let found = URL.as_ref()?.find(url.trim())?;
    let mut url = found.as_str();
    if let Some(at) = url.to_ascii_uppercase().find(GLUED) {
        url = url.get(..at)?;
    }
    loop {
        let unbalanced = |open: char, close: char| {
            url.ends_with(close) && url.matches(close).count() > url.matches(open).count()
        };
        if url.ends_with(['.', ',', ';', ':', '!', '?', '\'', '*'])
            || unbalanced('(', ')')
            || unbalanced('[', ']')
        {
            url = url.get(..url.len() - 1)?;
        } else {
            break;
        }
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

    proptest! {
        #[test]
        fn never_panics(text in "(本文翻译自|：|https://|www\\.|如若转载|\\.|\\[|\\]|\\(|\\)|\n|\\PC){0,40}") {
            let _ = read(&text);
            let _ = clean(&text);
        }
    }
}
