//! The sites whose pages are known: a file each, and a line below. What no site knows is left to `generic`.

mod bleepingcomputer;
mod fourhou;
mod generic;
mod wechat;

use super::blocks::{Block, BlockKind};
use super::document::{Document, unescape};
use crate::model::{Page, Source, Span};
use crate::text::key;

/// A site: how to know its pages, and how to read them.
pub(super) struct Site {
    /// A unique kebab-case name; it ends up in `Article.site`.
    pub name: &'static str,
    /// What its pages look like, for the list of sites.
    pub doc: &'static str,
    /// Whether a page is one of its own.
    pub recognises: fn(&Page, &Document) -> bool,
    /// What the article is; nothing if the page has not the layout that was expected, so that the next
    /// site is tried.
    pub extract: fn(&Page, &Document) -> Option<Draft>,
}

/// The sites, in the order in which they are asked; the last one takes every page.
pub(super) const SITES: [Site; 4] = [fourhou::SITE, wechat::SITE, bleepingcomputer::SITE, generic::SITE];

/// An article as a site reads it. Its body still ends with the citation.
#[derive(Debug, Default)]
pub(super) struct Draft {
    pub title: Option<(String, Source)>,
    pub lead: Option<(String, Source)>,
    pub author: Option<String>,
    /// A text in which the date stands.
    pub published: Option<String>,
    pub body: Vec<Block>,
    /// Whether the article had to be looked for between menus.
    pub has_menu: bool,
}

/// The page's own address, as far as it tells.
pub(super) fn url(page: &Page, document: &Document) -> Option<String> {
    let is_web = |url: &&str| url.starts_with("http://") || url.starts_with("https://");
    let in_front_matter = page.front_matter.get("url").map(String::as_str).filter(|_| !document.is_html());
    in_front_matter
        .filter(is_web)
        .or_else(|| document.head(&["canonical"]).filter(is_web))
        .or_else(|| document.head(&["og:url"]).filter(is_web))
        .or_else(|| page.origin.final_url.as_deref().filter(is_web))
        .or_else(|| page.origin.url.as_deref().filter(is_web))
        .map(str::to_owned)
}

/// Whether the page's own address is on `domain`; where it tells none, whether it holds `sign`.
fn is_on(page: &Page, document: &Document, domain: &str, sign: &str) -> bool {
    match url(page, document).and_then(|u| url::Url::parse(&u).ok()) {
        Some(url) => url.host_str().is_some_and(|h| h == domain || h.ends_with(&format!(".{domain}"))),
        None => page.body().contains(sign),
    }
}

/// A heading's text with its place.
fn titled(block: &Block) -> (String, Source) {
    (block.flat(), block.source.clone())
}

/// The title that the front matter or the head of the page gives.
fn stated_title(page: &Page, document: &Document) -> Option<(String, Source)> {
    let given = page.front_matter.get("title").filter(|t| !t.is_empty());
    if let Some(title) = given {
        let at = page.text.find(title.as_str()).filter(|_| !document.is_html());
        let source = match at {
            Some(at) => Source::Bytes(Span::new(at, at + title.len())),
            None => Source::Node("html/head".to_owned()),
        };
        return Some((unescape(title), source));
    }
    let title = document.head(&["og:title", "twitter:title", "title"])?;
    Some((title.to_owned(), Source::Node("html/head/title[1]".to_owned())))
}

/// The heading that the article's title is, among the blocks before `end`.
///
/// It says what the stated title says; saved pages repeat that where the article begins, so the last one counts.
/// Else it is the page's first heading, unless text stands before it: then it heads a part, not the page.
fn title_heading(blocks: &[Block], end: usize, stated: Option<&str>, has_menu: bool) -> Option<usize> {
    let is_heading = |b: &Block| b.kind == BlockKind::Heading && b.letters() > 0;
    let last = |wanted: &str| {
        blocks.iter().take(end).rposition(|b| is_heading(b) && key::alphanumeric(&b.text) == wanted)
    };
    if let Some(found) = stated.map(key::alphanumeric).and_then(|wanted| last(&wanted)) {
        return Some(found);
    }
    let first = blocks.iter().take(end).position(is_heading)?;
    let opening = blocks.iter().position(|b| b.letters() > 0 && b.kind != BlockKind::Heading);
    match blocks.get(first) {
        Some(block) if has_menu => last(&key::alphanumeric(&block.text)),
        _ => Some(first).filter(|&f| opening.is_none_or(|o| f < o)),
    }
}

/// Where, from `start` on, the first block stands whose text is one of `marks`.
fn first_mark(blocks: &[Block], start: usize, marks: &[&str]) -> Option<usize> {
    blocks.iter().enumerate().skip(start).find(|(_, b)| marks.contains(&b.text.trim())).map(|(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Media;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique_and_kebab_case_and_documented() {
        let mut names = HashSet::new();
        for site in &SITES {
            assert!(names.insert(site.name));
            assert!(site.name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'));
            assert!(site.doc.len() > 20 && site.doc.ends_with('.'));
        }
        assert_eq!(SITES[SITES.len() - 1].name, "generic");
    }

    fn page(media: Media, text: String, title: Option<String>) -> Page {
        let front_matter = title.map(|t| ("title".to_owned(), t)).into_iter().collect();
        Page { id: "x".to_owned(), origin: Default::default(), media, text, body_start: 0, front_matter }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_site_panics(
            text in "(\n\n|# |2031-02-03 12:00:00|导语：|收藏|分享至|<p>|<div class=articleBody>|\\[a\\]\\(b\\)|\\PC){0,40}",
            title in proptest::option::of("\\PC{0,5}"),
            html in any::<bool>(),
        ) {
            let media = if html { Media::Html } else { Media::Markdown };
            let page = page(media, text, title);
            let document = Document::parse(&page).unwrap();
            for site in &SITES {
                let _ = (site.recognises)(&page, &document);
                let _ = (site.extract)(&page, &document);
            }
        }
    }
}
