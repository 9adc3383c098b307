//! An article: what a page is about, without what surrounds it.

use super::{Lang, Provenance, Span};
use serde::{Deserialize, Serialize};

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ParagraphKind {
    /// The article's title; at most one, and the first.
    Title,
    /// The 导语 or standfirst; at most one, behind the title.
    Lead,
    /// A heading inside the body.
    Heading,
    /// Running text.
    Body,
    /// One item of a list.
    ListItem,
    /// The caption of a picture, or its credit.
    Caption,
    /// A block quote.
    Quote,
    /// A block of code.
    Code,
    /// One cell of a table.
    TableCell,
}

/// Where in the page a paragraph stood.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Bytes of the page's text (Markdown and plain text, front matter included).
    Bytes(Span),
    /// The path of the HTML node: element names with their 1-based place among same-named siblings,
    /// as in `html/body/div[2]/p[3]`.
    Node(String),
}

/// A paragraph of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// What it is.
    pub kind: ParagraphKind,
    /// Its bytes in the article's text.
    pub span: Span,
    /// Where in the page it stood.
    pub source: Source,
}

/// A source that an article cites.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Citation {
    /// The URL as given, without what was glued to it.
    pub url: String,
    /// The phrase that cites it, e.g. `文章翻译自：`.
    pub phrase: String,
}

/// An article: title, lead and body, and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// The page's id.
    pub id: String,
    /// Which extractor understood it (`4hou`, `wechat`, `bleepingcomputer`, `generic`, …).
    pub site: String,
    /// Its language.
    pub lang: Lang,
    /// Its own URL, where the page tells.
    pub url: Option<String>,
    /// Other addresses that lead to the page, where it was fetched: as asked for, and the redirects in between.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// The title.
    pub title: Option<String>,
    /// The lead (导语), where the page marks one.
    pub lead: Option<String>,
    /// The author.
    pub author: Option<String>,
    /// The publication date, `YYYY-MM-DD`, where the page tells.
    pub published: Option<String>,
    /// The sources that the translation cites; not every link in it.
    pub cites: Vec<Citation>,
    /// Title, lead and paragraphs, a newline between each two: the only owned copy, into which all spans point.
    pub text: String,
    /// The paragraphs, in order, title and lead first.
    pub paragraphs: Vec<Paragraph>,
    /// Where the text comes from.
    #[serde(default)]
    pub provenance: Provenance,
}

impl Article {
    /// The text of a paragraph.
    pub fn paragraph_text(&self, paragraph: &Paragraph) -> &str {
        paragraph.span.slice(&self.text)
    }

    /// The language's BCP 47 tag, with the script where somebody looked at it.
    pub fn tag(&self) -> &str {
        self.provenance.tag.as_deref().unwrap_or(self.lang.tag())
    }
}
