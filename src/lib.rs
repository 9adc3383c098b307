//! Bilingual alignment of Chinese security news with the English originals it was translated from.

pub mod align;
pub mod error;
pub mod eval;
pub mod export;
pub mod extract;
pub mod ingest;
pub mod lexicon;
pub mod model;
pub mod pair;
pub mod pipeline;
pub mod segment;
pub mod text;
