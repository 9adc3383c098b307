//! Posts on disk whose originals are not there yet.

use super::task::Wanted;
use crate::error::Result;
use crate::ingest;
use crate::model::Lang;
use crate::pair::Card;
use crate::pipeline::{Progress, Settings, read_each};
use crate::text::url as address;
use std::collections::HashSet;
use std::path::PathBuf;
use url::Url;

/// The originals that posts among `inputs` cite and that are not among them, in the posts' order.
pub(super) fn missing(
    inputs: &[PathBuf],
    wanted: &Wanted,
    settings: &Settings,
    progress: &dyn Progress,
) -> Result<Vec<Url>> {
    let listed = ingest::list(inputs, &settings.ingest)?;
    let mut cards: Vec<Card> = Vec::new();
    progress.begin("reading", Some(listed.output.len() as u64));
    let card = |reading: crate::pipeline::Reading| reading.ok().map(|read| Card::of(&read.document.article));
    read_each(&listed.output, settings, progress, card, |card| {
        cards.extend(card);
        Ok(())
    })?;
    progress.end();
    let originals = || cards.iter().filter(|card| card.lang == Lang::En);
    let aliases = |card: &Card| card.aliases.iter().map(|(alias, _)| alias.clone()).collect::<Vec<_>>();
    let urls: HashSet<String> =
        originals().flat_map(|card| card.url.clone().into_iter().chain(aliases(card))).collect();
    let stems: HashSet<&str> =
        originals().filter(|card| card.url.is_none()).filter_map(|card| card.stem.as_deref()).collect();
    let is_there = |url: &str| {
        address::canonical(url).is_some_and(|canonical| urls.contains(&canonical))
            || address::slug(url).is_some_and(|slug| stems.contains(slug.as_str()))
    };
    let cited = cards.iter().filter(|card| card.lang == Lang::Zh).flat_map(|card| &card.cites);
    let missing = cited.filter(|cited| !is_there(&cited.url)).filter_map(|cited| Url::parse(&cited.url).ok());
    Ok(missing.filter(|url| wanted.is_cited(url)).collect())
}
