//! What happens while pages are fetched, for whoever wants to show it.

use serde::Serialize;

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "event", rename_all = "kebab-case")]
pub enum Event<'a> {
    /// So many further addresses of a host wait to be asked for.
    Queued {
        /// The host.
        host: &'a str,
        /// How many.
        count: usize,
    },
    /// A request goes out.
    Asking {
        /// The host.
        host: &'a str,
        /// The address.
        url: &'a str,
        /// The how manieth try it is.
        attempt: u32,
    },
    /// A host is left in peace for a while.
    Waiting {
        /// The host.
        host: &'a str,
        /// For how long.
        seconds: f64,
        /// Why.
        why: &'a str,
    },
    /// A host is left alone for the rest of the run.
    Left {
        /// The host.
        host: &'a str,
        /// Why.
        why: &'a str,
    },
    /// A page was stored.
    Stored {
        /// The host.
        host: &'a str,
        /// The address as asked for.
        url: &'a str,
        /// The address that answered.
        final_url: &'a str,
        /// The file.
        file: &'a str,
        /// Its length.
        bytes: u64,
    },
    /// A page is there already, and was not fetched or has not changed.
    Known {
        /// The host.
        host: &'a str,
        /// The address.
        url: &'a str,
    },
    /// An address need not be asked for any more: what was read since says so.
    Moot {
        /// The host.
        host: &'a str,
        /// The address.
        url: &'a str,
    },
    /// A page could not be had, or is none that is wanted.
    Refused {
        /// The host.
        host: &'a str,
        /// The address.
        url: &'a str,
        /// A short, stable name.
        reason: &'a str,
        /// What happened.
        message: &'a str,
        /// What can be done.
        remedy: &'a str,
    },
}

/// Is told what happens, from several threads.
pub trait Watcher: Send + Sync {
    /// Something happened.
    fn event(&self, event: &Event<'_>);
    /// Whether the user wants the work to stop; asked several times a second.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Shows nothing and never stops.
#[derive(Debug, Clone, Copy, Default)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn event(&self, _event: &Event<'_>) {}
}
