//! 嘶吼 (4hou.com), the posts.

use super::{Draft, Site, first_mark, is_on, stated_title, titled};
use crate::extract::blocks::{Block, BlockKind, flatten};
use crate::extract::date;
use crate::extract::document::Document;
use crate::model::{Page, Source};

pub(super) const SITE: Site = Site {
    name: "4hou",
    doc: "Posts of 4hou.com, saved as HTML or Markdown: author and time under the title, 导语, citation at the end.",
    recognises: |page, document| is_on(page, document, "4hou.com", "www.4hou.com/category/"),
    extract,
};

/// What follows an article, where the citation is missing.
const ENDS: [&str; 9] = [
    "分享至",
    "分享到",
    "发表评论",
    "你可能感兴趣的",
    "最新文章",
    "相关热文",
    "感谢您的支持，我会继续努力的!",
    "打开微信扫一扫后点击右上角即可分享哟",
    "相关推荐",
];

const LEAD: [&str; 6] = ["导语：", "导语:", "导读：", "导读:", "導語：", "導語:"];

fn extract(page: &Page, document: &Document) -> Option<Draft> {
    from_selectors(page, document).or_else(|| from_layout(page, document))
}

/// HTML, by the classes that the site uses.
fn from_selectors(page: &Page, document: &Document) -> Option<Draft> {
    const JUNK: &str =
        ".share, .article_share, .reward, .comment, .comments, .related, .copyright_box, script";
    let mut body = document.select(&["div.article_cen", "div.article-content", "#article_content"], JUNK)?;
    let title = document.first(&["h1.art_title", ".art_title", "h1"]).map(|b| titled(&b));
    let text_of = |selectors: &[&str]| document.first(selectors).map(|b| flatten(&b.text));
    let lead = lead(&mut body, 0).or_else(|| {
        let block = document.first(&[".art_intro", ".article_intro", ".daoyu"])?;
        Some((without_mark(&block.text).unwrap_or(&block.text).trim().to_owned(), block.source))
    });
    body.truncate(first_mark(&body, 0, &ENDS).unwrap_or(body.len()));
    Some(Draft {
        title: title.or_else(|| stated_title(page, document)),
        lead,
        author: text_of(&["span.sir", ".art_author a"]),
        published: text_of(&["div.art_time span:nth-child(3)", "div.art_time", ".art_date"]),
        body,
        ..Draft::default()
    })
}

/// Any other form, by the order of things: title, author, category and time, counter, 收藏, 导语, text.
fn from_layout(page: &Page, document: &Document) -> Option<Draft> {
    let blocks = document.blocks.as_slice();
    let position = |is_it: &dyn Fn(&Block) -> bool| blocks.iter().position(is_it);
    // The time may be relative (`23小时 前发布`), so that the button below it is the better sign.
    let anchor = position(&|b| b.text.trim() == "收藏")
        .or_else(|| position(&|b| !b.is_linklike() && b.text.lines().any(date::is_timestamp)))
        .or_else(|| position(&|b| without_mark(&b.text).is_some())?.checked_sub(1))?;
    let heading = blocks.iter().take(anchor).rposition(|b| b.kind == BlockKind::Heading && b.letters() > 0);
    let mut body: Vec<Block> = blocks.get(anchor + 1..)?.to_vec();
    let start = body.iter().take_while(|b| is_counter(b)).count();
    body.drain(..start);
    let end = first_mark(&body, 0, &ENDS).unwrap_or(body.len());
    body.truncate(end);
    let lead = lead(&mut body, 3);
    let header = blocks.get(heading.map_or(anchor, |h| h + 1)..=anchor).unwrap_or_default();
    Some(Draft {
        title: heading.and_then(|h| blocks.get(h)).map(titled).or_else(|| stated_title(page, document)),
        lead,
        author: author(header),
        published: header.iter().find(|b| date::find(&b.text).is_some()).map(|b| b.text.clone()),
        body,
        ..Draft::default()
    })
}

/// The view counter, the bookmark button, and images before the text begins.
fn is_counter(block: &Block) -> bool {
    block.text.is_empty()
        || block.text.trim() == "收藏"
        || block.text.chars().all(|c| c.is_ascii_digit() || c.is_whitespace())
}

/// The first line under the title that is no link (the category) and no time.
fn author(header: &[Block]) -> Option<String> {
    let is_link = |block: &Block, line: &str| {
        block.links.iter().any(|l| block.text.get(l.start..l.end).is_some_and(|t| t.trim() == line))
    };
    header.iter().find_map(|block| {
        let mut lines = block.text.lines().map(str::trim);
        lines
            .find(|l| {
                !l.is_empty() && l.chars().count() <= 30 && !date::is_timestamp(l) && !is_link(block, l)
            })
            .map(str::to_owned)
    })
}

/// Takes the lead off the body, if one of its first blocks is marked as such.
fn lead(body: &mut Vec<Block>, within: usize) -> Option<(String, Source)> {
    let at = body.iter().take(within + 1).position(|b| without_mark(&b.text).is_some())?;
    let block = body.remove(at);
    let text = flatten(without_mark(&block.text)?);
    (!text.is_empty()).then_some((text, block.source))
}

fn without_mark(text: &str) -> Option<&str> {
    LEAD.iter().find_map(|mark| text.trim_start().strip_prefix(mark)).map(str::trim)
}
