//! One address asked for as a good guest does it: robots.txt first, at the host's pace, again after a failure, along
//! redirects.

use super::answer::{Answer, Exchange};
use super::backoff::{retry_after, waits};
use super::client::{Client, Failed, Validators, too_large};
use super::config::Config;
use super::event::{Event, Watcher};
use super::failure::{CUT_OFF, HOST_LEFT, ROBOTS_FORBID, ROBOTS_UNREACHABLE, Refusal, TRY_LATER};
use super::hosts::{Gate, Hosts, host_of};
use super::robots::{LIFETIME, MOST_HOPS, Rules};
use super::signs;
use crate::error::Result;
use crate::model::{Fetched, Hop};
use crate::text::packed::{self, Undecodable};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// Reasons that hold for every page of a host.
const OF_HOST: [&str; 3] = ["not-public", "unknown-host", "certificate"];

/// What came of asking.
#[derive(Debug)]
pub(super) struct Asked {
    pub outcome: Outcome,
    /// The redirects that were followed.
    pub hops: Vec<Hop>,
    /// The address that was asked last.
    pub last: Url,
    /// The last status, where there was an answer.
    pub status: Option<u16>,
    /// Every request and answer on the way.
    pub exchanges: Vec<Exchange>,
}

#[derive(Debug)]
pub(super) enum Outcome {
    Answer(Box<Answer>),
    /// It is as it was when it was stored.
    Unchanged,
    Refused(Refusal),
}

/// Asks for addresses; shared by all that ask at the same time.
pub(super) struct Asker {
    client: Client,
    config: Config,
    hosts: Hosts,
    watcher: Arc<dyn Watcher>,
}

impl Asker {
    pub fn new(config: &Config, watcher: Arc<dyn Watcher>) -> Result<Self> {
        let client = Client::new(config)?;
        Ok(Self { client, config: config.clone(), hosts: Hosts::default(), watcher })
    }

    /// Asks for `url`; `known` is what was stored of it.
    pub async fn ask(&self, url: &Url, known: Option<&Fetched>) -> Asked {
        let mut asked = Asked {
            outcome: Outcome::Unchanged,
            hops: Vec::new(),
            last: url.clone(),
            status: None,
            exchanges: Vec::new(),
        };
        asked.outcome = match self.follow(&mut asked, url.as_str(), known).await {
            Ok(outcome) => outcome,
            Err(refusal) => Outcome::Refused(refusal),
        };
        asked
    }

    /// Follows redirects until something else comes.
    async fn follow(
        &self,
        asked: &mut Asked,
        first: &str,
        known: Option<&Fetched>,
    ) -> std::result::Result<Outcome, Refusal> {
        loop {
            self.client.check(&asked.last)?;
            self.permitted(&asked.last).await?;
            let validators = known.map(|k| validators(k, &asked.last)).unwrap_or_default();
            let exchange = self.insist(&asked.last, &validators).await?;
            asked.status = Some(exchange.status);
            let next = redirect(&exchange);
            let outcome = match next {
                None => Some(self.judge(first, &asked.hops, &exchange, validators != Validators::default())),
                Some(_) => None,
            };
            asked.exchanges.push(exchange);
            match (outcome, next) {
                (Some(outcome), _) => return outcome,
                (None, Some(next)) => step(asked, next?, self.config.redirects)?,
                (None, None) => {}
            }
        }
    }

    /// What an answer that is no redirect amounts to.
    fn judge(
        &self,
        first: &str,
        hops: &[Hop],
        exchange: &Exchange,
        conditional: bool,
    ) -> std::result::Result<Outcome, Refusal> {
        if exchange.status == 304 && conditional {
            return Ok(Outcome::Unchanged);
        }
        let body = self.unpacked(exchange);
        if let Some(refusal) = signs::of_status(exchange, body.as_deref().unwrap_or_default()) {
            return Err(refusal);
        }
        Ok(Outcome::Answer(Box::new(Answer::new(first, hops.to_vec(), exchange, body?))))
    }

    fn unpacked(&self, exchange: &Exchange) -> std::result::Result<Vec<u8>, Refusal> {
        let encodings = exchange.header("content-encoding").unwrap_or_default();
        packed::decode(encodings, &exchange.body, self.config.max_bytes).map_err(|why| match why {
            Undecodable::TooLong => too_large(self.config.max_bytes),
            Undecodable::Damaged(what) => {
                Refusal::new(CUT_OFF, format!("the answer cannot be unpacked: {what}"), TRY_LATER)
            }
            Undecodable::Unknown(name) => {
                let message = format!("the answer is packed as {name}, which was not asked for");
                Refusal::new("unknown-encoding", message, "save the page by other means")
            }
        })
    }

