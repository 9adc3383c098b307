//! By citation: which of the given originals a post names.

use super::card::Card;
use crate::model::Evidence;
use crate::text::url;
use std::collections::HashMap;

/// Where the given originals can be found: by their own URL, or, if they have none, by their file's name.
#[derive(Debug, Default)]
pub(super) struct Directory<'a> {
    by_url: HashMap<&'a str, Vec<usize>>,
    /// By the addresses that redirected to them when they were fetched.
    by_alias: HashMap<&'a str, Vec<usize>>,
    /// By their URL without its query, with that query.
    by_path: HashMap<&'a str, Vec<(&'a str, usize)>>,
    by_stem: HashMap<&'a str, Vec<usize>>,
}

/// Why a post and the original that it cites as `url` are a pair: the address is the original's own, or led to it.
pub(super) fn evidence(url: &str, original: &Card) -> Evidence {
    let canonical = url::canonical(url);
    let is_own = original.url == canonical;
    let at = original.aliases.iter().position(|(alias, _)| Some(alias) == canonical.as_ref());
    let url = url.to_owned();
    match at {
        Some(at) if !is_own => {
            let behind = original.aliases.iter().skip(at + 1).map(|(_, given)| given);
            let mut hops: Vec<String> = behind.chain(&original.given_url).cloned().collect();
            hops.dedup();
            Evidence::Redirected { url, hops }
        }
        _ => Evidence::Citation { url },
    }
}

/// The originals that one citation may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cited {
    /// The URL as the post gives it.
    pub url: String,
    /// The originals' places among the cards: those with that very URL first, then those that it led to when they were
    /// fetched, then those with that URL but for a query that only one of both has (how a reader came there, for all we know),
    /// then those whose file is named by its slug, each by id. Never empty.
    pub originals: Vec<usize>,
}

