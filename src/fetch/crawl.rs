//! Many addresses: those of one host one after the other, many hosts side by side.

use super::answer::Answer;
use super::ask::{Asked, Asker, Outcome};
use super::config::Config;
use super::event::{Event, Watcher};
use super::failure::{HOST_LEFT, Refusal};
use super::frontier::Frontier;
use super::hosts::host_of;
use super::store::Store;
use super::warc::WarcFile;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Fetched, FetchedKind};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;
use tokio::task::JoinSet;
use url::Url;

/// How often the user is asked whether to stop.
const TICK: Duration = Duration::from_millis(100);

/// An address to ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request<T> {
    /// The address.
    pub url: Url,
    /// What it is wanted for; the reader's own.
    pub task: T,
}

/// What a reader makes of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading<T> {
    /// Store it as this, or why not.
    pub verdict: std::result::Result<FetchedKind, Refusal>,
    /// What it leads to.
    pub more: Vec<Request<T>>,
}

/// Knows what pages are wanted for: decides what is stored and where to go on.
pub trait Reader: Send + Sync + 'static {
    /// What an address is wanted for.
    type Task: Clone + Send + Sync + 'static;

    /// Reads a page that has just come, or that was stored earlier.
    fn read(&self, task: &Self::Task, answer: &Answer) -> Reading<Self::Task>;

    /// Whether a page that is there already must be asked for again.
    fn must_be_new(&self, task: &Self::Task) -> bool;

    /// Whether a page that is there already has to be read, to go on from it.
    fn leads_on(&self, task: &Self::Task) -> bool;

    /// Whether an address that was refused for good earlier still is.
    fn still_refuses(&self, task: &Self::Task, reason: &str, message: &str) -> bool {
        let _ = (task, reason, message);
        true
    }

    /// Whether what has been read since makes it needless to ask.
    fn is_moot(&self, task: &Self::Task) -> bool {
        let _ = task;
        false
    }
}

/// What a run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Pages that were stored.
    pub stored: u64,
    /// Pages that were there already or had not changed.
    pub known: u64,
    /// Feeds, listings and sitemaps that were read.
    pub lists: u64,
    /// Addresses without a page, by reason.
    pub refused: BTreeMap<String, u64>,
    /// What can be done, by reason.
    pub remedies: BTreeMap<String, &'static str>,
}

/// Asks for `seeds` and for whatever they lead to.
///
/// # Errors
/// If the store or the archive cannot be written, or the user stops it; what was stored until then is kept.
pub fn run<R: Reader>(
    seeds: Vec<Request<R::Task>>,
    reader: R,
    store: &mut Store,
    warc: Option<&mut WarcFile>,
    config: &Config,
    watcher: Arc<dyn Watcher>,
) -> Result<Tally> {
    let fail = |e| Error::new(ErrorKind::Io, "cannot start the network's threads").caused_by(e);
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(4);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .enable_io()
        .enable_time()
        .build()
        .map_err(fail)?;
    let asker = Arc::new(Asker::new(config, Arc::clone(&watcher))?);
    let crawl = Crawl {
        asker,
        reader: Arc::new(reader),
        store,
        warc,
        config,
        watcher,
        frontier: Frontier::default(),
        tally: Tally::default(),
        running: JoinSet::new(),
    };
    let done = runtime.block_on(crawl.run(seeds));
    // A name that is being resolved holds nobody up.
    runtime.shutdown_background();
    done
}

struct Crawl<'c, R: Reader> {
    asker: Arc<Asker>,
    reader: Arc<R>,
    store: &'c mut Store,
    warc: Option<&'c mut WarcFile>,
    config: &'c Config,
    watcher: Arc<dyn Watcher>,
    frontier: Frontier<Request<R::Task>>,
    tally: Tally,
    running: JoinSet<Finished<R::Task>>,
}

/// What a request came to.
struct Finished<T> {
    host: String,
    request: Request<T>,
    came: Came<T>,
}

