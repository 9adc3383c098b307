//! What pairing says about what it left out or decided.

use super::card::Card;
use super::citation::Cited;
use super::content::{Found, Match};
use super::{By, Config};
use crate::model::{Lang, Notice, Stage};
use std::collections::{BTreeMap, BTreeSet};

/// Collects the notices of a run.
pub(super) struct Notices<'a> {
    cards: &'a [Card],
    config: &'a Config,
    notices: Vec<Notice>,
    /// Posts whose cited original was refused, which is reason enough.
    refused: BTreeSet<usize>,
    /// Originals that hold something else than the posts say which cite them.
    unlike: BTreeSet<usize>,
    /// Originals that were left for another copy of theirs.
    copies: BTreeMap<usize, usize>,
}

impl<'a> Notices<'a> {
    pub fn new(cards: &'a [Card], config: &'a Config) -> Self {
        Self {
            cards,
            config,
            notices: Vec::new(),
            refused: BTreeSet::new(),
            unlike: BTreeSet::new(),
            copies: BTreeMap::new(),
        }
    }

    /// The notices, those of one article together, in the order of the articles' ids.
    pub fn into_inner(mut self) -> Vec<Notice> {
        self.notices.sort_by(|a, b| a.input.cmp(&b.input));
        self.notices
    }

    /// A post without a pair; `found` is what its content gave, if that was looked at.
    pub fn unpaired(&mut self, post: usize, found: Option<&Found>) {
        let cites =
            self.cards.get(post).filter(|_| self.config.by != By::Content).map(|card| card.cites.as_slice());
        let cited = cites.unwrap_or_default().iter().map(|c| c.url.as_str()).collect::<Vec<_>>().join(" ");
        let content = found.map(|found| self.content(found));
        let and = |content: Option<String>| content.map(|c| format!("; {c}")).unwrap_or_default();
        if let Some(Found::Ambiguous(_) | Found::Taken(_)) = found {
            let remedy = "if one of them is its original, give the two files as a pair";
            self.add(post, "ambiguous", content.unwrap_or_default(), remedy);
        } else if self.refused.contains(&post) {
            // Said when it was refused.
        } else if !cited.is_empty() {
            let message = format!("cites {cited}, which is not among the given originals{}", and(content));
            self.add(post, "original-not-given", message, "save that page and give it too");
        } else if let Some(content) = content {
            let remedy = "give its original too; if it is given, give the two files as a pair";
            self.add(post, "no-similar-original", content, remedy);
        } else {
            let message = "names no source that it was translated from".to_owned();
            self.add(post, "no-citation", message, "pair by content, or give the two files as a pair");
        }
    }

    /// What a post's content gave, in words.
    fn content(&self, found: &Found) -> String {
        let min = self.config.min_score;
        match found {
            Found::Nothing(None) if self.cards.iter().all(|card| card.lang == Lang::Zh) => {
                "no English article was given".to_owned()
            }
            Found::Nothing(None) => "shares no name, number or word with any given original".to_owned(),
            Found::Nothing(Some(best)) if best.score <= 0.0 => "no given original resembles it".to_owned(),
            Found::Nothing(Some(best)) | Found::Original(best) => format!(
                "the most similar given original, {}, agrees only {:.2} of {min:.2}",
                self.id(best.original),
                best.score
            ),
            Found::Ambiguous(best) => format!(
                "{} and {} are too similar to it to tell which is its original: {:.2}, and only {:.2} better",
                self.id(best.original),
                best.runner_up.map_or("", |other| self.id(other)),
                best.score,
                best.margin
            ),
            Found::Taken(best) => format!(
                "{} is the most similar original ({:.2}), but belongs to another post, and a second translation \
                 needs {:.2}",
                self.id(best.original),
                best.score,
                self.config.min_shared
            ),
        }
    }

    /// Cited originals that hold something else than the post translates.
    pub fn refused(&mut self, post: usize, refused: &[(usize, f32)]) {
        for &(original, similarity) in refused {
            self.refused.insert(post);
            self.unlike.insert(original);
            let message = format!(
                "cites the article whose place {} takes, but that page's content is another (similarity {similarity:.2})",
                self.id(original)
            );
            self.add(
                post,
                "not-the-original",
                message,
                "save the original anew, or give the two files as a pair",
            );
        }
    }

    /// A choice between originals that the post cites.
    pub fn several(&mut self, post: usize, chosen: usize, citation: usize, cited: &[Cited]) {
        let same = cited.get(citation).map_or(&[] as &[usize], |c| c.originals.as_slice());
        self.copies.extend(same.iter().filter(|&&place| place != chosen).map(|&place| (place, chosen)));
        let ids = |places: &[usize]| {
            let others = places.iter().filter(|&&place| place != chosen);
            others.map(|&place| self.id(place)).collect::<Vec<_>>().join(", ")
        };
        let same = cited.get(citation).map(|c| (ids(&c.originals), c.url.clone()));
        let further: Vec<(String, String)> = cited
            .iter()
            .enumerate()
            .filter(|&(i, _)| i != citation)
            .map(|(_, c)| (ids(&c.originals), c.url.clone()))
            .collect();
        let chosen = self.id(chosen).to_owned();
        for (others, url) in same.into_iter().filter(|(others, _)| !others.is_empty()) {
            let message =
                format!("cites {url}; of the originals given for it {chosen} is taken and {others} left");
            self.add(post, "several-originals", message, "give each original once");
        }
        for (others, url) in further {
            let message = format!("cites {url} ({others}) besides; it is paired with {chosen}");
            self.add(post, "several-citations", message, "give the two files as a pair to choose the other");
        }
    }

    /// Copies of an original that were left.
    pub fn copies(&mut self, post: usize, found: &Match) {
        if !found.copies.is_empty() {
            self.copies.extend(found.copies.iter().map(|&place| (place, found.original)));
            let copies = found.copies.iter().map(|&place| self.id(place)).collect::<Vec<_>>().join(", ");
            let message =
                format!("is paired with {}; {copies} is nearly the same text", self.id(found.original));
            self.add(post, "several-originals", message, "give each original once");
        }
    }

    /// An original without a pair.
    pub fn not_cited(&mut self, original: usize) {
        if let Some(&other) = self.copies.get(&original).filter(|_| !self.unlike.contains(&original)) {
            let message = format!("is the same article as {}, which was taken", self.id(other));
            return self.add(original, "duplicate-original", message, "give each original once");
        }
        let (reason, message) = match self.config.by {
            By::Content => ("no-similar-post", "no given post's content agrees with it enough"),
            By::Citation => ("not-cited", "no given post cites it"),
            By::Auto => ("not-cited", "no given post cites it, and none is similar enough"),
        };
        self.add(original, reason, message.to_owned(), "give the post that translates it, if there is one");
    }

    fn id(&self, place: usize) -> &'a str {
        self.cards.get(place).map_or("", |card| card.id.as_str())
    }

    fn add(&mut self, place: usize, reason: &str, message: String, remedy: &str) {
        self.notices.push(Notice {
            input: self.id(place).to_owned(),
            stage: Stage::Pair,
            reason: reason.to_owned(),
            message,
            remedy: remedy.to_owned(),
        });
    }
}
