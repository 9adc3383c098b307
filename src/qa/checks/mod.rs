//! The checks: one file each, one line here.

mod number;
mod omission;

use super::Check;

/// All checks.
pub const CHECKS: &[&Check] = &[&number::CHECK, &omission::CHECK];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
