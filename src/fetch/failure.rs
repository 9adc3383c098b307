//! Why a page could not be had, in the words that the index and the summary use.

use serde::Serialize;

/// Why a page was not stored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    /// A short, stable, kebab-case name, e.g. `challenge`.
    pub reason: &'static str,
    /// What happened, in a sentence.
    pub message: String,
    /// What the user can do about it.
    pub remedy: &'static str,
}

impl Refusal {
    /// A refusal for `reason`.
    pub fn new(reason: &'static str, message: impl Into<String>, remedy: &'static str) -> Self {
        Self { reason, message: message.into(), remedy }
    }

    /// Whether it will be the same tomorrow: such addresses are not asked again unless the user wants it.
    pub fn is_final(&self) -> bool {
        is_final(self.reason)
    }
}

/// Reasons that pass: the page may well be had another time.
const PASSING: [&str; 16] = [
    CHALLENGE,
    FORBIDDEN,
    "server-error",
    "too-many-requests",
    UNREACHABLE,
    "timed-out",
    CUT_OFF,
    ROBOTS_FORBID,
    ROBOTS_UNREACHABLE,
    HOST_LEFT,
    "not-public",
    "unknown-host",
    "feed-broken",
    "sitemap-broken",
    "nothing-listed",
    "certificate",
];

/// Whether what is refused for `reason` need not be tried again.
pub(super) fn is_final(reason: &str) -> bool {
    !PASSING.contains(&reason)
}

/// The site wants to see a person first.
pub(super) const CHALLENGE: &str = "challenge";
/// The site refuses to show the page.
pub(super) const FORBIDDEN: &str = "forbidden";
/// No connection, or one that broke before an answer came.
pub(super) const UNREACHABLE: &str = "unreachable";
/// The answer broke off.
pub(super) const CUT_OFF: &str = "cut-off";
/// The site's robots.txt forbids it.
pub(super) const ROBOTS_FORBID: &str = "robots-forbid";
/// The site's robots.txt could not be read, which forbids everything (RFC 9309, 2.3.1.4).
pub(super) const ROBOTS_UNREACHABLE: &str = "robots-unreachable";
/// The host is left alone for the rest of the run.
pub(super) const HOST_LEFT: &str = "host-left-alone";

/// What to do where a browser gets further than a program.
pub(super) const SAVE_BY_BROWSER: &str =
    "open the page in a browser and save it: `duizhao run` reads saved pages";
/// What to do where time may heal.
pub(super) const TRY_LATER: &str = "try again later: the same command goes on where it stopped";
