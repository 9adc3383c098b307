//! Article → document: paragraphs cut into sentences.
//!
//! A segmenter is a function from a paragraph's text to spans that *tile* it: in order, on character boundaries,
//! and joined they give the text back; the blanks between two sentences belong to the first of them. Which one
//! cuts a paragraph is decided by the paragraph's share of Han characters, not by the article's language: posts
//! quote English, and originals quote Chinese.
//!
//! * [`english`] keeps a quotation whole, with the clause that attributes it.
//! * [`chinese`] cuts between the sentences of a quotation, as Chinese translators divide them.

mod abbreviations;
pub mod chinese;
mod cuts;
pub mod english;
mod hosts;
mod nesting;
mod speech;

use crate::model::{Article, Document, Notice, Outcome, ParagraphKind, Sentence, Span, Stage};
use crate::text::han;
use serde::{Deserialize, Serialize};

/// How articles are cut.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The share of Han characters, 0–1, from which a paragraph is cut by the Chinese rules. Default 0.15: lower
    /// than in Chinese news full of product names, higher than in English that glosses a Chinese name.
    pub han_share: f32,
}

impl Default for Config {
    fn default() -> Self {
        Self { han_share: 0.15 }
    }
}

/// A way of cutting a text into sentences.
#[derive(Debug, Clone, Copy)]
pub struct Segmenter {
    /// Its name: unique, in kebab case.
    pub name: &'static str,
    /// Cuts a text into spans that tile it; an empty text has none.
    pub split: fn(&str) -> Vec<Span>,
}

/// The segmenter for Chinese.
pub const CHINESE: Segmenter = Segmenter { name: "chinese", split: chinese::split };
/// The segmenter for English.
pub const ENGLISH: Segmenter = Segmenter { name: "english", split: english::split };
/// All segmenters; each keeps the contract that this module states.
pub const SEGMENTERS: [Segmenter; 2] = [CHINESE, ENGLISH];

/// The segmenter for `text`, by its share of Han characters.
pub fn choose(text: &str, config: &Config) -> Segmenter {
    if han::share(text) >= config.han_share { CHINESE } else { ENGLISH }
}

/// Cuts running text into spans that tile it, in the language that it is written in.
pub fn split(text: &str, config: &Config) -> Vec<Span> {
    (choose(text, config).split)(text)
}

/// Cuts an article into sentences.
///
/// A paragraph without letters or digits that is not blank is one sentence, a blank one none. A title or heading is
/// one sentence, question and answer included, unless it ends in a full stop: then it is a paragraph in disguise. A
/// block of code is one sentence for each part between blank lines.
///
/// Sentences are trimmed and never empty. A paragraph whose span does not fit the article's text is left out
/// and named in the notices; so is an article without any sentence.
pub fn run(article: Article, config: &Config) -> Outcome<Document> {
    let mut sentences = Vec::new();
    let mut notices = Vec::new();
    for (index, paragraph) in article.paragraphs.iter().enumerate() {
        let Some(text) = article.text.get(paragraph.span.range()) else {
            notices.push(misfit(&article.id, index));
            continue;
        };
        let index = u32::try_from(index).unwrap_or(u32::MAX);
        let spans = split_as(text, paragraph.kind, config);
        sentences.extend(
            spans
                .into_iter()
                .map(|span| cuts::trim(text, span))
                .filter(|span| !span.is_empty())
                .map(|span| Sentence { paragraph: index, span: span.shifted(paragraph.span.start()) }),
        );
    }
    if sentences.is_empty() {
        notices.push(blank(&article.id));
    }
    Outcome { output: Document { article, sentences }, notices }
}

fn split_as(text: &str, kind: ParagraphKind, config: &Config) -> Vec<Span> {
    match kind {
        ParagraphKind::Code => cuts::blocks(text),
        ParagraphKind::Title | ParagraphKind::Heading if !text.trim_end().ends_with(['.', '。']) => {
            vec![Span::new(0, text.len())]
        }
        _ => split(text, config),
    }
}

