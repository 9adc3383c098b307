//! The checks: one file each, one line here.

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
