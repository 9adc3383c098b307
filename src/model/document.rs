//! An article cut into sentences.

use super::{Article, Paragraph, Span};
use serde::{Deserialize, Serialize};

/// A sentence of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sentence {
    /// Index of the paragraph it belongs to.
    pub paragraph: u32,
    /// Its bytes in the article's text, surrounding blanks left out.
    pub span: Span,
}

/// An article with its sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The article.
    pub article: Article,
    /// Its sentences, in order.
    pub sentences: Vec<Sentence>,
}

impl Document {
    /// The text of sentence `index`; empty if there is none.
    pub fn sentence(&self, index: usize) -> &str {
        self.sentences.get(index).map_or("", |s| s.span.slice(&self.article.text))
    }

    /// The paragraph that sentence `index` belongs to.
    pub fn paragraph_of(&self, index: usize) -> Option<&Paragraph> {
        self.article.paragraphs.get(self.sentences.get(index)?.paragraph as usize)
    }
}
