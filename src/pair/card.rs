//! What pairing remembers of an article: little, so that millions of pages fit into memory.

use crate::model::{Article, Citation, Lang};
use crate::text::url;
use serde::{Deserialize, Serialize};

/// File name endings that say how a page is saved; one may stand behind another (`slug.html.md`).
const EXTENSIONS: &[&str] = &[".md", ".markdown", ".html", ".htm", ".xhtml", ".txt", ".gz"];

/// An article's index card.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// The article's id.
    pub id: String,
    /// The file's name without folders.
    pub file: String,
    /// The file's name without folders and extensions, percent-decoded and in lower case; `None` for a page out
    /// of an archive, whose file is named after no article.
    pub stem: Option<String>,
    /// The article's language.
    pub lang: Lang,
    /// The article's own URL in canonical form, where it has one.
    pub url: Option<String>,
    /// Other addresses that led to it, in canonical form and as given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<(String, String)>,
    /// The article's own URL as given.
    pub given_url: Option<String>,
    /// The publication date, `YYYY-MM-DD`.
    pub published: Option<String>,
    /// The sources that it cites.
    pub cites: Vec<Citation>,
}

impl Card {
    /// The card of an article.
    pub fn of(article: &Article) -> Self {
        let (path, in_archive) = match article.id.rsplit_once('#') {
            Some((path, record)) if !record.is_empty() && record.bytes().all(|b| b.is_ascii_digit()) => {
                (path, true)
            }
            _ => (article.id.as_str(), false),
        };
        let file = path.rsplit(['/', '\\']).next().unwrap_or(path);
        let stem = url::fold_slug(without_extensions(file));
        Self {
            id: article.id.clone(),
            file: file.to_owned(),
            stem: (!in_archive && !stem.is_empty()).then_some(stem),
            lang: article.lang,
            url: article.url.as_deref().and_then(url::canonical),
            aliases: article.aliases.iter().filter_map(|a| Some((url::canonical(a)?, a.clone()))).collect(),
            given_url: article.url.clone(),
            published: article.published.clone(),
            cites: article.cites.clone(),
        }
    }
}

fn without_extensions(file: &str) -> &str {
    let mut stem = file;
    while let Some(shorter) = EXTENSIONS.iter().find_map(|end| {
        let cut = stem.len().checked_sub(end.len())?;
        stem.get(cut..).filter(|tail| tail.eq_ignore_ascii_case(end))?;
        stem.get(..cut)
    }) {
        stem = shorter;
    }
    stem
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pair::tests::article;

    #[test]
    fn a_card_knows_its_file_and_its_addresses() {
        for (id, file, stem) in [
            ("pages/en/Some%2DSlug.html.md", "Some%2DSlug.html.md", Some("some-slug")),
            ("some-slug.MD", "some-slug.MD", Some("some-slug")),
            ("v1.2-is-out.md", "v1.2-is-out.md", Some("v1.2-is-out")),
            ("crawl.warc.gz#12", "crawl.warc.gz", None),
            ("c#.md", "c#.md", Some("c#")),
            (".md", ".md", None),
            ("-", "-", Some("-")),
        ] {
            let card = Card::of(&article(id, Lang::En, "", &[]));
            assert_eq!((card.file.as_str(), card.stem.as_deref()), (file, stem), "{id}");
        }
        let mut page = article("a.md", Lang::En, "", &[]);
        page.url = Some("https://www.example.com/X/?a=b".to_owned());
        let card = Card::of(&page);
        assert_eq!(card.url.as_deref(), Some("example.com/x?a=b"));
        assert_eq!(card.given_url, page.url);
    }
}
