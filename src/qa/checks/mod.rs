//! The checks: one file each, one line here.

mod omission;

use super::Check;

/// All checks.
pub const CHECKS: &[&Check] = &[&omission::CHECK];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
