//! Pure functions on `&str`: characters, numbers, words, URLs.

pub mod han;
pub mod key;
pub mod latin;
pub mod numbers;
pub mod url;
