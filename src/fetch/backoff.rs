//! How long to wait after a failure.

use super::answer::Exchange;
use backon::{BackoffBuilder, ExponentialBuilder};
use jiff::Timestamp;
use std::time::Duration;

/// The waiting times after the failures of one address, each twice the one before and jittered: the same seed and address,
/// the same times.
pub(super) fn waits(
    first: Duration,
    longest: Duration,
    seed: u64,
    url: &str,
) -> impl Iterator<Item = Duration> + Send + use<> {
    let seed = url.bytes().fold(seed ^ 0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    ExponentialBuilder::new()
        .with_min_delay(first)
        .with_max_delay(longest)
        .with_factor(2.0)
        .with_jitter()
        .with_jitter_seed(seed)
        .without_max_times()
        .build()
}

/// What a server asks for by `Retry-After`: seconds, or a date (RFC 9110, 10.2.3).
pub(super) fn retry_after(exchange: &Exchange, now: Timestamp) -> Option<Duration> {
    let value = exchange.header("retry-after")?;
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let date = jiff::fmt::rfc2822::parse(value).ok()?.timestamp();
    let seconds = date.duration_since(now).as_secs();
    Some(Duration::from_secs(u64::try_from(seconds).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_and_are_the_same_for_the_same_seed() {
        let waits = |seed| -> Vec<Duration> {
            let longest = Duration::from_secs(60);
            waits(Duration::from_secs(1), longest, seed, "http://a.example/").take(9).collect()
        };
        let first = waits(7);
        assert_eq!(first, waits(7));
        assert_ne!(first, waits(8));
        for (n, wait) in first.iter().enumerate() {
            let base = Duration::from_secs(1 << n).min(Duration::from_secs(60));
            assert!((base..=2 * base).contains(wait), "{n}: {wait:?}");
        }
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let ask = |value: &str| {
            let headers = vec![("retry-after".to_owned(), value.as_bytes().to_vec())];
            let url = url::Url::parse("http://a.example/").unwrap();
            let now = "2031-02-03T04:05:06Z".parse().unwrap();
            retry_after(&Exchange { url, status: 429, headers, body: Vec::new() }, now)
        };
        assert_eq!(ask("17"), Some(Duration::from_secs(17)));
        assert_eq!(ask("Mon, 03 Feb 2031 04:06:06 GMT"), Some(Duration::from_secs(60)));
        assert_eq!(ask("Mon, 03 Feb 2031 04:00:00 GMT"), Some(Duration::ZERO));
        assert_eq!(ask("soon"), None);
    }
}
