//! The only place that names every stage.

pub mod tune;
