//! The checks: one file each, one line here.

mod name_mangled;
mod omission;

use super::Check;

/// All checks.
pub const CHECKS: &[&Check] = &[&name_mangled::CHECK, &omission::CHECK];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
