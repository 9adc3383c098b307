//! WeChat (mp.weixin.qq.com), the posts of public accounts.

use super::{Draft, Site, first_mark, is_on, stated_title, title_heading, titled};
use crate::extract::blocks::{Block, flatten};
use crate::extract::document::{Document, ends_sentence};
use crate::model::Page;

pub(super) const SITE: Site = Site {
    name: "wechat",
    doc: "Posts of public accounts on mp.weixin.qq.com, saved as HTML or Markdown: author and account under the title.",
    recognises: |page, document| is_on(page, document, "mp.weixin.qq.com", "mmbiz.qpic.cn"),
    extract,
};

/// What follows an article, and what stands on a page without one.
const ENDS: [&str; 14] = [
    "预览时标签不可点",
    "阅读原文",
    "轻触阅读原文",
    "继续滑动看下一个",
    "向上滑动看下一个",
    "知道了",
    "微信扫一扫",
    "微信扫一扫\n关注该公众号",
    "微信扫一扫\n使用小程序",
    "取消\n允许",
    "微信公众平台运营中心",
    "：",
    "视频",
    "在看",
];

fn extract(page: &Page, document: &Document) -> Option<Draft> {
    if let Some(body) = document.select(&["#js_content", ".rich_media_content"], "script, .qr_code_pc") {
        let text_of = |selectors: &[&str]| document.first(selectors).map(|b| flatten(&b.text));
        return Some(Draft {
            title: document
                .first(&["#activity-name", "h1"])
                .map(|b| titled(&b))
                .or_else(|| stated_title(page, document)),
            author: text_of(&["#js_author_name", ".rich_media_meta_text", "#js_name"]),
            published: text_of(&["#publish_time"]),
            body: cut(body),
            ..Draft::default()
        });
    }
    let stated = stated_title(page, document);
    let heading = title_heading(
        &document.blocks,
        document.blocks.len(),
        stated.as_ref().map(|(t, _)| t.as_str()),
        true,
    );
    let behind: Vec<Block> = document.blocks.get(heading.map_or(0, |h| h + 1)..)?.to_vec();
    let mut body = cut(behind);
    // Author and account stand under the title, the account last, before the first picture or text.
    let account = page.front_matter.get("source").map(String::as_str);
    let header = header_length(&body, account);
    let author = body.iter().take(header).find(|b| b.letters() > 0).map(Block::flat);
    body.drain(..header);
    Some(Draft {
        title: heading.and_then(|h| document.blocks.get(h)).map(titled).or(stated),
        author: author.filter(|a| Some(a.as_str()) != account),
        body,
        ..Draft::default()
    })
}

/// How many blocks name author and account: up to the account if it is known, else the short lines before
/// the first image.
fn header_length(body: &[Block], account: Option<&str>) -> usize {
    let is_name = |b: &Block| b.letters() > 0 && b.text.chars().count() <= 20 && !ends_sentence(&b.text);
    if let Some(at) = body.iter().take(6).position(|b| account.is_some_and(|a| b.text.trim() == a)) {
        return at + 1;
    }
    let names = body.iter().take(3).take_while(|b| is_name(b)).count();
    if body.get(names).is_some_and(Block::is_image) { names } else { 0 }
}

fn cut(mut body: Vec<Block>) -> Vec<Block> {
    body.truncate(first_mark(&body, 0, &ENDS).unwrap_or(body.len()));
    let is_interface = |b: &Block| b.text.starts_with("：\n，") || b.text.starts_with("视频\n小程序");
    body.retain(|b| !is_interface(b));
    body
}
