//! Which addresses may be asked: the open web only, unless the user says otherwise.
//!
//! A name is resolved here and nowhere else, and the connection goes to the very addresses that were looked at: a name
//! that means something else a moment later (DNS rebinding) gains nothing. Where the environment names a proxy, the
//! proxy resolves names, and only literal addresses can be looked at here.

use super::config::Config;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::collections::BTreeSet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use url::{Host, Url};

/// Turns a host's name into addresses.
pub trait Lookup: Send + Sync {
    /// The addresses of `name`; called from a thread that may wait.
    ///
    /// # Errors
    /// If there are none.
    fn addresses(&self, name: &str) -> std::io::Result<Vec<IpAddr>>;
}

/// The operating system's.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemLookup;

impl Lookup for SystemLookup {
    fn addresses(&self, name: &str) -> std::io::Result<Vec<IpAddr>> {
        use std::net::ToSocketAddrs;
        Ok((name, 0).to_socket_addrs()?.map(|address| address.ip()).collect())
    }
}

/// An address that is not on the open web.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NotPublic {
    /// The host that has it.
    pub host: String,
    /// The address.
    pub address: IpAddr,
}

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is at {}, which is not on the open web", self.host, self.address)
    }
}

impl std::error::Error for NotPublic {}

/// Lets through what may be asked.
#[derive(Clone)]
pub(super) struct Guard {
    allow_private: bool,
    allowed: Arc<[IpAddr]>,
    lookup: Arc<dyn Lookup>,
    /// Hosts of proxies, which are often private and were named by the user.
    proxies: Arc<BTreeSet<String>>,
}

impl Guard {
    pub fn new(config: &Config) -> Self {
        let (allow_private, lookup) = (config.allow_private, Arc::clone(&config.lookup));
        Self { allow_private, allowed: config.allowed.clone().into(), lookup, proxies: Arc::new(proxies()) }
    }

    /// Refuses a URL that names an address outright which may not be asked.
    pub fn check(&self, url: &Url) -> Result<(), NotPublic> {
        let address = match url.host() {
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
            _ => return Ok(()),
        };
        self.admit(url.host_str().unwrap_or_default(), address)
    }

    fn admit(&self, host: &str, address: IpAddr) -> Result<(), NotPublic> {
        if self.allow_private || self.allowed.contains(&address) || is_public(address) {
            return Ok(());
        }
        Err(NotPublic { host: host.to_owned(), address })
    }

    /// Every address of `name`; one that may not be asked makes the whole name suspect.
    fn resolve_now(&self, name: &str) -> Result<Vec<SocketAddr>, Box<dyn std::error::Error + Send + Sync>> {
        let addresses = self.lookup.addresses(name)?;
        if !self.proxies.contains(name) {
            addresses.iter().try_for_each(|&address| self.admit(name, address))?;
        }
        Ok(addresses.into_iter().map(|address| SocketAddr::new(address, 0)).collect())
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let looked = tokio::task::spawn_blocking(move || guard.resolve_now(name.as_str())).await;
            let addresses = looked??;
            Ok(Box::new(addresses.into_iter()) as Addrs)
        })
    }
}

/// The hosts of the proxies that the environment names.
fn proxies() -> BTreeSet<String> {
    let names = ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
    let values = names.iter().filter_map(|name| std::env::var(name).ok());
    let parsed = values.filter_map(|value| {
        let whole = if value.contains("://") { value } else { format!("http://{value}") };
        Url::parse(&whole).ok()?.host_str().map(str::to_owned)
    });
    parsed.collect()
}

/// Whether an address is on the open web: neither private, loopback, link-local (clouds' metadata services among them),
/// multicast nor reserved (IANA's special-purpose registries, RFC 6890 and its successors).
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match (a, b, c) {
        // This network; private; loopback; link-local.
        (0 | 10 | 127, _, _) | (169, 254, _) | (172, 16..=31, _) | (192, 168, _) => true,
        // Shared between carrier and customer; protocol assignments; documentation; relays of 6to4; benchmarks.
        (100, 64..=127, _) | (192, 0, 0 | 2) | (192, 88, 99) | (198, 18 | 19, _) => true,
        (198, 51, 100) | (203, 0, 113) => true,
        // Azure's and Alibaba Cloud's metadata services stand outside of the link-local range.
        (168, 63, 129) => true,
        // Multicast and reserved, with broadcast.
        (224.., _, _) => true,
        _ => false,
    };
    !special
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    if let Some(inner) = embedded_v4(address) {
        return is_public_v4(inner);
    }
    let [first, second, ..] = address.segments();
    // Global unicast is 2000::/3; within it Teredo and documentation are not.
    let global = first & 0xe000 == 0x2000;
    let special = match first {
        0x2001 => second < 0x0200 || second == 0x0db8,
        0x3fff => second < 0x1000,
        _ => false,
    };
    global && !special
}

/// The IPv4 address inside one that only wraps it: mapped, translated (64:ff9b::/96) or 6to4.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(of(high, low)),
        [0x2002, high, low, ..] => Some(of(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_open_web_is_public() {
        for public in
            ["1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "::ffff:8.8.8.8", "192.0.1.1"]
        {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "127.0.0.1",
            "127.255.0.9",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.0.1",
            "100.64.0.1",
            "100.100.100.200",
            "168.63.129.16",
            "198.18.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::127.0.0.1",
            "64:ff9b::10.0.0.1",
            "2002:7f00:1::",
            "fe80::1",
            "fc00::1",
            "fd00:ec2::254",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
    }

    struct Turncoat;

    impl Lookup for Turncoat {
        fn addresses(&self, _: &str) -> std::io::Result<Vec<IpAddr>> {
            Ok(vec![[1, 1, 1, 1].into(), [127, 0, 0, 1].into()])
        }
    }

    #[test]
    fn one_private_address_makes_a_name_suspect() {
        let resolve = |allow_private| {
            let config = Config { allow_private, lookup: Arc::new(Turncoat), ..Config::default() };
            Guard::new(&config).resolve_now("a.example")
        };
        assert!(resolve(false).unwrap_err().downcast_ref::<NotPublic>().is_some());
        assert_eq!(resolve(true).unwrap().len(), 2);
    }

    #[test]
    fn literal_addresses_in_any_spelling_are_looked_at() {
        let guard = Guard::new(&Config::default());
        for url in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://[::1]:80/",
            "http://[::ffff:a00:1]/",
        ] {
            assert!(guard.check(&Url::parse(url).unwrap()).is_err(), "{url}");
        }
        assert!(guard.check(&Url::parse("http://1.1.1.1/").unwrap()).is_ok());
        assert!(guard.check(&Url::parse("http://a.example/").unwrap()).is_ok());
    }
}
