//! The checks: one file each, one line here.

mod addition;
mod attribution;
mod modality;
mod negation;
mod omission;
mod partial_addition;
mod partial_omission;
mod code;
mod date;
mod identifier;
mod indicator;
mod number;
mod omission;
mod quantifier;
mod unit;
mod version;

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
    &code::CHECK,
    &date::CHECK,
    &identifier::CHECK,
    &indicator::CHECK,
    &number::CHECK,
    &omission::CHECK,
    &quantifier::CHECK,
    &unit::CHECK,
    &version::CHECK,
];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
