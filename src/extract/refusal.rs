//! Pages that hold no article, and why.

use super::blocks::{Block, letters};
use super::document::{Document, ends_sentence};
use super::paragraphs::Piece;
use crate::error::Error;
use crate::model::{Lang, ParagraphKind};
use crate::text::han;

/// What a page says that stands in an article's place, how it is called, and what can be done.
const NOTICES: [(&str, &[&str]); 2] = [
    (
        "deleted-by-publisher",
        &[
            "该内容已被发布者删除",
            "此内容因违规无法查看",
            "该公众号已迁移",
            "此内容发送失败无法查看",
            "该文章已被删除",
        ],
    ),
    (
        "blocked-page",
        &[
            "just a moment",
            "attention required! | cloudflare",
            "checking your browser",
            "checking if the site connection is secure",
            "verify you are human",
            "verifying you are human",
            "enable javascript and cookies to continue",
            "403 forbidden",
            "access denied",
            "sorry, you have been blocked",
            "error 1020",
            "当前环境异常",
            "环境异常",
            "访问验证",
        ],
    ),
];

/// A page with more letters than this is more than such a notice.
const NOTICE_LETTERS: usize = 2_000;

/// Refuses a page that only says why it has no article.
pub(super) fn of_notice(document: &Document) -> Result<(), Error> {
    let size: usize = document.blocks.iter().map(Block::letters).sum();
    if size > NOTICE_LETTERS {
        return Ok(());
    }
    let title = document.head(&["title"]).unwrap_or("");
    // Such a notice stands in the article's place, right below the title.
    let opening = || document.blocks.iter().filter(|b| b.letters() > 0).take(5);
    let texts = || opening().map(|b| b.text.as_str()).chain(std::iter::once(title));
    for (reason, starts) in NOTICES {
        let says = |text: &str| {
            let text = text.trim().to_lowercase();
            // The notice itself, and not an article that speaks of one.
            starts.iter().any(|s| text.starts_with(s) && text.chars().count() <= s.chars().count() + 120)
        };
        if texts().any(says) && !has_prose(document) {
            return Err(match reason {
                "deleted-by-publisher" => {
                    refuse(reason, "the publisher has deleted the article", "look for another copy of it")
                }
                _ => refuse(
                    reason,
                    "the site showed a check or refused access instead of the article",
                    "save the page anew in a browser",
                ),
            });
        }
    }
    Ok(())
}

/// Whether the page has paragraphs that a notice has not.
fn has_prose(document: &Document) -> bool {
    document.blocks.iter().filter(|b| b.letters() >= 100 && ends_sentence(&b.text)).count() >= 3
}

/// The least letters of an article's body, with a title and without: Chinese says as much with a third.
fn least(lang: Option<Lang>, has_title: bool) -> usize {
    match (lang, has_title) {
        (Some(Lang::Zh), true) => 15,
        (Some(Lang::Zh), false) => 100,
        (_, true) => 40,
        (_, false) => 300,
    }
}

/// Refuses what is too little to be an article.
pub(super) fn of_body(
    pieces: &[Piece],
    lang: Option<Lang>,
    title: Option<&str>,
    has_menu: bool,
) -> Result<(), Error> {
    let size: usize = pieces.iter().map(|p| letters(&p.text)).sum();
    let has_sentence = pieces.iter().any(|p| {
        let enough = if han::share(&p.text) > 0.2 { 10 } else { 30 };
        letters(&p.text) >= enough && (ends_sentence(&p.text) || p.kind != ParagraphKind::Heading)
    });
    if has_menu && (size < least(lang, true) || !has_sentence) {
        let message = "the saved page holds menus only: it was cut off before the article";
        return Err(refuse("navigation-only", message, "save the whole page"));
    }
    if size == 0 {
        return Err(refuse(
            "empty-page",
            "the page holds no text",
            "save the page anew, once it is fully loaded",
        ));
    }
    if size < least(lang, title.is_some()) || !has_sentence {
        let lack =
            if title.is_some() { "hardly any text below the title" } else { "no title and little text" };
        return Err(refuse(
            "not-an-article",
            &format!("there is {lack}"),
            "check that the right page was saved",
        ));
    }
    Ok(())
}

/// Refuses what is in neither of the two languages.
pub(super) fn of_language() -> Error {
    refuse(
        "no-chinese-or-english",
        "the article is neither in Chinese nor in English",
        "give Chinese or English pages",
    )
}

fn refuse(reason: &'static str, message: &str, remedy: &str) -> Error {
    Error::input(message).because(reason).remedy(remedy)
}
