//! The checks: one file each, one line here.

mod omission;
mod source_differs;
mod source_error;
mod term;
mod wrong_language;

use super::Check;

/// All checks.
pub const CHECKS: &[&Check] =
    &[&omission::CHECK, &source_differs::CHECK, &source_error::CHECK, &term::CHECK, &wrong_language::CHECK];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
