//! What pages are wanted, and what each is asked for.

use jiff::civil::Date;
use std::path::PathBuf;
use url::Url;

/// Where to begin.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Want {
    /// Pages.
    pub urls: Vec<Url>,
    /// RSS and Atom feeds.
    pub feeds: Vec<Url>,
    /// Listings of posts.
    pub listings: Vec<Listing>,
    /// Sitemaps.
    pub sitemaps: Vec<Url>,
    /// Files and folders with posts whose originals are wanted.
    pub follow: Vec<PathBuf>,
    /// Which of the pages found are wanted.
    pub wanted: Wanted,
}

/// A listing and how many of its pages to read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// Its first page.
    pub url: Url,
    /// How many pages to read at most.
    pub pages: u32,
}

/// Which of the pages found are wanted; what the user names itself always is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Posts that cite one of these domains, or a subdomain; empty: all.
    pub cites: Vec<String>,
    /// Posts of this day and later.
    pub since: Option<Date>,
}

impl Wanted {
    /// Whether an address is on one of the domains.
    pub fn is_cited(&self, url: &Url) -> bool {
        let host = url.host_str().unwrap_or_default();
        let is_on = |domain: &String| {
            host == domain || host.strip_suffix(domain.as_str()).is_some_and(|h| h.ends_with('.'))
        };
        self.cites.is_empty() || self.cites.iter().any(is_on)
    }

    /// Whether a date, `YYYY-MM-DD`, is late enough; what has none is.
    pub fn is_late_enough(&self, date: Option<&str>) -> bool {
        let parsed = date.and_then(|date| date.parse::<Date>().ok());
        self.since.zip(parsed).is_none_or(|(since, date)| date >= since)
    }
}

/// What an address is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Task {
    /// A feed of posts.
    Feed,
    /// A page of a listing.
    Listing {
        /// The listing's first page.
        base: Url,
        /// The page's number, from 1.
        number: u32,
        /// How many pages to read at most.
        pages: u32,
    },
    /// A sitemap, so many indexes deep.
    Sitemap {
        /// How deep.
        depth: u8,
    },
    /// A page that the user named.
    Given,
    /// A page that a list named.
    Listed {
        /// The page of a listing that did.
        listing: Option<Url>,
    },
    /// An original that a post cites.
    Original,
}

impl Task {
    /// The first page of a listing.
    pub fn first_page(listing: &Listing) -> Self {
        Self::Listing { base: listing.url.clone(), number: 1, pages: listing.pages }
    }

    /// Whether it is a list of pages.
    pub fn is_list(&self) -> bool {
        matches!(self, Self::Feed | Self::Listing { .. } | Self::Sitemap { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_hold_for_their_subdomains_and_dates_for_what_has_one() {
        let wanted = Wanted { cites: vec!["a.example".to_owned()], since: "2031-02-03".parse().ok() };
        let is_cited = |url| wanted.is_cited(&Url::parse(url).unwrap());
        assert!(is_cited("https://www.a.example/x") && is_cited("http://a.example:8080"));
        assert!(!is_cited("https://ba.example/") && !is_cited("https://a.example.b/"));
        assert!(Wanted::default().is_cited(&Url::parse("http://x/").unwrap()));
        let late = |date| wanted.is_late_enough(date);
        assert!(late(None) && late(Some("2031-02-03")) && late(Some("soon")) && !late(Some("2031-02-02")));
    }
}
