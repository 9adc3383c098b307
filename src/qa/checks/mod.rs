//! The checks: one file each, one line here.

mod grammar;
mod omission;
mod punctuation;
mod repeated_word;
mod residue;
mod spacing;
mod traditional_variant;

use super::Check;

/// All checks.
pub const CHECKS: &[&Check] = &[
    &grammar::CHECK,
    &omission::CHECK,
    &punctuation::CHECK,
    &repeated_word::CHECK,
    &residue::CHECK,
    &spacing::CHECK,
    &traditional_variant::CHECK,
];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
