//! What formats with room for properties say of where texts come from, under the same names in all of them.

use crate::model::{Bitext, Lang, UNKNOWN};

/// What is known of one side's page: names and values, none of them empty.
pub(super) fn of_side(bitext: &Bitext, lang: Lang) -> Vec<(&'static str, &str)> {
    let article = &bitext.pair.documents.get(lang).article;
    let address = if lang == Lang::Zh { article.url.as_deref() } else { Some(bitext.pair.en_url.as_str()) };
    let known = [
        ("source-document", address),
        (if lang == Lang::Zh { "translator" } else { "author" }, article.author.as_deref()),
        ("published", article.published.as_deref()),
        ("retrieved", article.provenance.retrieved.as_deref()),
        ("tdm", article.provenance.tdm.as_ref().map(|tdm| tdm.statement.as_str())),
    ];
    known.into_iter().filter_map(|(name, value)| Some((name, value.filter(|v| !v.is_empty())?))).collect()
}

/// Under which licence a pair's texts may be used.
pub(super) fn licence(bitext: &Bitext) -> &str {
    bitext.pair.licence.as_deref().unwrap_or(UNKNOWN)
}