    /// Asks one address until there is an answer that says something, or patience ends.
    async fn insist(&self, url: &Url, validators: &Validators) -> std::result::Result<Exchange, Refusal> {
        let name = host_of(url);
        let host = self.hosts.get(&name);
        let mut waits = waits(self.config.backoff, self.config.patience / 2, self.config.seed, url.as_str());
        let mut attempt = 1;
        loop {
            let mut gate = host.gate.lock().await;
            if let Some(why) = &gate.left {
                return Err(left(&name, why));
            }
            if let Some(time) = gate.not_before {
                tokio::time::sleep_until(time).await;
            }
            self.watcher.event(&Event::Asking { host: &name, url: url.as_str(), attempt });
            let got = self.client.get(url, validators).await;
            // Counted from the answer's end, no server ever sees two requests closer than that.
            gate.not_before =
                Some(Instant::now() + gate.crawl_delay.unwrap_or_default().max(self.config.pace));
            let trouble = match got {
                Ok(exchange) => match trouble(&exchange) {
                    None => {
                        self.note_answer(&mut gate, &name, &exchange);
                        return Ok(exchange);
                    }
                    Some(failed) => {
                        let asked = retry_after(&exchange, (self.config.clock)());
                        Trouble { failed, asked, answer: Some(exchange) }
                    }
                },
                Err(failed) => Trouble { failed, asked: None, answer: None },
            };
            let wait = trouble.asked.or_else(|| waits.next()).unwrap_or_default();
            let again = trouble.failed.retry && attempt < self.config.attempts;
            self.note_failure(&mut gate, &name, &trouble, wait, again);
            if !again || gate.left.is_some() {
                return trouble.answer.filter(|_| gate.left.is_none()).ok_or(trouble.failed.refusal);
            }
            attempt += 1;
        }
    }

    /// A good answer makes up for failures; a challenge is none.
    fn note_answer(&self, gate: &mut Gate, name: &str, exchange: &Exchange) {
        if !matches!(exchange.status, 403 | 429 | 503) {
            gate.failures = 0;
            return;
        }
        gate.failures += 1;
        if gate.failures >= self.config.host_failures {
            self.leave(gate, name, format!("it refused {} requests in a row", gate.failures));
        }
    }

    /// Notes a failure: how long the host is left in peace, and whether for good.
    fn note_failure(&self, gate: &mut Gate, name: &str, trouble: &Trouble, wait: Duration, again: bool) {
        let Refusal { reason, message, .. } = &trouble.failed.refusal;
        if OF_HOST.contains(reason) {
            return self.leave(gate, name, message.clone());
        }
        // A page that is too long is no fault of the host's.
        if !trouble.failed.retry {
            return;
        }
        gate.failures += 1;
        if gate.failures >= self.config.host_failures {
            let why = format!("{} requests failed in a row, the last because {message}", gate.failures);
            self.leave(gate, name, why);
        } else if wait > self.config.patience {
            self.leave(gate, name, format!("it asks for {} seconds of peace", wait.as_secs()));
        } else if again || trouble.asked.is_some() {
            gate.not_before = gate.not_before.max(Some(Instant::now() + wait));
            let seconds = wait.as_secs_f64();
            self.watcher.event(&Event::Waiting { host: name, seconds, why: message });
        }
    }

    fn leave(&self, gate: &mut Gate, name: &str, why: String) {
        self.watcher.event(&Event::Left { host: name, why: &why });
        gate.left = Some(why);
    }

    /// Whether the site's robots.txt lets us ask for `url`.
    async fn permitted(&self, url: &Url) -> std::result::Result<(), Refusal> {
        let name = host_of(url);
        let host = self.hosts.get(&name);
        let origin = url.origin().ascii_serialization();
        let mut cache = host.robots.lock().await;
        let fresh = cache.get(&origin).filter(|(since, _)| since.elapsed() < LIFETIME);
        let rules = match fresh {
            Some((_, rules)) => Arc::clone(rules),
            None => {
                let rules = Arc::new(self.robots(url).await?);
                cache.insert(origin, (Instant::now(), Arc::clone(&rules)));
                self.slow_down(&name, &rules).await;
                rules
            }
        };
        match &*rules {
            Rules::Nothing(why) => {
                let message = format!("{name}/robots.txt cannot be read, which forbids everything: {why}");
                Err(Refusal::new(ROBOTS_UNREACHABLE, message, TRY_LATER))
            }
            rules if !rules.allow(url) => {
                let message = format!("{name}/robots.txt asks programs not to fetch this page");
                Err(Refusal::new(ROBOTS_FORBID, message, super::failure::SAVE_BY_BROWSER))
            }
            _ => Ok(()),
        }
    }

