//! From addresses to a folder of pages that a run understands: the posts, and the originals that they cite.
//!
//! [`plan`] says what is to be asked for first, [`run`] asks for it and for what it leads to: a feed to posts, a post to
//! its originals. [`crate::fetch`] does the asking.

mod follow;
mod reader;
mod task;

pub use task::{Listing, Want, Wanted};

use super::{Progress, Settings};
use crate::error::Result;
use crate::fetch::{self, Config, Request, Store, Tally, WarcFile, Watcher};
use crate::model::PAGES_INDEX;
use follow::missing;
use reader::Articles;
use std::path::Path;
use std::sync::Arc;
use task::Task;
use url::Url;

/// What is to be asked for first, in the order in which it was wanted.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    seeds: Vec<Request<Task>>,
}

impl Plan {
    /// The addresses.
    pub fn urls(&self) -> impl Iterator<Item = &Url> {
        self.seeds.iter().map(|seed| &seed.url)
    }

    /// Of the addresses, those whose pages are not in the folder yet, or are asked for every time.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn missing_in(&self, folder: &Path, config: &Config) -> Result<Vec<&Url>> {
        if !folder.join(PAGES_INDEX).exists() {
            return Ok(self.urls().collect());
        }
        let store = Store::open(folder, &config.clock)?;
        let asks = |seed: &&Request<Task>| {
            seed.task.is_list() || config.refetch || store.settled(&seed.url).is_none()
        };
        Ok(self.seeds.iter().filter(asks).map(|seed| &seed.url).collect())
    }
}

/// Finds out what is to be asked for first; asks nobody.
///
/// # Errors
/// If pages to follow cannot be read, or the user stops it.
pub fn plan(want: &Want, settings: &Settings, progress: &dyn Progress) -> Result<Plan> {
    let list = |url: &Url, task: Task| Request { url: url.clone(), task };
    let mut seeds: Vec<Request<Task>> = Vec::new();
    seeds.extend(want.feeds.iter().map(|url| list(url, Task::Feed)));
    seeds.extend(want.listings.iter().map(|listing| list(&listing.url, Task::first_page(listing))));
    seeds.extend(want.sitemaps.iter().map(|url| list(url, Task::Sitemap { depth: 0 })));
    seeds.extend(want.urls.iter().map(|url| list(url, Task::Given)));
    if !want.follow.is_empty() {
        let urls = missing(&want.follow, &want.wanted, settings, progress)?;
        seeds.extend(urls.iter().map(|url| list(url, Task::Original)));
    }
    Ok(Plan { seeds })
}

/// Asks for what is planned and for what it leads to, and stores the pages in `folder`; what went over the wire goes into
/// `warc` as well.
///
/// # Errors
/// If the folder or the archive cannot be written, another run is at work in it, or the user stops it; what was stored
/// until then stays.
pub fn run(
    plan: Plan,
    wanted: &Wanted,
    folder: &Path,
    warc: Option<&Path>,
    config: &Config,
    settings: &Settings,
    watcher: Arc<dyn Watcher>,
) -> Result<Tally> {
    let mut store = Store::open(folder, &config.clock)?;
    let mut warc = warc.map(|path| WarcFile::open(path, (config.clock)())).transpose()?;
    let reader = Articles::new(wanted.clone(), settings.clone(), config.max_bytes);
    fetch::crawl(plan.seeds, reader, &mut store, warc.as_mut(), config, watcher)
}
