//! How pages are fetched: manners, limits and patience.

use super::address::{Lookup, SystemLookup};
use jiff::Timestamp;
use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

/// Tells the time that is written down.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// How pages are fetched.
#[derive(Clone)]
pub struct Config {
    /// The least time between an answer and the next request to its host (default 2 s); a longer `Crawl-delay` holds.
    pub pace: Duration,
    /// How many hosts are asked at once (default 8); each by one connection.
    pub hosts: usize,
    /// Where the site's operator can complain: a URL or a mail address, sent with every request (default none).
    pub contact: Option<String>,
    /// How often an address is asked before it is left (default 4).
    pub attempts: u32,
    /// After how many failed requests in a row a host is left alone (default 6).
    pub host_failures: u32,
    /// What the first waiting time after a failure is (default 2 s); it doubles with every further one.
    pub backoff: Duration,
    /// The longest time that a host may make us wait (default 5 min); one that asks for more is left alone.
    pub patience: Duration,
    /// The most redirects (default 10).
    pub redirects: usize,
    /// The most bytes of an answer, as received and unpacked each (default 10 MiB).
    pub max_bytes: u64,
    /// The longest time until a connection stands (default 10 s).
    pub connect_timeout: Duration,
    /// The longest time until an answer begins, its headers complete (default 30 s).
    pub first_byte_timeout: Duration,
    /// The longest time for a request from its start to its last byte (default 2 min).
    pub whole_timeout: Duration,
    /// Ask private and loopback addresses too (default no): for intranets and tests.
    pub allow_private: bool,
    /// Private addresses that may be asked although others may not (default none).
    pub allowed: Vec<IpAddr>,
    /// Ask again for pages that are there, and take those that have changed (default no).
    pub refetch: bool,
    /// What the jitter of waiting times is drawn with (default 1).
    pub seed: u64,
    /// Tells the time for `pages.jsonl` (default the system's clock).
    pub clock: Clock,
    /// Finds the addresses of hosts (default the system's way).
    pub lookup: Arc<dyn Lookup>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            pace: Duration::from_secs(2),
            hosts: 8,
            contact: None,
            attempts: 4,
            host_failures: 6,
            backoff: Duration::from_secs(2),
            patience: Duration::from_secs(300),
            redirects: 10,
            max_bytes: 10 << 20,
            connect_timeout: Duration::from_secs(10),
            first_byte_timeout: Duration::from_secs(30),
            whole_timeout: Duration::from_secs(120),
            allow_private: false,
            allowed: Vec::new(),
            refetch: false,
            seed: 1,
            clock: Arc::new(Timestamp::now),
            lookup: Arc::new(SystemLookup),
        }
    }
}

impl Config {
    /// What the program calls itself to servers.
    pub fn user_agent(&self) -> String {
        let name = concat!("duizhao/", env!("CARGO_PKG_VERSION"));
        match &self.contact {
            Some(contact) => format!("{name} (+{contact})"),
            None => name.to_owned(),
        }
    }
}

impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("pace", &self.pace).finish_non_exhaustive()
    }
}
