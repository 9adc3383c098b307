//! Both sites with the invented pages of `corpora/sample`, on one server.

use crate::server::{Reply, Seen};
use std::fs;
use std::path::Path;

/// The name of the site that the sample's posts cite.
const CITED: &str = "https://www.bleepingcomputer.com";

/// The slug that a post cites, and the one that the article has now.
pub const RENAMED: (&str, &str) = (
    "unsecured-cloud-bucket-exposes-data-of-250-million-travelers",
    "wanderlane-leak-exposed-booking-data-of-250-million-travelers",
);

/// A page of the sample in its own character set, its addresses led to the server.
pub fn page(side: &str, stem: &str, base: &str) -> Option<(&'static str, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/sample").join(side);
    [("html", "text/html"), ("md", "text/markdown; charset=utf-8")].into_iter().find_map(|(ending, media)| {
        let bytes = fs::read(folder.join(format!("{stem}.{ending}"))).ok()?;
        Some((media, replace(&bytes, CITED.as_bytes(), base.as_bytes())))
    })
}

fn replace(bytes: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let (mut out, mut at) = (Vec::new(), 0);
    while at < bytes.len() {
        if bytes[at..].starts_with(old) {
            out.extend_from_slice(new);
            at += old.len();
        } else {
            out.push(bytes[at]);
            at += 1;
        }
    }
    out
}

/// Answers as the two sites would.
pub fn both(seen: &Seen, base: &str) -> Reply {
    let path = seen.path.trim_matches('/');
    if let Some(id) = path.strip_prefix("posts/") {
        return page("zh", id, base).map_or_else(missing, |(media, text)| Reply::typed(media, text));
    }
    if let Some(slug) = path.strip_prefix("news/security/") {
        if slug == RENAMED.0 {
            return Reply::to(301, &format!("/news/moved/{slug}/"));
        }
        return page("en", slug, base).map_or_else(missing, |(media, text)| Reply::typed(media, text));
    }
    if path.starts_with("news/moved/") {
        return Reply::to(302, &format!("/news/security/{}/", RENAMED.1));
    }
    missing()
}

fn missing() -> Reply {
    Reply::status(404, "<title>404 Not Found</title>")
}

/// An invented English article in HTML, `number` of many.
pub fn article(number: usize) -> String {
    let sentence =
        format!("The harbour office said that crane number {number} stopped on Monday after a worm spread. ");
    format!(
        "<!doctype html><html lang=en><head><title>Crane {number} stopped by a worm</title></head><body><article>\
         <h1>Crane {number} stopped by a worm</h1><p>{}</p><p>{}</p></article></body></html>",
        sentence.repeat(3),
        sentence.repeat(2)
    )
}

/// An invented post that cites `url`.
pub fn post(number: usize, url: &str) -> String {
    let sentence =
        format!("港务局表示，第{number}号起重机周一因蠕虫病毒传播而停止运行，目前正在调查事件的原因。");
    format!(
        "<!doctype html><html lang=zh><head><meta charset=utf-8><title>第{number}号起重机停止运行 - 嘶吼 RoarTalk</title>\
         <link rel=canonical href='https://www.4hou.com/posts/n{number}'></head><body>\
         <h1 class=art_title>第{number}号起重机停止运行</h1><div class=article_cen><p>{}</p><p>{}</p>\
         <p>文章翻译自：{url}如若转载，请注明原文地址</p></div></body></html>",
        sentence.repeat(2),
        sentence
    )
}