impl<'a> Directory<'a> {
    /// Notes down the originals at the given places, which must be in the order of their ids.
    pub fn of(cards: &'a [Card], originals: &[usize]) -> Self {
        let mut directory = Self::default();
        for &place in originals {
            let Some(card) = cards.get(place) else { continue };
            for (alias, _) in card.aliases.iter().filter(|(alias, _)| Some(alias) != card.url.as_ref()) {
                let places = directory.by_alias.entry(alias).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
            if let Some(url) = &card.url {
                directory.by_url.entry(url).or_default().push(place);
                let (path, query) = url::cut(url);
                directory.by_path.entry(path).or_default().push((query, place));
            } else if let Some(stem) = &card.stem {
                directory.by_stem.entry(stem).or_default().push(place);
            }
        }
        directory
    }

    /// The citations of `post` for which originals are given, in the post's order, an original only where it is
    /// named first.
    pub fn look_up(&self, post: &Card) -> Vec<Cited> {
        let mut seen = Vec::new();
        let mut found = Vec::new();
        for citation in &post.cites {
            let canonical = url::canonical(&citation.url);
            let slug = url::slug(&citation.url);
            let of = |map: &'_ HashMap<&str, Vec<usize>>| map.get(canonical.as_deref()?).cloned();
            let (by_url, by_alias) = (of(&self.by_url), of(&self.by_alias));
            let by_path = canonical.as_deref().map(|url| self.without_query(url)).unwrap_or_default();
            let by_stem = slug.and_then(|slug| self.by_stem.get(slug.as_str()).cloned());
            let places = by_url.into_iter().chain(by_alias).chain([by_path]).chain(by_stem).flatten();
            let mut originals: Vec<usize> = Vec::new();
            for place in places {
                if !seen.contains(&place) && !originals.contains(&place) {
                    originals.push(place);
                }
            }
            seen.extend(&originals);
            if !originals.is_empty() {
                found.push(Cited { url: citation.url.clone(), originals });
            }
        }
        found
    }

    fn without_query(&self, url: &str) -> Vec<usize> {
        let (path, query) = url::cut(url);
        let there = self.by_path.get(path).into_iter().flatten();
        let fits = |own: &str| own != query && (own.is_empty() || query.is_empty());
        there.filter(|(own, _)| fits(own)).map(|&(_, place)| place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::pair::tests::{card, citing};

    #[test]
    fn own_addresses_come_before_file_names_and_both_in_id_order() {
        let cards = [
            card("a/lamp-attack.md", Lang::En, None),
            card("b/Lamp%2Dattack.html", Lang::En, None),
            card("c/page-7.md", Lang::En, Some("http://example.com/news/lamp-attack/?x=1")),
            card("d/lamp-attack.md", Lang::En, Some("https://example.com/other/lamp-attack")),
            card("e.warc#3", Lang::En, Some("https://www.example.com/news/Lamp-Attack")),
        ];
        let directory = Directory::of(&cards, &[0, 1, 2, 3, 4]);
        let post = citing("p", &["https://www.example.com/news/lamp-attack/"]);
        assert_eq!(directory.look_up(&post).first().map(|c| c.originals.clone()), Some(vec![4, 2, 0, 1]));
        let other_site = citing("p", &["https://elsewhere.example/lamp-attack.html"]);
        assert_eq!(directory.look_up(&other_site).first().map(|c| c.originals.clone()), Some(vec![0, 1]));
    }

    #[test]
    fn a_query_that_tells_pages_apart_is_part_of_the_address() {
        let cards = [
            card("a.html", Lang::En, Some("https://example.com/story.php?id=1")),
            card("b.html", Lang::En, Some("https://example.com/story.php?id=2")),
            card("c.html", Lang::En, Some("https://example.com/plain")),
        ];
        let directory = Directory::of(&cards, &[0, 1, 2]);
        let found = |url: &str| directory.look_up(&citing("p", &[url])).first().map(|c| c.originals.clone());
        assert_eq!(found("https://example.com/story.php?id=2&utm_source=x"), Some(vec![1]));
        assert_eq!(found("https://example.com/story.php?id=3"), None);
        assert_eq!(found("https://example.com/plain?reader=7"), Some(vec![2]));
    }

    #[test]
    fn citations_of_what_is_not_given_are_passed_over() {
        let cards =
            [card("lamp-attack.md", Lang::En, None), card("e", Lang::En, Some("https://example.com/"))];
        let directory = Directory::of(&cards, &[0, 1]);
        let urls =
            ["", "见下文", "https://example.com/kite", "https://example.com/lamp-attack/", "example.com"];
        let found = directory.look_up(&citing("p", &urls));
        let found: Vec<_> = found.iter().map(|c| (c.url.as_str(), c.originals.as_slice())).collect();
        assert_eq!(found, [("https://example.com/lamp-attack/", &[0][..]), ("example.com", &[1][..])]);
        assert_eq!(directory.look_up(&citing("p", &[])), []);
    }

    #[test]
    fn an_address_that_redirects_to_an_original_names_it() {
        let mut page = crate::pair::tests::article("3f.html", Lang::En, "", &[]);
        page.url = Some("https://example.com/news/new".to_owned());
        let [old, between] =
            ["https://www.example.com/news/old/", "https://example.com/moved"].map(str::to_owned);
        page.aliases = vec![old.clone(), between.clone()];
        let cards = [Card::of(&page), card("a.html", Lang::En, Some("https://example.com/news/new"))];
        let directory = Directory::of(&cards, &[1, 0]);
        let found = |url: &str| directory.look_up(&citing("p", &[url])).first().map(|c| c.originals.clone());
        assert_eq!(found("http://example.com/news/old"), Some(vec![0]));
        assert_eq!(found("https://example.com/news/new"), Some(vec![1, 0]));
        let hops = vec![between, "https://example.com/news/new".to_owned()];
        assert_eq!(evidence(&old, &cards[0]), Evidence::Redirected { url: old.clone(), hops });
        let own = "https://example.com/news/new/".to_owned();
        assert_eq!(evidence(&own, &cards[0]), Evidence::Citation { url: own.clone() });
    }
}
