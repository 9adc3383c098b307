//! Pages from the web: politely, safely, and so that an interruption costs nothing.
//!
//! [`crawl`] asks for addresses, those of one host one after the other, and puts what comes into a [`Store`]. What a page
//! is wanted for, whether it is kept and where it leads, a [`Reader`] decides: nothing here knows posts or citations.
//! robots.txt, the pace, retries, limits and the refusal of addresses that are not on the open web hold for every request,
//! redirects included.

mod address;
mod answer;
mod ask;
mod backoff;
mod client;
mod config;
mod crawl;
mod event;
mod failure;
mod feed;
mod frontier;
mod hosts;
mod key;
mod listing;
mod robots;
mod signs;
mod sitemap;
mod store;
mod warc;

pub use address::{Lookup, SystemLookup};
pub use answer::{Answer, Exchange};
pub use config::{Clock, Config};
pub use crawl::{Reader, Reading, Request, Tally, run as crawl};
pub use event::{Event, Unwatched, Watcher};
pub use failure::Refusal;
pub use feed::entries as feed_entries;
pub use listing::{entries as listing_entries, page as listing_page};
pub use robots::PRODUCT;
pub use signs::of_page as refusal_of_page;
pub use sitemap::{Sitemap, parse as sitemap};
pub use store::Store;
pub use warc::WarcFile;

use url::Url;

/// A page that a feed, a listing or a sitemap names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its address.
    pub url: Url,
    /// When it was published or changed, `YYYY-MM-DD`, where that is said.
    pub date: Option<String>,
}
