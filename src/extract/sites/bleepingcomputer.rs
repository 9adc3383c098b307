//! BleepingComputer, the news articles.

use super::{Draft, Site, is_on, stated_title, title_heading, titled};
use crate::extract::blocks::{Block, flatten};
use crate::extract::document::Document;
use crate::extract::{date, menu};
use crate::model::Page;
use crate::text::key;

pub(super) const SITE: Site = Site {
    name: "bleepingcomputer",
    doc: "News of bleepingcomputer.com, saved as HTML or Markdown, with or without the site's menus around it.",
    recognises: |page, document| is_on(page, document, "bleepingcomputer.com", "bleepstatic.com/"),
    extract,
};

/// What of an article's HTML is not the article.
const JUNK: &str = "div.cz-related-article-wrapp, div.article-callout, .cz-toa-wrapp, .cz-news-tags-wrap, \
    .cz-story-navigation, .cz-author-box, #comments, .cz-comments-wrapp, cnx, script, .adsbygoogle";

/// What follows an article in a page saved as a whole, as letters and digits.
const ENDS: [&str; 8] = [
    "relatedarticles",
    "popularstories",
    "youmayalsolike",
    "youmayalsolike0",
    "postacomment",
    "readercomments",
    "communityrules",
    "notamemberyetregisternow",
];

fn extract(page: &Page, document: &Document) -> Option<Draft> {
    if let Some(body) = document.select(&["div.articleBody", "div.article_section"], JUNK) {
        let text_of = |selectors: &[&str]| document.first(selectors).map(|b| flatten(&b.text));
        let author = text_of(&[
            "div.cz-news-story-title-section [rel=author]",
            ".cz-news-author",
            "[itemprop=author]",
        ]);
        let title = document.first(&["div.article_section h1", "h1"]).map(|b| titled(&b));
        return Some(Draft {
            title: title.or_else(|| stated_title(page, document)),
            author: author.map(|a| without_by(&a).to_owned()),
            published: text_of(&["div.cz-news-story-title-section .cz-news-date", ".cz-news-date"]),
            body,
            ..Draft::default()
        });
    }
    if document.is_html() { None } else { from_layout(page, document) }
}

fn from_layout(page: &Page, document: &Document) -> Option<Draft> {
    let stated = stated_title(page, document);
    let has_menu = menu::is_leading(&document.blocks);
    let blocks = document.blocks.as_slice();
    let run = if has_menu { menu::densest(blocks) } else { 0..blocks.len() };
    let before = if has_menu { run.start + 1 } else { run.end };
    let heading = title_heading(blocks, before, stated.as_ref().map(|(t, _)| t.as_str()), has_menu);
    let start = heading.map_or(run.start, |h| run.start.max(h + 1));
    let mut body = blocks.get(start..run.end.max(start))?.to_vec();
    let end =
        body.iter().position(|b| b.letters() <= 60 && ENDS.contains(&key::alphanumeric(&b.text).as_str()));
    body.truncate(end.unwrap_or(body.len()));
    // Author and time stand between title and text, where the whole page was saved.
    let header = blocks.get(heading.map_or(start, |h| h + 1)..start).unwrap_or_default();
    Some(Draft {
        title: heading.and_then(|h| blocks.get(h)).map(titled).or(stated),
        author: author(header),
        published: header
            .iter()
            .map(|b| b.text.as_str())
            .find(|t| date::find(t).is_some())
            .map(str::to_owned),
        body,
        has_menu,
        ..Draft::default()
    })
}

fn author(header: &[Block]) -> Option<String> {
    let at = header
        .iter()
        .position(|b| b.text == "By" || b.text.starts_with("By ") || b.text.starts_with("By\n"))?;
    let own = flatten(without_by(&header.get(at)?.text));
    if own.is_empty() { header.get(at + 1).map(Block::flat) } else { Some(own) }
}

fn without_by(text: &str) -> &str {
    text.strip_prefix("By")
        .filter(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
        .unwrap_or(text)
        .trim()
}
