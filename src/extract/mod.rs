//! Pages to articles: title, lead, body and citation, without what surrounds them.
//!
//! HTML and Markdown become the same blocks; the site that recognises a
//! page says which of them are the article; the rest is the same for all sites: the citation is read and taken
//! off, blocks become paragraphs, what is in a third language goes, and the text is put together.

mod blocks;
mod citation;
mod date;
mod document;
mod html;
mod language;
mod markdown;
mod markup_guard;
mod mend;
mod menu;
mod paragraphs;
mod provenance;
mod refusal;
mod sites;

use crate::error::Result;
use crate::model::{Article, Notice, Outcome, Page, Paragraph, ParagraphKind, Source, Span, Stage, reason};
use citation::Cited;
use document::Document;
use language::Languages;
use paragraphs::Piece;
use sites::{Draft, SITES, Site};

/// What is left out of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// Leave out paragraphs that are neither Chinese nor English (default yes).
    pub drop_third_language: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self { drop_third_language: true }
    }
}

/// The sites whose pages are known: name and description, in the order in which they are asked.
pub fn sites() -> impl Iterator<Item = (&'static str, &'static str)> {
    SITES.iter().map(|site| (site.name, site.doc))
}

/// Reads the article in a page.
///
/// Notices say what was left out or is missing: `third-language`, `truncated`, `citation-cut-off`. The
/// `article.text` begins with title and lead, and has a newline between each two paragraphs.
///
/// # Errors
///
/// If there is no article, by [`reason`](crate::error::Error::reason): `navigation-only` (cut off before the
/// article), `empty-page`, `deleted-by-publisher`, `blocked-page`, `not-an-article`, `no-chinese-or-english`,
/// `too-deeply-nested`, `too-many-blocks`.
pub fn run(page: &Page, config: &Config) -> Result<Outcome<Article>> {
    article(page, config).map_err(|e| e.at(&page.id))
}

fn article(page: &Page, config: &Config) -> Result<Outcome<Article>> {
    let document = Document::parse(page)?;
    refusal::of_notice(&document)?;
    let (site, mut draft) = draft(page, &document);
    let cited = citation::take(&mut draft.body);
    let mut pieces = paragraphs::of_body(&draft.body);
    let mut remarks = cited.remarks.clone();
    let title = draft.title.as_ref().map(|(text, _)| text.as_str());
    let mut languages = Languages::of(&pieces);
    let mut lang = languages.of_article(title, &pieces);
    // Unless nothing else is there.
    if config.drop_third_language
        && lang.is_some()
        && let Some((language, count)) = languages.take_third(&mut pieces)
    {
        remarks.push(third_language(language, count));
        lang = languages.of_article(title, &pieces);
    }
    refusal::of_body(&pieces, lang, title, draft.has_menu)?;
    let lang = lang.ok_or_else(refusal::of_language)?;
    if cited.cites.is_empty() && cited.remarks.is_empty() && is_cut_off(page.body()) {
        remarks.push(Remark::new(
            reason::TRUNCATED,
            "the page breaks off in mid-text".to_owned(),
            "save the whole page",
        ));
    }
    let article = assemble(page, &document, site, lang, draft, pieces, cited);
    let notices = remarks.into_iter().map(|remark| remark.into_notice(&page.id)).collect();
    Ok(Outcome { output: article, notices })
}

/// The first site that recognises the page and can read it.
fn draft(page: &Page, document: &Document) -> (&'static str, Draft) {
    let knows = |site: &&Site| (site.recognises)(page, document);
    SITES
        .iter()
        .filter(knows)
        .find_map(|site| (site.extract)(page, document).map(|draft| (site.name, draft)))
        .unwrap_or(("generic", Draft::default()))
}

fn third_language(language: &str, count: usize) -> Remark {
    let message = format!("{count} paragraphs in {language} were left out");
    Remark::new("third-language", message, "give that translation as a page of its own if it is wanted")
}

/// Whether a saved text was shortened: it ends in an ellipsis with no sentence before it.
fn is_cut_off(text: &str) -> bool {
    let text = text.trim_end();
    text.strip_suffix("...")
        .or_else(|| text.strip_suffix('…'))
        .is_some_and(|t| !t.ends_with(['.', '…', '。', '！', '？']))
}

/// Puts the article together.
fn assemble(
    page: &Page,
    document: &Document,
    site: &str,
    lang: crate::model::Lang,
    draft: Draft,
    pieces: Vec<Piece>,
    cited: Cited,
) -> Article {
    let mut text = String::new();
    let mut paragraphs = Vec::new();
    let mut add = |kind: ParagraphKind, piece: &str, source: Source| {
        if !paragraphs.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.extend(piece.chars().filter(|&c| c == '\n' || c == '\t' || !c.is_control()));
        paragraphs.push(Paragraph { kind, span: Span::new(start, text.len()), source });
    };
    let title = draft.title.filter(|(t, _)| !t.is_empty());
    if let Some((title, source)) = &title {
        add(ParagraphKind::Title, title, source.clone());
    }
    if let Some((lead, source)) = &draft.lead {
        add(ParagraphKind::Lead, lead, source.clone());
    }
    for piece in pieces {
        add(piece.kind, &piece.text, piece.source);
    }
    let stated = ["date", "published", "published_time"].iter().find_map(|k| page.front_matter.get(*k));
    let in_head = document.head(&["article:published_time", "datepublished"]).map(str::to_owned);
    let dates = [draft.published, in_head, stated.cloned()];
    Article {
        id: page.id.clone(),
        site: site.to_owned(),
        lang,
        url: sites::url(page, document),
        aliases: aliases(page),
        title: title.map(|(t, _)| t),
        lead: draft.lead.map(|(t, _)| t),
        author: draft.author.filter(|a| !a.is_empty()),
        published: dates.into_iter().flatten().find_map(|d| date::find(&d)),
        cites: cited.cites,
        provenance: provenance::of(page, document, lang, &text),
        text,
        paragraphs,
    }
}

/// The addresses that led to a page.
fn aliases(page: &Page) -> Vec<String> {
    let origin = &page.origin;
    let all = origin.url.iter().chain(&origin.hops).chain(&origin.final_url);
    let mut aliases: Vec<String> = Vec::new();
    // Front matter names the page's own address, nothing that led to it.
    for url in all.filter(|_| origin.final_url.is_some()) {
        if !aliases.contains(url) {
            aliases.push(url.clone());
        }
    }
    aliases
}

/// Something to tell about a page.
#[derive(Debug, Clone)]
struct Remark {
    reason: &'static str,
    message: String,
    remedy: &'static str,
}

impl Remark {
    fn new(reason: &'static str, message: String, remedy: &'static str) -> Self {
        Self { reason, message, remedy }
    }

    fn into_notice(self, input: &str) -> Notice {
        Notice {
            input: input.to_owned(),
            stage: Stage::Extract,
            reason: self.reason.to_owned(),
            message: self.message,
            remedy: self.remedy.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