enum Came<T> {
    /// It was asked for; the reading is there if a page came.
    Asked(Asked, Option<Reading<T>>),
    /// It was read from the store.
    Known(Reading<T>),
    /// It was refused for good earlier.
    Refused(Arc<Fetched>),
    /// The store could not be read.
    Failed(Error),
}

impl<R: Reader> Crawl<'_, R> {
    async fn run(mut self, seeds: Vec<Request<R::Task>>) -> Result<Tally> {
        self.enqueue(seeds);
        let mut tick = tokio::time::interval(TICK);
        loop {
            while self.running.len() < self.config.hosts {
                let Some((host, request)) = self.frontier.next() else { break };
                if self.reader.is_moot(&request.task) {
                    self.watcher.event(&Event::Moot { host: &host, url: request.url.as_str() });
                    self.frontier.done(&host);
                    continue;
                }
                self.start(host, request);
            }
            if self.running.is_empty() {
                return Ok(self.tally);
            }
            tokio::select! {
                Some(finished) = self.running.join_next() => {
                    let finished = finished.map_err(|e| Error::new(ErrorKind::Io, "a request broke down").caused_by(e))?;
                    self.settle(finished)?;
                }
                _ = tick.tick() => if self.watcher.cancelled() {
                    let message = "stopped; what was fetched is kept, and the same command goes on from there";
                    return Err(Error::new(ErrorKind::Interrupted, message));
                },
            }
        }
    }

    /// Puts addresses in line, each page once.
    fn enqueue(&mut self, requests: Vec<Request<R::Task>>) {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for request in requests {
            let host = host_of(&request.url);
            if self.frontier.add(&host, super::key::of(&request.url), request) {
                *counts.entry(host).or_default() += 1;
            }
        }
        for (host, &count) in &counts {
            self.watcher.event(&Event::Queued { host, count });
        }
    }

    /// Sends a request on its way, unless its page is there.
    fn start(&mut self, host: String, request: Request<R::Task>) {
        let fresh = self.config.refetch || self.reader.must_be_new(&request.task);
        let known = self.store.get(&request.url);
        let settled = if fresh { None } else { self.store.settled(&request.url) };
        let said = |text: &Option<String>| text.clone().unwrap_or_default();
        let settled = settled.filter(|record| {
            let (reason, message) = (said(&record.reason), said(&record.message));
            record.file.is_some() || self.reader.still_refuses(&request.task, &reason, &message)
        });
        let (asker, reader) = (Arc::clone(&self.asker), Arc::clone(&self.reader));
        let path = known.as_ref().and_then(|known| self.store.path(known));
        self.running.spawn(async move {
            let stored = |record: &Fetched| -> Result<Answer> {
                let path = path.as_ref().ok_or_else(|| Error::new(ErrorKind::Io, "a stored page is gone"))?;
                let body = std::fs::read(path).map_err(|e| Error::read(path, e))?;
                Ok(Answer::stored(record, body))
            };
            let again = |record: &Fetched| match stored(record) {
                Ok(answer) => Came::Known(reader.read(&request.task, &answer)),
                Err(error) => Came::Failed(error),
            };
            let came = match (settled, known) {
                (Some(record), _) if record.file.is_some() && reader.leads_on(&request.task) => {
                    again(&record)
                }
                (Some(record), _) if record.file.is_none() => Came::Refused(record),
                (Some(_), _) => Came::Known(Reading { verdict: Ok(FetchedKind::Page), more: Vec::new() }),
                (None, known) => {
                    let asked = asker.ask(&request.url, known.as_deref()).await;
                    let reading = match (&asked.outcome, &known) {
                        (Outcome::Answer(answer), _) => Some(reader.read(&request.task, answer)),
                        (Outcome::Unchanged, Some(record)) => {
                            stored(record).ok().map(|answer| reader.read(&request.task, &answer))
                        }
                        _ => None,
                    };
                    Came::Asked(asked, reading)
                }
            };
            Finished { host, request, came }
        });
    }

    /// Writes down what came, and puts in line what it leads to.
    fn settle(&mut self, finished: Finished<R::Task>) -> Result<()> {
        let Finished { host, request, came } = finished;
        match came {
            Came::Failed(error) => return Err(error),
            Came::Refused(record) => self.refused_before(&host, &record),
            Came::Known(reading) => {
                self.tally.known += 1;
                self.watcher.event(&Event::Known { host: &host, url: request.url.as_str() });
                self.enqueue(reading.more);
            }
            Came::Asked(asked, reading) => {
                if let Some(warc) = &mut self.warc {
                    warc.add(&asked.exchanges, (self.config.clock)())?;
                }
                let more = self.asked(&host, &request, asked, reading)?;
                self.enqueue(more);
            }
        }
        self.frontier.done(&host);
        Ok(())
    }

    fn asked(
        &mut self,
        host: &str,
        request: &Request<R::Task>,
        asked: Asked,
        reading: Option<Reading<R::Task>>,
    ) -> Result<Vec<Request<R::Task>>> {
        let status = asked.status;
        let nothing = |hops| Answer {
            asked: request.url.to_string(),
            final_url: asked.last.to_string(),
            hops,
            status: status.unwrap_or_default(),
            headers: BTreeMap::new(),
            body: Vec::new(),
        };
        let more = match (asked.outcome, reading) {
            (Outcome::Refused(refusal), _) => {
                self.refuse(host, &nothing(asked.hops), status, &refusal)?;
                Vec::new()
            }
            (Outcome::Unchanged, reading) => {
                if let Some(known) = self.store.get(&request.url) {
                    self.store.renew(&known)?;
                }
                self.tally.known += 1;
                self.watcher.event(&Event::Known { host, url: request.url.as_str() });
                reading.map(|reading| reading.more).unwrap_or_default()
            }
            (Outcome::Answer(answer), Some(reading)) => {
                match &reading.verdict {
                    Ok(kind) => self.keep(host, &answer, *kind)?,
                    Err(refusal) => self.refuse(host, &answer, status, refusal)?,
                }
                reading.more
            }
            (Outcome::Answer(_), None) => Vec::new(),
        };
        Ok(more)
    }

    fn keep(&mut self, host: &str, answer: &Answer, kind: FetchedKind) -> Result<()> {
        let record = self.store.keep(answer, kind)?;
        match kind {
            FetchedKind::Page => self.tally.stored += 1,
            FetchedKind::List => self.tally.lists += 1,
        }
        self.watcher.event(&Event::Stored {
            host,
            url: &answer.asked,
            final_url: &answer.final_url,
            file: record.file.as_deref().unwrap_or_default(),
            bytes: record.bytes.unwrap_or_default(),
        });
        Ok(())
    }

    fn refuse(&mut self, host: &str, answer: &Answer, status: Option<u16>, refusal: &Refusal) -> Result<()> {
        // What was not even asked for is not written down.
        if refusal.reason != HOST_LEFT {
            self.store.refuse(answer, status, refusal)?;
        }
        self.count_refused(host, &answer.asked, refusal.reason, &refusal.message, refusal.remedy);
        Ok(())
    }

    /// Counts an address that was refused for good earlier.
    fn refused_before(&mut self, host: &str, record: &Fetched) {
        let reason = record.reason.as_deref().unwrap_or_default();
        let message = record.message.as_deref().unwrap_or_default();
        self.count_refused(
            host,
            &record.asked,
            reason,
            message,
            "that was found earlier; --refetch asks again",
        );
    }

    fn count_refused(&mut self, host: &str, url: &str, reason: &str, message: &str, remedy: &'static str) {
        *self.tally.refused.entry(reason.to_owned()).or_default() += 1;
        self.tally.remedies.entry(reason.to_owned()).or_insert(remedy);
        self.watcher.event(&Event::Refused { host, url, reason, message, remedy });
    }
}
