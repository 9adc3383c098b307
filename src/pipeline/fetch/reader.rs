//! Decides what is stored of what comes, and where it leads.

use super::task::{Task, Wanted};
use crate::extract;
use crate::fetch::{self, Answer, Entry, Reader, Reading, Refusal, Request};
use crate::ingest::{self, FetchedFrom};
use crate::model::{Article, Fetched, FetchedKind, Hop, Lang};
use crate::pipeline::Settings;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use url::Url;

/// How many sitemaps of sitemaps are gone into.
const DEEPEST: u8 = 3;

/// What is said of a cited page that is no original.
const NO_ORIGINAL: &str = "the cited page is in Chinese, and no original";

const LOOK: &str = "look at the page in a browser";

/// Reads posts and originals.
pub(super) struct Articles {
    wanted: Wanted,
    settings: Settings,
    max_bytes: u64,
    /// Of listed posts that were read, by the page of the listing: how many were too old, how many not.
    ages: Mutex<HashMap<Url, Ages>>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Ages {
    old: u32,
    new: u32,
}

impl Articles {
    pub fn new(wanted: Wanted, settings: Settings, max_bytes: u64) -> Self {
        Self { wanted, settings, max_bytes, ages: Mutex::default() }
    }

    fn feed(&self, answer: &Answer) -> Result<Reading<Task>, Refusal> {
        let entries = fetch::feed_entries(&answer.body, &base(answer)?)?;
        Ok(list(self.listed(entries)))
    }

    fn sitemap(&self, answer: &Answer, depth: u8) -> Result<Reading<Task>, Refusal> {
        let sitemap = fetch::sitemap(&answer.body, &base(answer)?, self.max_bytes)?;
        let deeper = sitemap.sitemaps.into_iter().filter(|_| depth < DEEPEST);
        // An index says when its sitemaps changed last: one that is older holds nothing newer.
        let deeper = deeper.filter(|entry| self.wanted.is_late_enough(entry.date.as_deref()));
        let deeper = deeper.map(|entry| Request { url: entry.url, task: Task::Sitemap { depth: depth + 1 } });
        let mut more: Vec<Request<Task>> = deeper.collect();
        more.extend(self.listed(sitemap.pages));
        Ok(list(more))
    }

    /// A page of a listing leads to its posts, and behind them to the next page.
    fn listing(
        &self,
        answer: &Answer,
        base_url: &Url,
        number: u32,
        pages: u32,
    ) -> Result<Reading<Task>, Refusal> {
        if let Some(refusal) = fetch::refusal_of_page(answer) {
            return Err(refusal);
        }
        let page = page(answer)?;
        let entries = fetch::listing_entries(&page.text, &base(answer)?);
        if entries.is_empty() && number == 1 {
            let remedy = "check the address; `--feed` and `--sitemap` are other ways";
            return Err(Refusal::new("nothing-listed", "the listing names no posts", remedy));
        }
        let here = fetch::listing_page(base_url, number);
        let next = fetch::listing_page(base_url, number + 1);
        let go_on = number < pages && !entries.is_empty();
        let task = |listing: &Url| Task::Listed { listing: Some(listing.clone()) };
        let mut more: Vec<Request<Task>> =
            entries.into_iter().map(|entry| Request { url: entry.url, task: task(&here) }).collect();
        if go_on {
            let task = Task::Listing { base: base_url.clone(), number: number + 1, pages };
            more.push(Request { url: next, task });
        }
        Ok(list(more))
    }

    fn listed(&self, entries: Vec<Entry>) -> Vec<Request<Task>> {
        let late = entries.into_iter().filter(|entry| self.wanted.is_late_enough(entry.date.as_deref()));
        late.map(|entry| Request { url: entry.url, task: Task::Listed { listing: None } }).collect()
    }

    /// A page that should hold an article.
    fn article(&self, task: &Task, answer: &Answer) -> Result<Reading<Task>, Refusal> {
        if let Some(refusal) = fetch::refusal_of_page(answer) {
            return Err(refusal);
        }
        let page = page(answer)?;
        let article = extract::run(&page, &self.settings.extract).map_err(|e| no_article(&e))?.output;
        if *task == Task::Original && article.lang != Lang::En {
            return Err(Refusal::new("wrong-language", NO_ORIGINAL, LOOK));
        }
        let originals = self.originals(task, &article);
        if let Task::Listed { listing } = task {
            self.is_wanted(listing.as_ref(), &article, &originals)?;
        }
        Ok(Reading { verdict: Ok(FetchedKind::Page), more: originals })
    }

    /// The originals that a post cites.
    fn originals(&self, task: &Task, article: &Article) -> Vec<Request<Task>> {
        if *task == Task::Original || article.lang != Lang::Zh {
            return Vec::new();
        }
        let urls = article.cites.iter().filter_map(|cited| Url::parse(&cited.url).ok());
        let wanted = urls.filter(|url| self.wanted.is_cited(url));
        wanted.map(|url| Request { url, task: Task::Original }).collect()
    }

