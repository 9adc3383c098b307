//! How far long work has come, for whoever wants to show it.

use crate::error::{Error, ErrorKind, Result};

/// Is told how far the work has come; called from several threads.
pub trait Progress: Sync {
    /// A part of the work begins: what it is, and how many steps it has where that is known.
    fn begin(&self, what: &str, steps: Option<u64>);
    /// So many steps are done.
    fn advance(&self, steps: u64);
    /// The part is done.
    fn end(&self);
    /// Whether the user wants the work to stop; asked between steps.
    fn cancelled(&self) -> bool {
        false
    }
}

/// Shows nothing and never stops.
pub struct Silent;

impl Progress for Silent {
    fn begin(&self, _what: &str, _steps: Option<u64>) {}
    fn advance(&self, _steps: u64) {}
    fn end(&self) {}
}

/// Asks whether to go on.
///
/// # Errors
/// If the user wants the work to stop.
pub fn stop_if_cancelled(progress: &dyn Progress) -> Result<()> {
    if progress.cancelled() {
        return Err(Error::new(ErrorKind::Interrupted, "stopped; an earlier run's output is as it was"));
    }
    Ok(())
}
