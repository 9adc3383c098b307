//! The checks: one file each, one line here.

mod mt_artefact;
mod name_consistency;
mod name_extra;
mod name_mangled;
mod name_missing;
mod omission;
mod untranslated;

use super::Check;

/// All checks.
pub const CHECKS: &[&Check] = &[
    &mt_artefact::CHECK,
    &name_consistency::CHECK,
    &name_extra::CHECK,
    &name_mangled::CHECK,
    &name_missing::CHECK,
    &omission::CHECK,
    &untranslated::CHECK,
];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