fn misfit(article: &str, paragraph: usize) -> Notice {
    Notice {
        input: article.to_owned(),
        stage: Stage::Segment,
        reason: "paragraph-outside-text".to_owned(),
        message: format!("the span of paragraph {paragraph} does not fit the article's text"),
        remedy: "extract the page again; spans are byte offsets on character boundaries".to_owned(),
    }
}

fn blank(article: &str) -> Notice {
    Notice {
        input: article.to_owned(),
        stage: Stage::Segment,
        reason: "no-sentences".to_owned(),
        message: "the article holds no text".to_owned(),
        remedy: "look at the saved page: it may be cut off, or a menu without a body".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Lang, Paragraph, Source};

    fn article(paragraphs: &[(ParagraphKind, &str)]) -> Article {
        let (mut text, mut list) = (String::new(), Vec::new());
        for &(kind, words) in paragraphs {
            let start = text.len();
            text.push_str(words);
            let span = Span::new(start, text.len());
            list.push(Paragraph { kind, span, source: Source::Bytes(span) });
            text.push('\n');
        }
        Article {
            id: "a".to_owned(),
            site: "generic".to_owned(),
            lang: Lang::Zh,
            url: None,
            aliases: Vec::new(),
            provenance: Default::default(),
            title: None,
            lead: None,
            author: None,
            published: None,
            cites: Vec::new(),
            text,
            paragraphs: list,
        }
    }

    fn sentences(paragraphs: &[(ParagraphKind, &str)]) -> Vec<(u32, String)> {
        let document = run(article(paragraphs), &Config::default()).output;
        let spans = document.sentences.iter().map(|s| (s.paragraph, s.span.slice(&document.article.text)));
        spans.map(|(paragraph, text)| (paragraph, text.to_owned())).collect()
    }

    #[test]
    fn sentences_are_trimmed_and_point_into_the_article() {
        let got = sentences(&[
            (ParagraphKind::Title, "补丁来了？先别急"),
            (ParagraphKind::Body, "  "),
            (ParagraphKind::Body, " 补丁已发布。 请尽快安装。 "),
            (ParagraphKind::Quote, "We know. We are sorry."),
        ]);
        let want = [
            (0, "补丁来了？先别急"),
            (2, "补丁已发布。"),
            (2, "请尽快安装。"),
            (3, "We know."),
            (3, "We are sorry."),
        ];
        assert_eq!(got, want.map(|(paragraph, text)| (paragraph, text.to_owned())));
    }

    #[test]
    fn a_heading_that_ends_in_a_full_stop_is_running_text() {
        let heading = |text| sentences(&[(ParagraphKind::Heading, text)]).len();
        assert_eq!(heading("What Is a Honeypot? A Short Guide"), 1);
        assert_eq!(heading("1. Find it. Then remove it."), 2);
        assert_eq!(heading("先隔离。再清除。"), 2);
    }

    #[test]
    fn code_is_cut_at_blank_lines_only() {
        let got = sentences(&[(ParagraphKind::Code, "ls -l. Foo\ncat a.b\n\n\n  rm c\n")]);
        assert_eq!(got, [(0, "ls -l. Foo\ncat a.b".to_owned()), (0, "rm c".to_owned())]);
    }

    #[test]
    fn nothing_is_left_out_in_silence() {
        let mut broken = article(&[(ParagraphKind::Body, "漏洞。")]);
        broken.paragraphs[0].span = Span::new(1, 6);
        let reasons: Vec<_> =
            run(broken, &Config::default()).notices.into_iter().map(|notice| notice.reason).collect();
        assert_eq!(reasons, ["paragraph-outside-text", "no-sentences"]);
        assert!(run(article(&[(ParagraphKind::Body, "漏洞。")]), &Config::default()).notices.is_empty());
    }

    #[test]
    fn the_language_of_a_paragraph_decides_not_that_of_the_article() {
        let config = Config::default();
        assert_eq!(choose("该漏洞影响 Windows Server 2022。", &config).name, "chinese");
        assert_eq!(
            choose("The firm, Example Security (示例), declined to comment.", &config).name,
            "english"
        );
        assert_eq!(choose("", &config).name, "english");
    }
}