    async fn slow_down(&self, name: &str, rules: &Rules) {
        let host = self.hosts.get(name);
        let mut gate = host.gate.lock().await;
        gate.crawl_delay = rules.crawl_delay().max(gate.crawl_delay);
        let Some(delay) = gate.crawl_delay else { return };
        if delay > self.config.patience {
            self.leave(
                &mut gate,
                name,
                format!("its robots.txt asks for {} seconds between requests", delay.as_secs()),
            );
        } else if let Some(time) = gate.not_before {
            gate.not_before = Some(time + delay.saturating_sub(self.config.pace));
        }
    }

    /// Fetches a site's robots.txt.
    async fn robots(&self, url: &Url) -> std::result::Result<Rules, Refusal> {
        let mut at = match url.join("/robots.txt") {
            Ok(at) => at,
            Err(error) => return Ok(Rules::Nothing(error.to_string())),
        };
        for _ in 0..=MOST_HOPS {
            let exchange = match self.insist(&at, &Validators::default()).await {
                Ok(exchange) => exchange,
                // What may not be asked, or is left alone, says so itself.
                Err(refusal) if refusal.reason == HOST_LEFT || OF_HOST.contains(&refusal.reason) => {
                    return Err(refusal);
                }
                Err(refusal) => return Ok(Rules::Nothing(refusal.message)),
            };
            match redirect(&exchange) {
                Some(Ok(next)) => at = next,
                Some(Err(refusal)) => return Ok(Rules::Nothing(refusal.message)),
                None => return Ok(self.rules(&exchange)),
            }
        }
        Ok(Rules::Everything)
    }

    fn rules(&self, exchange: &Exchange) -> Rules {
        match exchange.status {
            200..=299 => match self.unpacked(exchange) {
                Ok(text) => Rules::parse(&text),
                Err(refusal) => Rules::Nothing(refusal.message),
            },
            429 | 500.. => Rules::Nothing(format!("the server answers {}", exchange.status)),
            _ => Rules::Everything,
        }
    }
}

/// A request that did not give what it should.
struct Trouble {
    failed: Failed,
    /// The time that the server asks us to wait.
    asked: Option<Duration>,
    answer: Option<Exchange>,
}

/// What is wrong with an answer that may be another in a moment.
fn trouble(exchange: &Exchange) -> Option<Failed> {
    signs::is_passing(exchange).map(|refusal| Failed { refusal, retry: true })
}

fn left(host: &str, why: &str) -> Refusal {
    Refusal::new(HOST_LEFT, format!("{host} is left alone: {why}"), TRY_LATER)
}

/// What the server may be told that we have of `url`.
fn validators(known: &Fetched, url: &Url) -> Validators {
    if known.file.is_none() || known.final_url != url.as_str() {
        return Validators::default();
    }
    let header = |name: &str| known.headers.get(name).cloned();
    Validators { etag: header("etag"), last_modified: header("last-modified") }
}

/// Where an answer redirects to, if it does.
fn redirect(exchange: &Exchange) -> Option<std::result::Result<Url, Refusal>> {
    if !matches!(exchange.status, 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let remedy = "look at the page in a browser";
    let Some(location) = exchange.header("location") else {
        return Some(Err(Refusal::new("bad-redirect", "the server redirects to nowhere", remedy)));
    };
    Some(exchange.url.join(location).map(without_fragment).map_err(|e| {
        Refusal::new("bad-redirect", format!("the server redirects to what is no address: {e}"), remedy)
    }))
}

fn without_fragment(mut url: Url) -> Url {
    url.set_fragment(None);
    url
}

/// Goes one redirect further, unless that leads in a circle or on for ever.
fn step(asked: &mut Asked, next: Url, most: usize) -> std::result::Result<(), Refusal> {
    let remedy = "look at the page in a browser";
    let hops = asked.hops.len();
    let seen = asked.exchanges.iter().any(|exchange| exchange.url == next);
    if seen || hops >= most {
        let message = if seen {
            format!("redirects lead in a circle, back to {next}")
        } else {
            format!("there are more than {most} redirects")
        };
        return Err(Refusal::new("redirect-loop", message, remedy));
    }
    asked.hops.push(Hop { status: asked.status.unwrap_or_default(), url: next.to_string() });
    asked.last = next;
    Ok(())
}
