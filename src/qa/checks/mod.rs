//! The checks: one file each, one line here.

mod addition;
mod attribution;
mod modality;
mod negation;
mod omission;
mod partial_addition;
mod partial_omission;

use super::Check;

/// All checks.
pub const CHECKS: &[&Check] = &[
    &addition::CHECK,
    &attribution::CHECK,
    &modality::CHECK,
    &negation::CHECK,
    &omission::CHECK,
    &partial_addition::CHECK,
    &partial_omission::CHECK,
];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
