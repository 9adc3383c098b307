//! The kinds of errors, a file a family.
//!
//! A new kind is a function that lists the places in a bead where the error can be made, and a line in [`KINDS`]. It must
//! make real errors only: a figure is changed only if the English has it, a name dropped only if it stands nowhere else.

mod clauses;
mod dates;
mod figures;
mod hedges;
mod identifiers;
mod indicators;
mod lists;
mod names;
mod negations;
mod quotes;
mod senses;
mod sentences;
mod twins;
mod words;

use super::super::random::Dice;
use super::{Edit, Host};
use serde::Serialize;

/// A kind of error, or of change that is none.
pub struct Kind {
    /// Unique, kebab-case.
    pub name: &'static str,
    /// What is done, in one line.
    pub doc: &'static str,
    /// Whether it is an error.
    pub nature: Nature,
    /// The checks that may find it; empty for twins, of which none may.
    pub checks: &'static [&'static str],
    /// The least share that is to be found; of twins, the largest share that may raise something.
    pub target: f64,
    /// The places in a bead where it can be made.
    pub edits: fn(&Host<'_>, &mut Dice) -> Vec<Edit>,
}

/// Whether a change alters the meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Nature {
    /// It does, and is to be found.
    Fault,
    /// It does not, and must raise nothing.
    Twin,
}

/// All kinds, errors first.
pub const KINDS: &[&Kind] = &[
    &figures::CHANGED,
    &figures::MAGNITUDE,
    &dates::CHANGED,
    &dates::DAY_DROPPED,
    &identifiers::CVE,
    &identifiers::HASH,
    &identifiers::VERSION,
    &indicators::DOMAIN,
    &indicators::BROKEN,
    &indicators::FULL_STOP,
    &names::PREFIX_CUT,
    &names::CORRECTED,
    &names::LOWER_CASED,
    &names::REPLACED,
    &names::DROPPED,
    &lists::DROPPED,
    &clauses::DROPPED,
    &clauses::ATTRIBUTION,
    &negations::DROPPED,
    &negations::ADDED,
    &hedges::STRENGTHENED,
    &senses::SWAPPED,
    &sentences::DELETED,
    &sentences::ADDED,
    &senses::LEFT_IN_ENGLISH,
    &quotes::UNPAIRED,
    &twins::MAGNITUDE,
    &twins::PERCENT,
    &twins::FULL_WIDTH,
    &twins::DATE,
    &twins::DEFANG,
    &twins::HEDGE,
    &twins::SAYING,
    &twins::APPROXIMATION,
    &twins::LIST,
    &twins::EXONYM,
    &twins::JOINED,
];

/// A kind by its name.
pub fn kind(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name).copied()
}
