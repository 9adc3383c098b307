//! What reading articles must do with any page; what is read from which page stands in `tests/cases/extract`.

use super::*;
use crate::model::{Media, Origin};
use proptest::prelude::*;
use std::time::{Duration, Instant};

fn page(media: Media, text: String) -> Page {
    let origin = Origin::default();
    Page { id: "x".to_owned(), origin, media, text, body_start: 0, front_matter: Default::default() }
}

fn read(media: Media, text: String) -> Result<Outcome<Article>> {
    run(&page(media, text), &Config::default())
}

/// Spans lie in the text, and paragraphs joined by newlines are the text.
fn check(article: &Article) {
    let texts: Vec<_> = article.paragraphs.iter().map(|p| &article.text[p.span.range()]).collect();
    assert_eq!(texts.join("\n"), article.text);
    assert!(texts.iter().all(|t| !t.is_empty()));
}

#[test]
fn hostile_pages_end_soon() {
    let sentence = "The attackers took the data and left. ".repeat(10);
    for text in [
        "<div>".repeat(100_000),
        format!("{}{sentence}", "<div>".repeat(500)),
        "<p>x".repeat(50_000),
        "<a href=x>".repeat(20_000),
        "<table>".repeat(400),
        format!("{}{}", "<b>".repeat(500), "<p>x".repeat(20_000)),
        format!("<svg>{}", "<g>".repeat(300)),
        "&amp;".repeat(100_000),
        ">".repeat(100_000),
        "> ".repeat(50_000),
        "- ".repeat(50_000),
        "[![](".repeat(30_000),
        "**a _b ".repeat(30_000),
        "|a".repeat(30_000) + "\n" + &"|-".repeat(30_000),
        "本文翻译自：".repeat(20_000),
        "https://".repeat(50_000),
        "\0\u{FEFF}\u{200B}".repeat(10_000),
        "收藏\n\n".repeat(20_000),
    ] {
        let start = Instant::now();
        for media in [Media::Html, Media::Markdown, Media::PlainText] {
            if let Ok(outcome) = read(media, text.clone()) {
                check(&outcome.output);
            }
        }
        let shown: String = text.chars().take(12).collect();
        assert!(start.elapsed() < Duration::from_secs(20), "{shown} took {:?}", start.elapsed());
    }
}

#[test]
fn sources_of_markdown_are_bytes_of_the_whole_file() {
    let text = "---\ntitle: 甲\n---\r\n# 甲\r\n\r\n一个旧的漏洞被人再次利用，数据因此外泄。\r\n";
    let mut page = page(Media::Markdown, text.to_owned());
    page.body_start = text.find("# 甲").unwrap();
    let article = run(&page, &Config::default()).unwrap().output;
    for paragraph in &article.paragraphs {
        let Source::Bytes(span) = &paragraph.source else { unreachable!() };
        assert!(text[span.range()].contains(article.paragraph_text(paragraph)));
    }
    assert_eq!(article.paragraphs.len(), 2);
}

#[test]
fn an_article_that_speaks_of_a_challenge_is_no_challenge() {
    let prose = "The fake page asks visitors to verify that they are human, and then copies a command to \
        the clipboard, which they are told to run; what they run is malware.\n\n";
    let text = format!("# Just a moment: how a fake check tricks visitors\n\n{}", prose.repeat(3));
    assert!(read(Media::Markdown, text).is_ok());
    let text = format!("# Just a moment...\n\nVerifying you are human.\n\n{prose}");
    assert_eq!(read(Media::Markdown, text).unwrap_err().reason(), Some("blocked-page"));
}

#[test]
fn third_languages_stay_if_asked_for() {
    let english = "The utility said that its servers were taken offline when the attackers were found.";
    let spanish =
        "La empresa dijo que sus servidores fueron desconectados cuando se encontraron los atacantes.";
    let text = format!("# Title\n\n{english} {english}\n\n{spanish}\n\n{spanish}\n");
    let config = Config { drop_third_language: false };
    let kept = run(&page(Media::Markdown, text.clone()), &config).unwrap();
    assert_eq!((kept.output.paragraphs.len(), kept.notices.len()), (4, 0));
    let dropped = read(Media::Markdown, text).unwrap();
    assert_eq!((dropped.output.paragraphs.len(), dropped.notices.len()), (2, 1));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]
    #[test]
    fn any_text_is_read_or_refused(
        parts in prop::collection::vec("(# |\n\n|导语：|文章翻译自：|https://a\\.example/|<p>|</div>|\\*\\*|!\\[|\\]\\(|。|\\. |\\PC{1,12}|某公司的数据遭窃|the data of the )", 0..40),
        html in any::<bool>(),
    ) {
        let media = if html { Media::Html } else { Media::Markdown };
        if let Ok(outcome) = read(media, parts.concat()) {
            check(&outcome.output);
        }
    }
}
