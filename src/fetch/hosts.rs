//! What is remembered of each host: when it may be asked again, how often it has failed, what its robots.txt says.

use super::robots::Rules;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio::time::Instant;
use url::Url;

/// The host that a URL belongs to: its name, and its port if that is not the usual one.
pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    }
}

/// Whoever holds it may ask the host: there is one connection.
#[derive(Debug, Default)]
pub(super) struct Gate {
    /// Before that it is not asked.
    pub not_before: Option<Instant>,
    /// Failed requests since the last good one.
    pub failures: u32,
    /// The time between two requests that robots.txt asks for.
    pub crawl_delay: Option<Duration>,
    /// Why it is left alone, once it is.
    pub left: Option<String>,
}

/// One host.
#[derive(Debug, Default)]
pub(super) struct Host {
    pub gate: tokio::sync::Mutex<Gate>,
    /// By origin: http and https may have different ones. Held while it is being fetched, so that it is fetched once.
    pub robots: tokio::sync::Mutex<HashMap<String, (Instant, Arc<Rules>)>>,
}

/// All hosts that have to do with a run.
#[derive(Debug, Default)]
pub(super) struct Hosts {
    known: Mutex<HashMap<String, Arc<Host>>>,
}

impl Hosts {
    pub fn get(&self, name: &str) -> Arc<Host> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(known.entry(name.to_owned()).or_default())
    }
}
