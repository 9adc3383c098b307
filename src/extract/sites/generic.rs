//! Any page: the densest text, by what it looks like.

use super::{Draft, Site, stated_title, title_heading, titled};
use crate::extract::blocks::{Block, BlockKind};
use crate::extract::document::Document;
use crate::extract::{html, menu};
use crate::model::{Page, Source};
use crate::text::key;
use dom_smoothie::Readability;
use std::collections::HashSet;

pub(super) const SITE: Site = Site {
    name: "generic",
    doc: "Any page: its main text as browsers' reading views find it (HTML), or the stretch with the fewest links.",
    recognises: |_, _| true,
    extract: |page, document| {
        Some(if document.is_html() { from_html(page, document) } else { from_blocks(page, document) })
    },
};

/// Markdown and plain text.
fn from_blocks(page: &Page, document: &Document) -> Draft {
    let blocks = document.blocks.as_slice();
    let stated = stated_title(page, document);
    let has_menu = menu::is_present(blocks);
    let run = if has_menu { menu::densest(blocks) } else { 0..blocks.len() };
    let before = if has_menu { run.start + 1 } else { run.end };
    let heading = title_heading(blocks, before, stated.as_ref().map(|(t, _)| t.as_str()), has_menu);
    let start = heading.map_or(run.start, |h| run.start.max(h + 1));
    Draft {
        title: heading.and_then(|h| blocks.get(h)).map(titled).or(stated),
        author: page.front_matter.get("author").cloned(),
        body: blocks.get(start..run.end.max(start)).unwrap_or_default().to_vec(),
        has_menu,
        ..Draft::default()
    }
}

/// HTML: the reading view says which blocks matter; their text and place are those of the page itself.
fn from_html(page: &Page, document: &Document) -> Draft {
    let stated = stated_title(page, document);
    let view = || Readability::new(page.body(), None, None).ok().and_then(|mut r| r.parse().ok());
    let read = document.is_viewable().then(view).flatten();
    let kept: HashSet<String> = read
        .as_ref()
        .map(|article| html::fragment(&article.content))
        .unwrap_or_default()
        .iter()
        .filter(|b| b.letters() > 0)
        .map(|b| key::alphanumeric(&b.text))
        .collect();
    let mut body: Vec<Block> = document
        .blocks
        .iter()
        .filter(|b| b.images > 0 || b.kind == BlockKind::Rule || kept.contains(&key::alphanumeric(&b.text)))
        .cloned()
        .collect();
    let has_menu = menu::is_present(&document.blocks);
    if kept.is_empty() {
        body = document.blocks.get(menu::densest(&document.blocks)).unwrap_or_default().to_vec();
    }
    let title = title(document, stated);
    if let Some((title, _)) = &title {
        let same = key::alphanumeric(title);
        body.retain(|b| b.kind != BlockKind::Heading || key::alphanumeric(&b.text) != same);
    }
    let said = |of: fn(&dom_smoothie::Article) -> Option<String>| read.as_ref().and_then(of);
    Draft {
        title,
        author: page.front_matter.get("author").cloned().or_else(|| said(|a| a.byline.clone())),
        published: document
            .head(&["article:published_time", "datepublished", "date", "pubdate"])
            .map(str::to_owned)
            .or_else(|| said(|a| a.published_time.clone())),
        body,
        has_menu,
        ..Draft::default()
    }
}

/// The stated title, or the heading that it extends by the site's name (`Title - Site`).
fn title(document: &Document, stated: Option<(String, Source)>) -> Option<(String, Source)> {
    let stated_key = stated.as_ref().map(|(t, _)| key::alphanumeric(t)).unwrap_or_default();
    let heading = document
        .blocks
        .iter()
        .filter(|b| b.kind == BlockKind::Heading && b.level == 1 && b.letters() > 0)
        .find(|b| {
            let own = key::alphanumeric(&b.text);
            stated_key.is_empty() || stated_key.contains(&own) || own.contains(&stated_key)
        });
    heading.map(titled).or(stated)
}
