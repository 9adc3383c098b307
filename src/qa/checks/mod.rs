//! The checks: one file each, one line here.

mod omission;
mod term;

use super::Check;

/// All checks.
pub const CHECKS: &[&Check] = &[&omission::CHECK, &term::CHECK];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