    /// Whether a post that a list named is one of those that are wanted.
    fn is_wanted(
        &self,
        listing: Option<&Url>,
        article: &Article,
        originals: &[Request<Task>],
    ) -> Result<(), Refusal> {
        let late = self.wanted.is_late_enough(article.published.as_deref());
        if let Some(listing) = listing {
            let mut ages = self.ages.lock().unwrap_or_else(PoisonError::into_inner);
            let ages = ages.entry(listing.clone()).or_default();
            *(if late { &mut ages.new } else { &mut ages.old }) += 1;
        }
        if !late {
            return Err(Refusal::new("too-old", self.too_old(), "give an earlier --since"));
        }
        if !self.wanted.cites.is_empty() && originals.is_empty() {
            let message = self.cites_others();
            return Err(Refusal::new(
                "cites-others",
                message,
                "leave out --cites if it is wanted all the same",
            ));
        }
        Ok(())
    }

    fn too_old(&self) -> String {
        self.wanted.since.map(|since| format!("the post is older than {since}")).unwrap_or_default()
    }

    fn cites_others(&self) -> String {
        format!("the post cites nothing on {}", self.wanted.cites.join(", "))
    }

    /// Whether all posts of the page before were too old: then so are those of the next.
    fn is_past(&self, base_url: &Url, number: u32) -> bool {
        let before = fetch::listing_page(base_url, number.saturating_sub(1));
        let ages = self.ages.lock().unwrap_or_else(PoisonError::into_inner);
        number > 1 && ages.get(&before).is_some_and(|ages| ages.new == 0 && ages.old > 0)
    }
}

impl Reader for Articles {
    type Task = Task;

    fn read(&self, task: &Task, answer: &Answer) -> Reading<Task> {
        let reading = match task {
            Task::Feed => self.feed(answer),
            Task::Sitemap { depth } => self.sitemap(answer, *depth),
            Task::Listing { base, number, pages } => self.listing(answer, base, *number, *pages),
            Task::Given | Task::Listed { .. } | Task::Original => self.article(task, answer),
        };
        reading.unwrap_or_else(|refusal| Reading { verdict: Err(refusal), more: Vec::new() })
    }

    fn must_be_new(&self, task: &Task) -> bool {
        task.is_list()
    }

    fn leads_on(&self, task: &Task) -> bool {
        *task != Task::Original
    }

    /// What was left out by other wishes, or asked for as something else, may be wanted now.
    fn still_refuses(&self, task: &Task, reason: &str, message: &str) -> bool {
        let is_listed = matches!(task, Task::Listed { .. });
        match reason {
            "too-old" => is_listed && message == self.too_old(),
            "cites-others" => is_listed && message == self.cites_others(),
            "wrong-language" => *task == Task::Original || message != NO_ORIGINAL,
            _ => true,
        }
    }

    fn is_moot(&self, task: &Task) -> bool {
        matches!(task, Task::Listing { base, number, .. } if self.is_past(base, *number))
    }
}

fn list(more: Vec<Request<Task>>) -> Reading<Task> {
    Reading { verdict: Ok(FetchedKind::List), more }
}

fn base(answer: &Answer) -> Result<Url, Refusal> {
    Url::parse(&answer.final_url).map_err(|e| Refusal::new("bad-address", e.to_string(), LOOK))
}

/// The page in an answer.
fn page(answer: &Answer) -> Result<crate::model::Page, Refusal> {
    let media = answer.media_type();
    let is_text = media.is_empty() || media.starts_with("text/") || media == "application/xhtml+xml";
    if !is_text {
        let message = format!("the address leads to {media}, which is no page");
        return Err(Refusal::new("not-a-page", message, "save what it says as a page by other means"));
    }
    let record = Fetched {
        asked: answer.asked.clone(),
        final_url: answer.final_url.clone(),
        hops: answer.hops.iter().map(|hop| Hop { ..hop.clone() }).collect(),
        headers: answer.headers.clone(),
        ..Fetched::default()
    };
    let name = match media.as_str() {
        "text/markdown" | "text/x-markdown" => "page.md",
        "text/plain" => "page.txt",
        _ => "page.html",
    };
    ingest::fetched(&answer.body, name, &FetchedFrom::of(&record))
        .map_err(|notice| Refusal::new("not-a-page", format!("the page {}", notice.message), LOOK))
}

/// The reasons of extraction, in the words of fetching.
fn no_article(error: &crate::error::Error) -> Refusal {
    let message = error.message().to_owned();
    let save = "open the page in a browser and save it: `duizhao run` reads saved pages";
    match error.reason() {
        Some("blocked-page") => Refusal::new("challenge", message, save),
        Some("deleted-by-publisher") => {
            Refusal::new("deleted-by-publisher", message, "look for another copy")
        }
        Some("no-chinese-or-english") => Refusal::new("wrong-language", message, LOOK),
        _ => Refusal::new("no-article", message, save),
    }
}
