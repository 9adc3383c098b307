//! One request and its answer, within limits of time and size.

use super::address::{Guard, NotPublic};
use super::answer::Exchange;
use super::config::Config;
use super::failure::{CUT_OFF, Refusal, TRY_LATER, UNREACHABLE};
use crate::error::{Error, ErrorKind, Result};
use crate::text::packed;
use reqwest::header::{ACCEPT, ACCEPT_ENCODING, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use std::time::Duration;
use tokio::time::{Instant, timeout_at};
use url::Url;

/// What a server said a page was when it was stored.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Validators {
    pub etag: Option<String>,
    pub last_modified: Option<String>,
}

/// A request that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failed {
    pub refusal: Refusal,
    /// Whether another try, a moment later, makes sense.
    pub retry: bool,
}

/// Asks one address at a time; follows nothing, repeats nothing, remembers no cookie.
pub(super) struct Client {
    http: reqwest::Client,
    guard: Guard,
    max_bytes: u64,
    first_byte: Duration,
    whole: Duration,
}

impl Client {
    pub fn new(config: &Config) -> Result<Self> {
        let guard = Guard::new(config);
        // Nothing of ours names another provider; where a program around this library has, its choice holds.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let http = reqwest::Client::builder()
            .user_agent(config.user_agent())
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .retry(reqwest::retry::never())
            .connect_timeout(config.connect_timeout)
            .pool_max_idle_per_host(1)
            .dns_resolver(guard.clone())
            .build()
            .map_err(|e| {
                Error::new(ErrorKind::Usage, "cannot set up the network client").caused_by(e).remedy(
                    "check --contact, the proxies that the environment names, and the system's certificates",
                )
            })?;
        let (first_byte, whole) = (config.first_byte_timeout, config.whole_timeout);
        Ok(Self { http, guard, max_bytes: config.max_bytes, first_byte, whole })
    }

    /// Refuses what may not be asked at all.
    pub fn check(&self, url: &Url) -> std::result::Result<(), Refusal> {
        if !matches!(url.scheme(), "http" | "https") {
            let message = format!("{}: only http and https are fetched", url.scheme());
            return Err(Refusal::new("not-http", message, "save the page by other means"));
        }
        self.guard.check(url).map_err(|found| not_public(&found))
    }

    /// Asks for `url` once.
    pub async fn get(&self, url: &Url, validators: &Validators) -> std::result::Result<Exchange, Failed> {
        self.check(url).map_err(|refusal| Failed { refusal, retry: false })?;
        let start = Instant::now();
        let whole = start + self.whole;
        let mut request = self
            .http
            .get(url.clone())
            .header(ACCEPT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
            .header(ACCEPT_ENCODING, packed::ACCEPTED);
        if let Some(etag) = &validators.etag {
            request = request.header(IF_NONE_MATCH, etag);
        }
        if let Some(date) = &validators.last_modified {
            request = request.header(IF_MODIFIED_SINCE, date);
        }
        let answered = timeout_at(whole.min(start + self.first_byte), request.send()).await;
        let response = answered.map_err(|_| timed_out("no answer began"))?.map_err(|e| failed(&e))?;
        let status = response.status().as_u16();
        let headers: Vec<(String, Vec<u8>)> = response
            .headers()
            .iter()
            .map(|(name, value)| (name.as_str().to_owned(), value.as_bytes().to_vec()))
            .collect();
        if response.content_length().is_some_and(|length| length > self.max_bytes) {
            return Err(self.too_large());
        }
        let body = timeout_at(whole, self.body(response)).await;
        let body = body.map_err(|_| timed_out("the answer did not end"))??;
        Ok(Exchange { url: url.clone(), status, headers, body })
    }

    async fn body(&self, mut response: reqwest::Response) -> std::result::Result<Vec<u8>, Failed> {
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|e| broken_off(&e))? {
            if (body.len() + chunk.len()) as u64 > self.max_bytes {
                return Err(self.too_large());
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body)
    }

    fn too_large(&self) -> Failed {
        Failed { refusal: too_large(self.max_bytes), retry: false }
    }
}

pub(super) fn too_large(max_bytes: u64) -> Refusal {
    let message = format!("the answer is longer than {max_bytes} bytes");
    Refusal::new("too-large", message, "raise --max-page if it is a page after all")
}

fn not_public(found: &NotPublic) -> Refusal {
    Refusal::new("not-public", found.to_string(), "give --allow-private if that is meant")
}

fn timed_out(what: &str) -> Failed {
    let message = format!("{what} in the time that is allowed");
    Failed { refusal: Refusal::new("timed-out", message, TRY_LATER), retry: true }
}

fn broken_off(error: &reqwest::Error) -> Failed {
    let message = format!("the answer broke off: {}", innermost(error));
    Failed { refusal: Refusal::new(CUT_OFF, message, TRY_LATER), retry: true }
}

/// What caused an error; what an I/O error wraps it does not call its source.
fn cause<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e (dyn std::error::Error + 'static)> {
    match error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref) {
        Some(wrapped) => Some(wrapped),
        None => error.source(),
    }
}

/// Why no answer came.
fn failed(error: &reqwest::Error) -> Failed {
    let causes = || std::iter::successors(Some(error as &(dyn std::error::Error + 'static)), |e| cause(*e));
    if let Some(found) = causes().find_map(|e| e.downcast_ref::<NotPublic>()) {
        return Failed { refusal: not_public(found), retry: false };
    }
    let said = innermost(error);
    if causes().any(|e| e.is::<rustls::Error>()) {
        let remedy = "look at the site in a browser; certificates are always checked";
        let refusal = Refusal::new("certificate", format!("the connection is not safe: {said}"), remedy);
        return Failed { refusal, retry: false };
    }
    if error.is_dns() {
        let refusal =
            Refusal::new("unknown-host", format!("the host is not found: {said}"), "check the spelling");
        return Failed { refusal, retry: false };
    }
    let refusal = if error.is_timeout() {
        Refusal::new("timed-out", "no connection in the time that is allowed", TRY_LATER)
    } else {
        Refusal::new(UNREACHABLE, format!("there was no answer: {said}"), TRY_LATER)
    };
    Failed { refusal, retry: true }
}

/// What lies at the bottom of an error, which is what tells most.
fn innermost(error: &reqwest::Error) -> String {
    let mut innermost: &dyn std::error::Error = error;
    while let Some(source) = innermost.source() {
        innermost = source;
    }
    innermost.to_string()
}
