//! What can go wrong: one error type for the whole library.

use std::fmt;
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

/// The result of anything that can fail here.
pub type Result<T> = std::result::Result<T, Error>;

/// What kind of failure this is; it decides the program's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The caller asked for something that makes no sense (exit code 64).
    Usage,
    /// The operating system refused to read or write (exit code 74).
    Io,
    /// An input is not what it should be: malformed, too large, no article (exit code 3).
    Input,
    /// The work was stopped by the user; an earlier run's output is as it was (exit code 130).
    Interrupted,
}

/// A failure: what we could not do, where, and what the user can do about it.
///
/// `Error` means "we could not do it". A text that merely looks wrong is a finding, not an error.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    reason: Option<&'static str>,
    message: String,
    path: Option<PathBuf>,
    line: Option<NonZeroU64>,
    remedy: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of `kind` that says `message`.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            reason: None,
            message: message.into(),
            path: None,
            line: None,
            remedy: None,
            source: None,
        }
    }

    /// Malformed or unusable input.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// Wrong usage.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    /// A failed read of `path`.
    pub fn read(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, "cannot be read").at(path).caused_by(source)
    }

    /// A failed write of `path`.
    pub fn write(path: impl AsRef<Path>, source: std::io::Error) -> Self {
        Self::new(ErrorKind::Io, "cannot be written").at(path).caused_by(source)
    }

    /// Names the file it happened in.
    #[must_use]
    pub fn at(mut self, path: impl AsRef<Path>) -> Self {
        self.path = Some(path.as_ref().to_owned());
        self
    }

    /// Names the line (1-based) it happened in.
    #[must_use]
    pub fn on_line(mut self, line: u64) -> Self {
        self.line = NonZeroU64::new(line);
        self
    }

    /// Gives it a short, stable, kebab-case name, by which `skipped.jsonl` lists it.
    #[must_use]
    pub fn because(mut self, reason: &'static str) -> Self {
        self.reason = Some(reason);
        self
    }

    /// Says what the user can do about it.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// Keeps the error that caused this one.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The kind of failure.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The short, stable name of what happened, where it has one.
    pub fn reason(&self) -> Option<&'static str> {
        self.reason
    }

    /// What happened, without place, cause or remedy.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// What the user can do about it, where we know.
    pub fn remedy_text(&self) -> Option<&str> {
        self.remedy.as_deref()
    }
}

impl fmt::Display for Error {
    /// `path:line: message: cause`, each part only where it is known; the remedy is left to the caller.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}:", path.display())?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            f.write_str(" ")?;
        }
        f.write_str(&self.message)?;
        if let Some(source) = &self.source {
            write!(f, ": {source}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source.as_deref().map(|e| e as _)
    }
}

/// What is wrong with a line of JSON, with its column: to the parser every line is line 1.
pub fn json_cause(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let what = text.rsplit_once(" at line ").map_or(text.as_str(), |(what, _)| what);
    format!("{what} (column {})", error.column())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_place_the_cause_and_keeps_the_remedy_apart() {
        let e = Error::input("not JSON")
            .at("a.jsonl")
            .on_line(3)
            .caused_by("expected value")
            .remedy("mend the line");
        assert_eq!(e.to_string(), "a.jsonl:3: not JSON: expected value");
        assert_eq!(e.remedy_text(), Some("mend the line"));
    }
}
