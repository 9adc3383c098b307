//! The checks: one file each, one line here.

mod addition;
mod attribution;
mod code;
mod date;
mod grammar;
mod identifier;
mod indicator;
mod modality;
mod mt_artefact;
mod name_consistency;
mod name_extra;
mod name_mangled;
mod name_missing;
mod negation;
mod number;
mod omission;
mod partial_addition;
mod partial_omission;
mod punctuation;
mod quantifier;
mod repeated_word;
mod residue;
mod source_differs;
mod source_error;
mod spacing;
mod term;
mod traditional_variant;
mod unit;
mod untranslated;
mod version;
mod wrong_language;

use super::Check;

/// All checks.
pub const CHECKS: &[&Check] = &[
    &addition::CHECK,
    &attribution::CHECK,
    &code::CHECK,
    &date::CHECK,
    &grammar::CHECK,
    &identifier::CHECK,
    &indicator::CHECK,
    &modality::CHECK,
    &mt_artefact::CHECK,
    &name_consistency::CHECK,
    &name_extra::CHECK,
    &name_mangled::CHECK,
    &name_missing::CHECK,
    &negation::CHECK,
    &number::CHECK,
    &omission::CHECK,
    &partial_addition::CHECK,
    &partial_omission::CHECK,
    &punctuation::CHECK,
    &quantifier::CHECK,
    &repeated_word::CHECK,
    &residue::CHECK,
    &source_differs::CHECK,
    &source_error::CHECK,
    &spacing::CHECK,
    &term::CHECK,
    &traditional_variant::CHECK,
    &unit::CHECK,
    &untranslated::CHECK,
    &version::CHECK,
    &wrong_language::CHECK,
];

/// The check of this name.
pub fn check(name: &str) -> Option<&'static Check> {
    CHECKS.iter().copied().find(|check| check.name == name)
}
