//! Standard output, for the only module that may write to it.

use duizhao::error::{Error, Result};
use std::error::Error as _;
use std::io::{self, ErrorKind, Write};

/// Writes bytes to standard output.
pub fn write(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(bytes).and_then(|()| out.flush()).map_err(|e| Error::write("standard output", e))
}

/// Writes lines to standard error, unless they are not wanted.
pub fn tell(quiet: bool, text: &str) {
    if !quiet {
        // Nobody can be told that nobody can be told.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }
}

/// A text for people: characters that could steer a terminal, or turn the direction of writing, are made visible.
pub fn visible(text: &str) -> String {
    let steers = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { '\u{fffd}' } else { c }).collect()
}

/// Whether the reader of our output went away (`duizhao … | head`), which is no failure of ours.
pub fn is_closed_pipe(error: &Error) -> bool {
    let cause = error.source().and_then(|s| s.downcast_ref::<io::Error>());
    cause.is_some_and(|e| e.kind() == ErrorKind::BrokenPipe)
}
